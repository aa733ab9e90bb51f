import { GuessingBuilder, TextBuilder } from '../csv/columns/column-builder.js';
import type { Column } from '../csv/columns/table.js';
import { CellRules, DEFAULT_NA } from '../csv/dialect/cell-rules.js';
import { DataError, UsageError } from '../errors.js';
import { shown } from '../visible.js';
import { described } from './arguments.js';

/** A value of a row. null, undefined, NaN and what counts as missing in a CSV file are missing. A string means what it means in a file. */
export type Cell = number | string | boolean | null | undefined;

/** The values of a column; one for each row. */
export type ColumnValues =
  | readonly Cell[]
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/**
 * A typed column of values. If all values are numbers the column is numeric. With any text, all cells are read as a CSV file's, so that
 * rows from any CSV parser give the same column as the file.
 * @param isText whether it holds categories, even if all values are numbers
 */
export function columnOf(source: string, name: string, values: ColumnValues, isText: boolean): Column {
  return (isText ? null : numbersOf(source, name, values)) ?? textsOf(source, name, values, isText);
}

/** null where there is a value that is neither a number nor missing. */
function numbersOf(source: string, name: string, cells: ColumnValues): Column | null {
  const values = new Float64Array(cells.length);
  let missing = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (typeof cell === 'number') {
      checkFinite(source, name, i, cell);
      values[i] = cell;
    } else if (cell === null || cell === undefined) values[i] = Number.NaN;
    else return null;
    if (Number.isNaN(values[i])) missing++;
  }
  return { kind: 'numeric', name, values, missing };
}

function textsOf(source: string, name: string, cells: ColumnValues, isText: boolean): Column {
  const rules = new CellRules(DEFAULT_NA, '.');
  // It keeps the texts of all rows, so it never has to read them again.
  const builder = isText ? new TextBuilder(name, rules) : new GuessingBuilder(name, rules, Infinity);
  for (let i = 0; i < cells.length; i++) builder.add(textOf(source, name, i, cells[i]), i);
  return builder.finish()!;
}

function textOf(source: string, name: string, row: number, cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell !== 'number') {
    throw new UsageError(
      `${source}:${row}: column ${shown(name)}: ${described(cell)} must be a number, a string, true, false or null`,
    );
  }
  checkFinite(source, name, row, cell);
  return Number.isNaN(cell) ? '' : String(cell);
}

function checkFinite(source: string, name: string, row: number, value: number): void {
  if (Math.abs(value) !== Infinity) return;
  throw new DataError(
    `${source}:${row}: column ${shown(name)}: ${value} is not a finite number; correct it, or give null for a missing cell`,
  );
}
