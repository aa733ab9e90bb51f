import { csvCell } from '../text/safe-text.js';

export type Cell = string | number | boolean | null;

/**
 * A row of CSV (RFC 4180, `\n`). Texts are quoted where needed and guarded against spreadsheets. A number is the shortest decimal that
 * reads back as the same double; one that is not finite is an undefined figure, and an empty cell as null is.
 */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvValue).join(',')}\n`;
}

/** One cell of {@link csvRow}. */
export function csvValue(cell: Cell): string {
  if (typeof cell === 'string') return csvCell(cell);
  return cell === null || (typeof cell === 'number' && !Number.isFinite(cell)) ? '' : String(cell);
}
