import { ENCODINGS, type Encoding } from '../csv/bytes/encoding.js';
import { bufferedInput as bufferedCore } from '../csv/bytes/source.js';
import type { Table } from '../csv/columns/table.js';
import { UsageError } from '../errors.js';
import type { ReadingOptions } from '../model/model.js';
import type { LazyEngine } from '../runtime/lazy-engine.js';
import {
  checked,
  described,
  FLAG,
  type Kind,
  oneOf,
  orNull,
  TEXT,
  TEXTS,
  TEXTS_BY_COLUMN,
  THREADS,
} from './arguments.js';
import { said } from './words.js';

/** How a CSV file is written. null and absent are the same but for `quote`. */
export interface Dialect {
  /** null (the default): found among tab, comma, semicolon and pipe. */
  readonly delimiter?: string | null;
  /** Default `"`; null or empty: no quoting. */
  readonly quote?: string | null;
  /** A line that begins with it is skipped. Default null: none. */
  readonly comment?: string | null;
  /** The decimal mark, `.` (the default) or `,`. */
  readonly decimal?: string;
  /** Default utf-8; a byte order mark in the file overrules it. */
  readonly encoding?: Encoding;
  /** false: the first record is data, and the columns are x1, x2, ... */
  readonly header?: boolean;
  /** Texts that count as missing, in place of the usual ones (NA, NaN, null, ...); the empty cell always does. */
  readonly na?: readonly string[];
  /** The same for single columns, in place of `na`. */
  readonly columnNa?: readonly (readonly [column: string, na: readonly string[]])[];
}

/** How `readCsv` reads a file. */
export interface CsvOptions extends Dialect {
  /** Names of columns that are categories even if all their cells are numbers. */
  readonly text?: readonly string[];
  /** Whether `columnNa` may name columns that the file does not have. Default false. */
  readonly mayLackColumns?: boolean;
  /** Threads for large files; never changes the table. Default 1. */
  readonly threads?: number;
}

/** Bytes from anywhere, with the name they have in messages. */
export interface ByteSource {
  readonly name: string;
  /** The bytes from the beginning; may be called more than once. */
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A path, a `file:` URL, or bytes from anywhere. */
export type CsvInput = string | URL | ByteSource;

export const DIALECT_KINDS: { readonly [K in keyof Required<Dialect>]: Kind } = {
  delimiter: orNull(TEXT),
  quote: orNull(TEXT),
  comment: orNull(TEXT),
  decimal: oneOf(['.', ',']),
  encoding: oneOf(ENCODINGS),
  header: FLAG,
  na: TEXTS,
  columnNa: TEXTS_BY_COLUMN,
};

const CSV_KINDS = { ...DIALECT_KINDS, text: TEXTS, mayLackColumns: FLAG, threads: THREADS };

/** How the tables of `readCsv` were read: their models remember it. */
const READING = new WeakMap<object, ReadingOptions>();

export function readingOf(table: object): ReadingOptions {
  return READING.get(table) ?? {};
}

/**
 * Reads a CSV file, gzipped or not, into typed columns.
 * @throws UsageError for options that are wrong; DataError for a file that cannot be read or is malformed
 */
export async function readCsv(input: CsvInput, options: CsvOptions = {}): Promise<Table> {
  return said(() => readFile(input, checked(options, CSV_KINDS, 'csv')));
}

/** The same with a given engine. */
export async function readFile(
  input: CsvInput,
  { threads, text, mayLackColumns, ...reading }: CsvOptions,
  engine?: LazyEngine,
): Promise<Table> {
  const from = await pathOf(input);
  const { readCsv: readCore } = await import('../csv/read-csv.js');
  const table = await readCore(from, {
    ...reading,
    ...(text === undefined ? {} : { text }),
    mayLackColumns: mayLackColumns ?? false,
    ...(engine === undefined ? { threads: threads ?? 1 } : { engine: engine.get }),
  });
  READING.set(table, reading);
  return table;
}

async function pathOf(input: CsvInput): Promise<string | ByteSource> {
  if (input instanceof URL) {
    const { fileURLToPath } = await import('node:url');
    if (input.protocol !== 'file:')
      throw new UsageError(`${input.href}: is not a file; download it first, or give its bytes`);
    return fileURLToPath(input);
  }
  if (typeof input === 'string' || isByteSource(input)) return input;
  throw new UsageError(`the input ${described(input)}: must be a path, a file: URL, or { name, open() }`);
}

export function isByteSource(input: unknown): input is ByteSource {
  const { name, open } = (input ?? {}) as Partial<ByteSource>;
  return typeof name === 'string' && typeof open === 'function';
}

/** Bytes that can be read only once, such as a stream, as an input that can be opened again. They are kept in memory. */
export function bufferedInput(name: string, stream: AsyncIterable<Uint8Array>): ByteSource {
  return bufferedCore(name, stream);
}
