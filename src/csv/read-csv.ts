import { UsageError } from '../errors.js';
import { noColumn } from '../near-miss.js';
import type { Engine } from '../runtime/engine.js';
import { readText, skip } from './bytes/decode.js';
import { peek } from './bytes/peek.js';
import { type ByteSource, type CsvInput, resolveSource } from './bytes/source.js';
import type { StoredBytes } from './bytes/stored-bytes.js';
import type { Column, Table } from './columns/table.js';
import { TableBuilder } from './columns/table-builder.js';
import type { PlainRequest } from './compiled/plan.js';
import { type CellOptions, ColumnRules } from './dialect/column-rules.js';
import { type Dialect, type DialectOptions, resolveDialect } from './dialect/dialect.js';
import { plainRecords } from './records/plain-text.js';
import { type RecordSink, readRecords } from './records/records.js';
import { beginningOf, SAMPLE_BYTES } from './records/sniff.js';

export { ENCODINGS, type Encoding } from './bytes/encoding.js';
export { type ByteSource, bufferedInput, type CsvInput } from './bytes/source.js';
export { DEFAULT_NA } from './dialect/cell-rules.js';

/** How a CSV file is to be read. */
export interface CsvOptions extends DialectOptions, CellOptions {
  /** Names of columns that are categories even if all their cells are numbers. */
  readonly text?: readonly string[];
  /**
   * The compiled kernels that read plain files; the numbers then stay in their memory. A function is called for large files
   * only. Absent: the reader starts its own for large files. null: none, and csv-parse for all files. The table is the same in each
   * case.
   */
  readonly engine?: Engine | (() => Engine) | null;
  /** Whether options may name columns that the file does not have: those of a model may be those of its training file. */
  readonly mayLackColumns?: boolean;
  /** How many threads to start where `engine` is absent; default 1. */
  readonly threads?: number;
}

/** Smaller files are read faster without the compiled kernels than these start. */
const LARGE_BYTES = 1024 * 1024;

/**
 * Reads a CSV file into typed columns.
 *
 * @param input a path, or bytes; gzip and byte order marks are recognised
 * @throws UsageError when the options contradict each other
 * @throws DataError when the file cannot be read or is malformed; the message says where and what to do
 *
 * Cost: plain files from 1 MB on are read by compiled kernels at memory speed (see `readPlain`), smaller ones line by line (see
 * `plainRecords`), all others by csv-parse in one pass; and a second pass if a column looked numeric for long and turns out to be text.
 * Memory: 8 bytes for a numeric cell, 4 for a text cell, and each distinct text once.
 */
export async function readCsv(input: CsvInput, options: CsvOptions = {}): Promise<Table> {
  const dialect = resolveDialect(options);
  const source = await resolveSource(input);
  const rules = new ColumnRules(options, dialect.decimal);
  const text = new Set(options.text);
  const request = { source: source.name, dialect, rules, text };
  const plain = await tryPlain(source, request, options);
  const table = plain ?? (await tableOf(request, (sink) => readInto(sink, source, dialect)));
  if (!options.mayLackColumns) refuseUnknown(table, options);
  return table;
}

function refuseUnknown({ columns }: Table, { columnNa = [] }: CellOptions): void {
  if (columnNa.length === 0) return;
  const names = columns.map(({ name }) => name);
  const known = new Set(names);
  for (const [name] of columnNa) if (!known.has(name)) throw new UsageError(noColumn('--na', name, names));
}

/** The table, if the file is plain: by the compiled kernels if it is large enough for them. */
async function tryPlain(
  source: ByteSource,
  request: PlainRequest,
  { engine, threads }: CsvOptions,
): Promise<Table | null> {
  if (engine === null || source.stored === undefined) return null;
  // csv-parse meets the same error again and reports it.
  const bytes = await source.stored().catch(() => null);
  if (bytes === null) return null;
  const isSmall = typeof engine !== 'object' && bytes.size < LARGE_BYTES;
  try {
    return isSmall ? await readSmall(bytes, request) : await readWith(engine, threads ?? 1, bytes, request);
  } finally {
    bytes.close();
  }
}

async function readSmall(bytes: StoredBytes, request: PlainRequest): Promise<Table | null> {
  const plain = plainRecords(bytes, request.dialect);
  if (plain === null) return null;
  const { records, firstLine } = plain;
  return tableOf({ ...request, again: true }, (sink) => {
    for (let k = 0; k < records.length; k++) sink.record(records[k], firstLine + k);
    return firstLine > 1;
  });
}

async function readWith(
  engine: Engine | (() => Engine) | undefined,
  threads: number,
  bytes: StoredBytes,
  request: PlainRequest,
): Promise<Table | null> {
  // The engine first: its threads start while the rest is loaded.
  const given = (typeof engine === 'function' ? engine() : engine)?.startThreads();
  const own = given === undefined ? await ownEngine(threads) : null;
  try {
    const { readPlain } = await import('./compiled/read.js');
    return await readPlain(bytes, request, (given ?? own) as Engine);
  } finally {
    own?.close();
  }
}

async function ownEngine(threads: number): Promise<Engine> {
  const { Engine } = await import('../runtime/engine.js');
  return new Engine(threads);
}

/** @returns whether a line `sep=;` was left out */
async function readInto(sink: RecordSink, source: ByteSource, dialect: Dialect): Promise<boolean> {
  const { head, all } = await peek(readText(source, dialect.encoding), SAMPLE_BYTES);
  const whole = head.length < SAMPLE_BYTES;
  const { delimiter, skipped } = beginningOf(head, whole, dialect);
  await readRecords(skip(all, skipped), { ...dialect, delimiter }, sink, skipped > 0 ? 2 : 1);
  return skipped > 0;
}

/** Makes a table of the records that `read` delivers; it says whether a line `sep=;` stood before them. */
async function tableOf(
  { source, dialect, rules, text, again }: PlainRequest & { readonly again?: boolean },
  read: (sink: RecordSink) => boolean | Promise<boolean>,
): Promise<Table> {
  const builder = new TableBuilder({ source, header: dialect.header, rules, text, again });
  builder.sepLine = await read(builder);
  const columns = builder.columns();
  const indices = columns.flatMap((column, index) => (column === null ? [index] : []));
  if (indices.length > 0) {
    const reader = builder.reader(indices);
    await read(reader);
    reader.columns().forEach((column, k) => {
      columns[indices[k]] = column;
    });
  }
  return builder.table(columns as Column[]);
}
