import { CELL, type CellPlaces } from './cell-places.js';

/**
 * The value of a cell as `readRecords` gives it: without white space around a bare cell, without the quotes of a quoted one.
 *
 * @param quote may be absent only where no cell is quoted
 */
export function cellValue(text: Buffer, cells: CellPlaces, k: number, quote: string | null): string {
  const value = text.toString('utf8', cells.from[k], cells.to[k]);
  const kind = cells.kind[k];
  if (kind === CELL.bare) return value.trimEnd();
  return kind === CELL.doubled ? value.replaceAll(quote! + quote!, quote!) : value;
}

/** The values of all cells of a record. */
export function cellValues(text: Buffer, cells: CellPlaces, quote: string | null): string[] {
  return Array.from({ length: cells.count }, (_, k) => cellValue(text, cells, k, quote));
}
