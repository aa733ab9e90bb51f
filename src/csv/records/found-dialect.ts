import { readText } from '../bytes/decode.js';
import { peek } from '../bytes/peek.js';
import { type CsvInput, resolveSource } from '../bytes/source.js';
import { type Dialect, type DialectOptions, resolveDialect } from '../dialect/dialect.js';
import { SAMPLE_BYTES, sniffDelimiter } from './sniff.js';

/** The dialect that `readCsv` reads a file with, its delimiter found out. Cost: the first 64 KiB. */
export async function foundDialect(
  input: CsvInput,
  options: DialectOptions,
): Promise<Dialect & { readonly delimiter: string }> {
  const dialect = resolveDialect(options);
  if (dialect.delimiter !== null) return { ...dialect, delimiter: dialect.delimiter };
  const { head } = await peek(readText(await resolveSource(input), dialect.encoding), SAMPLE_BYTES);
  return {
    ...dialect,
    delimiter: sniffDelimiter(head, head.length < SAMPLE_BYTES, dialect),
  };
}
