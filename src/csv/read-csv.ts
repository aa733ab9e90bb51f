import { CellRules, DEFAULT_NA } from './cell-rules.js';
import { readText } from './decode.js';
import { type Dialect, type DialectOptions, resolveDialect } from './dialect.js';
import { peek } from './peek.js';
import { type RecordSink, readRecords } from './records.js';
import { SAMPLE_BYTES, sniffDelimiter } from './sniff.js';
import { type ByteSource, type CsvInput, resolveSource } from './source.js';
import type { Column, Table } from './table.js';
import { TableBuilder } from './table-builder.js';

export { DEFAULT_NA } from './cell-rules.js';
export type { Encoding } from './decode.js';
export { type ByteSource, bufferedInput, type CsvInput } from './source.js';

/** How a CSV file is to be read. */
export interface CsvOptions extends DialectOptions {
  /** Texts that count as missing, in place of `DEFAULT_NA`; the empty cell always does. */
  readonly na?: readonly string[];
  /** Names of columns that are categories even if all their cells are numbers. */
  readonly text?: readonly string[];
}

/**
 * Reads a CSV file into typed columns.
 *
 * @param input a path, or bytes; gzip and byte order marks are recognised
 * @throws UsageError when the options contradict each other
 * @throws DataError when the file cannot be read or is malformed; the message says where and what to do
 *
 * Cost: one pass; a second one when a column looked numeric for long and turns out to be text. Memory: 8 bytes for a
 * numeric cell, 4 for a text cell, and each distinct text once.
 */
export async function readCsv(input: CsvInput, options: CsvOptions = {}): Promise<Table> {
  const dialect = resolveDialect(options);
  const source = await resolveSource(input);
  const builder = new TableBuilder({
    source: source.name,
    header: dialect.header,
    rules: new CellRules(options.na ?? DEFAULT_NA, dialect.decimal),
    text: new Set(options.text),
  });
  await readInto(builder, source, dialect);
  return builder.table(await completed(builder, source, dialect));
}

async function readInto(sink: RecordSink, source: ByteSource, dialect: Dialect): Promise<void> {
  const { head, all } = await peek(readText(source, dialect.encoding), SAMPLE_BYTES);
  const whole = head.length < SAMPLE_BYTES;
  const delimiter = dialect.delimiter ?? sniffDelimiter(head.toString('utf8'), whole, dialect);
  await readRecords(all, { ...dialect, delimiter }, sink);
}

/** The columns of the first pass, the missing ones read again as text. */
async function completed(builder: TableBuilder, source: ByteSource, dialect: Dialect): Promise<Column[]> {
  const columns = builder.columns();
  const indices = columns.flatMap((column, index) => (column === null ? [index] : []));
  if (indices.length > 0) {
    const reader = builder.reader(indices);
    await readInto(reader, source, dialect);
    reader.columns().forEach((column, k) => {
      columns[indices[k]] = column;
    });
  }
  return columns as Column[];
}
