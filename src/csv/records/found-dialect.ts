import { readText } from '../bytes/decode.js';
import { peek } from '../bytes/peek.js';
import { type CsvInput, resolveSource } from '../bytes/source.js';
import { type Dialect, type DialectOptions, resolveDialect } from '../dialect/dialect.js';
import { beginningOf, SAMPLE_BYTES } from './sniff.js';

/** A dialect with the delimiter found, and how many lines stand before the first record. */
export interface FoundDialect extends Dialect {
  readonly delimiter: string;
  readonly skippedLines: number;
}

/** The dialect that `readCsv` uses for a file, with the detected delimiter. Cost: the first 64 KiB. */
export async function foundDialect(input: CsvInput, options: DialectOptions): Promise<FoundDialect> {
  const dialect = resolveDialect(options);
  const { head } = await peek(readText(await resolveSource(input), dialect.encoding), SAMPLE_BYTES);
  const { delimiter, skipped } = beginningOf(head, head.length < SAMPLE_BYTES, dialect);
  return { ...dialect, delimiter, skippedLines: skipped > 0 ? 1 : 0 };
}
