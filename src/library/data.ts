import type { Column, Table } from '../csv/columns/table.js';
import { UsageError } from '../errors.js';
import type { LazyEngine } from '../runtime/lazy-engine.js';
import { shown } from '../visible.js';
import { described, isPlainObject } from './arguments.js';
import { type Cell, type ColumnValues, columnOf } from './column.js';
import { type ByteSource, type CsvOptions, isByteSource, readFile } from './csv.js';

/** Columns by name, all of one length. */
export interface Columns {
  readonly columns: { readonly [name: string]: ColumnValues } | ReadonlyMap<string, ColumnValues>;
}

/**
 * Where rows come from: a table of `readCsv`, columns, rows as objects of `Cell` (a key that a row lacks is a missing cell), the path or
 * URL of a CSV file, or its bytes. Rows have their index, from 0, in messages.
 */
export type Data = Table | Columns | readonly object[] | string | URL | ByteSource;

/** The table of any data. @param reading for files; `text` names columns of categories in any data but a table */
export async function tableOf(data: Data, reading: CsvOptions, engine?: LazyEngine): Promise<Table> {
  if (typeof data === 'string' || data instanceof URL) return readFile(data, reading, engine);
  const text = new Set(reading.text ?? []);
  if (isRows(data)) return fromRows(data, text);
  if (isTable(data)) return checkTable(data);
  if (isByteSource(data)) return readFile(data, reading, engine);
  const columns = (data as Partial<Columns> | null)?.columns;
  if (columns instanceof Map) return fromColumns('columns', columns, text);
  if (isPlainObject(columns)) return fromColumns('columns', new Map(Object.entries(columns)), text);
  throw new UsageError(
    `the data ${described(data)}: must be a table, { columns }, a list of objects, or the path of a CSV file`,
  );
}

/** Whether the data are a file, which alone has a dialect. */
export function isFile(data: Data): boolean {
  return typeof data === 'string' || data instanceof URL || (!isTable(data) && isByteSource(data));
}

function isRows(data: Data): data is readonly object[] {
  return Array.isArray(data);
}

function isTable(data: unknown): data is Table {
  const { columns, lineOf } = (data ?? {}) as Partial<Table>;
  return Array.isArray(columns) && typeof lineOf === 'function';
}

/** A table may come from anywhere; a broken one would give a wrong result. */
function checkTable(table: Table): Table {
  const { rows, columns, source } = table;
  const isCount = Number.isInteger(rows) && rows >= 0 && typeof source === 'string';
  if (!isCount || !columns.every((column) => isColumn(column, rows))) {
    throw new UsageError(
      'the table: its source, rows and columns do not belong together; make it with readCsv',
    );
  }
  return table;
}

function isColumn(column: Column, rows: number): boolean {
  if (typeof column?.name !== 'string') return false;
  if (column.kind === 'numeric')
    return column.values instanceof Float64Array && column.values.length === rows;
  if (column.kind === 'text')
    return column.codes instanceof Int32Array && column.codes.length === rows && Array.isArray(column.levels);
  return column.kind === 'dirty' && Array.isArray(column.examples);
}

/** Columns in the order in which rows first name them. */
function fromRows(rows: readonly object[], text: ReadonlySet<string>): Table {
  const columns = new Map<string, Cell[]>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!isPlainObject(row)) {
      throw new UsageError(`rows[${i}] ${described(row)}: must be an object of column names and values`);
    }
    for (const name of Object.keys(row)) {
      let values = columns.get(name);
      if (values === undefined) {
        values = new Array<Cell>(rows.length).fill(null);
        columns.set(name, values);
      }
      values[i] = row[name] as Cell;
    }
  }
  return fromColumns('rows', columns, text);
}

function fromColumns(
  source: 'rows' | 'columns',
  columns: ReadonlyMap<string, ColumnValues>,
  text: ReadonlySet<string>,
): Table {
  let rows = -1;
  for (const [name, values] of columns) {
    if (typeof name !== 'string' || name.trim() === '')
      throw new UsageError(`${source}: a column has no name; each needs one`);
    if (!Array.isArray(values) && !(ArrayBuffer.isView(values) && 'length' in values)) {
      throw new UsageError(`column ${shown(name)} ${described(values)}: must be a list of values`);
    }
    if (rows >= 0 && values.length !== rows) {
      throw new UsageError(
        `column ${shown(name)} has ${values.length} values, and those before it ${rows}; all need one for each row`,
      );
    }
    rows = values.length;
  }
  if (rows <= 0) throw new UsageError(`${source}: there are no rows; give at least one`);
  const made = [...columns].map(([name, values]) => columnOf(source, name, values, text.has(name)));
  return { source, rows, columns: made, lineOf: (row) => row };
}
