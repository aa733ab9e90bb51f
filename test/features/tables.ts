import type { Column, Table } from '../../src/csv/columns/table.js';

/** A cell: a number, a text, or null for a missing one. */
export type Cell = number | string | null;

/** A table in memory: a column with a text is one of categories. Row 0 is on line 2, under the header. */
export function tableOf(columns: Record<string, ArrayLike<Cell>>, source = 'data.csv'): Table {
  const entries = Object.entries(columns);
  return {
    source,
    rows: entries[0][1].length,
    columns: entries.map(([name, cells]) => columnOf(name, Array.from(cells))),
    lineOf: (row) => row + 2,
  };
}

export function columnOf(
  name: string,
  cells: readonly Cell[],
): Extract<Column, { kind: 'numeric' | 'text' }> {
  const missing = cells.filter((cell) => cell === null).length;
  if (!cells.some((cell) => typeof cell === 'string')) {
    const values = Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
    return { kind: 'numeric', name, values, missing };
  }
  const levels = [...new Set(cells.filter((cell) => cell !== null).map(String))].sort();
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(String(cell))));
  return { kind: 'text', name, codes, levels, missing };
}
