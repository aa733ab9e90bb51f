import { DataError } from '../../errors.js';
import { shown } from '../../visible.js';
import { counted } from '../../words.js';

/**
 * The error for a record whose number of cells differs from the first.
 *
 * @param where the file and the line
 * @param names of the columns
 * @param header whether the first record is a header
 */
export function ragged(
  where: string,
  cells: readonly string[],
  names: readonly string[],
  header: boolean,
): DataError {
  const first = `${header ? 'the header' : 'the first row'} has ${names.length}`;
  const found = `${where}: has ${counted(cells.length, 'cell')} but ${first}`;
  return new DataError(`${found}${causeOf(cells, names, header)}`);
}

function causeOf(cells: readonly string[], names: readonly string[], header: boolean): string {
  if (cells.length === names.length + 1 && cells[names.length] === '') {
    return ': it ends in a delimiter that the header does not end in; end the header in one too, or take it off the rows';
  }
  if (header && names.length === 1) {
    return ` (${shown(names[0])}); if that line is not the header, take it out of the file; else set --delimiter`;
  }
  return '; quote cells that hold the delimiter, or set --delimiter';
}
