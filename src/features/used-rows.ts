import type { Table } from '../csv/columns/table.js';
import { DataError } from '../errors.js';
import { sequence } from '../linalg/vector.js';
import { shown } from '../visible.js';
import type { ChosenColumns } from './choose-columns.js';
import type { UsableColumn } from './encode.js';
import { rowsWith } from './split.js';

/** The rows a fit uses, ascending, and how many were dropped for a missing cell of each column. */
export interface UsedRows {
  readonly rows: Int32Array;
  readonly dropped: number;
  /** In the file's order; a row with two missing cells counts for both columns. */
  readonly missingByColumn: readonly (readonly [column: string, rows: number])[];
}

/**
 * Drops the rows that cannot be used: those with a missing target, weight or offset, and, unless cells are imputed,
 * those with a missing feature.
 * @throws DataError under policy `error` for the first missing cell, and where no row is left
 */
export function usedRows(table: Table, chosen: ChosenColumns, policy: 'drop' | 'error' | 'impute'): UsedRows {
  const gaps = [...needed(chosen, policy === 'impute')].filter(({ missing }) => missing > 0);
  if (gaps.length === 0 && table.rows > 0) {
    return { rows: sequence(table.rows), dropped: 0, missingByColumn: [] };
  }
  const keep = new Uint8Array(table.rows).fill(1);
  const missingByColumn: [string, number][] = [];
  for (const column of gaps) {
    const { name } = column;
    const isMissing = missingIn(column);
    let count = 0;
    for (let row = 0; row < table.rows; row++) {
      if (!isMissing(row)) continue;
      if (policy === 'error') throw new DataError(missingCell(table, row, name));
      keep[row] = 0;
      count++;
    }
    if (count > 0) missingByColumn.push([name, count]);
  }
  const rows = rowsWith(1, keep);
  if (rows.length === 0) throw new DataError(noRowLeft(table, chosen, missingByColumn));
  return { rows, dropped: table.rows - rows.length, missingByColumn };
}

function* needed(
  { target, weights, offset, features }: ChosenColumns,
  impute: boolean,
): Iterable<UsableColumn> {
  yield target;
  if (weights !== null) yield weights;
  if (offset !== null) yield offset;
  if (!impute) yield* features;
}

function missingIn(column: UsableColumn): (row: number) => boolean {
  if (column.kind === 'numeric') return (row) => Number.isNaN(column.values[row]);
  return (row) => column.codes[row] < 0;
}

function missingCell(table: Table, row: number, name: string): string {
  return (
    `${table.source}:${table.lineOf(row)}: column ${shown(name)}: a cell is missing and --missing is error; ` +
    'fill it, or choose --missing drop, mean or median'
  );
}

function noRowLeft(
  table: Table,
  { target, weights, offset }: ChosenColumns,
  missing: readonly (readonly [string, number])[],
): string {
  if (table.rows === 0) return `${table.source}: there is no row of data under the header`;
  const empty = [target, weights, offset].find((column) => column?.missing === table.rows);
  if (empty) {
    const [role, flag] =
      empty === target
        ? ['target', 'target']
        : empty === weights
          ? ['weight', 'weights']
          : ['offset', 'offset'];
    return (
      `${table.source}: column ${shown(empty.name)}: the ${role} is missing in every row; ` +
      `give --${flag} another column, or look at --na if its cells are not empty`
    );
  }
  const columns = missing.map(([name, count]) => `${shown(name)} ${count}`).join(', ');
  return (
    `${table.source}: every row has a missing cell (by column: ${columns}); ` +
    'choose --missing mean or median, or --exclude the columns that are mostly empty'
  );
}
