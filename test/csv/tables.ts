import type { Column, Table } from '../../src/csv/columns/table.js';
import type { ByteSource, CsvOptions } from '../../src/csv/read-csv.js';
import { readCsv } from '../../src/csv/read-csv.js';

/** An input made of a text or of bytes, cut into chunks of `size` bytes. */
export function inputOf(content: string | Uint8Array, size = Number.POSITIVE_INFINITY): ByteSource {
  const bytes = Buffer.from(content as string);
  const chunks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += size) chunks.push(bytes.subarray(start, start + size));
  return { name: 't.csv', open: () => chunks };
}

/** Reads a text as the file `t.csv`. */
export function read(content: string | Uint8Array, options?: CsvOptions): Promise<Table> {
  return readCsv(inputOf(content), options);
}

/** What a column holds, row by row: numbers, texts, null for missing; a dirty column as its counts and examples. */
export function plain(column: Column): unknown {
  if (column.kind === 'numeric')
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  if (column.kind === 'text')
    return Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]));
  return {
    numbers: column.numbers,
    others: column.others,
    missing: column.missing,
    examples: column.examples.map(({ line, text }) => `${line}: ${text}`),
  };
}

/** A table as pairs of name and content, in order. */
export function plainTable(table: Table): [string, unknown][] {
  return table.columns.map((column) => [column.name, plain(column)]);
}

/** The lines on which the rows begin. */
export function linesOf(table: Table): number[] {
  return Array.from({ length: table.rows }, (_, row) => table.lineOf(row));
}

/** The error a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected a failure, but there was none');
}
