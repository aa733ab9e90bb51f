import { DataError } from '../../errors.js';
import { counted } from '../../words.js';

/**
 * What is said of a record with another number of cells than the first.
 *
 * @param where the file and the line
 * @param header whether the first record is a header
 */
export function ragged(where: string, cells: number, expected: number, header: boolean): DataError {
  const first = `${header ? 'the header' : 'the first row'} has ${expected}`;
  const remedy = 'quote cells that hold the delimiter, or set --delimiter';
  return new DataError(`${where}: has ${counted(cells, 'cell')} but ${first}; ${remedy}`);
}
