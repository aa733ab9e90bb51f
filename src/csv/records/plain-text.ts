import { isPacked } from '../bytes/gunzip.js';
import type { StoredBytes } from '../bytes/stored-bytes.js';
import type { Dialect } from '../dialect/dialect.js';
import { isPlainDelimiter, isPlainDialect, plainCells } from './plain-cells.js';
import { beginningOf, SAMPLE_BYTES } from './sniff.js';

/** Records that follow line by line. */
export interface PlainRecords {
  readonly records: readonly (readonly string[])[];
  /** The 1-based line of the first one. */
  readonly firstLine: number;
}

/**
 * The records of a small plain text, one a line: the same as csv-parse's; null if that is not certain. csv-parse and node's streams take
 * longer to start than it takes to split a small file.
 *
 * Plain is: ASCII, a known delimiter, line feeds with or without carriage return, no comments, no blank lines but at the end, and
 * quoted cells without quotes, delimiters or line ends inside.
 *
 * Cost: the text and its cells are in memory at once.
 */
export function plainRecords(bytes: StoredBytes, dialect: Dialect): PlainRecords | null {
  if (!isPlainDialect(dialect)) return null;
  const text = asciiOf(bytes);
  if (text === null) return null;
  const sample = Buffer.from(text.slice(0, SAMPLE_BYTES), 'latin1');
  const { delimiter, skipped } = beginningOf(sample, text.length < SAMPLE_BYTES, dialect);
  if (!isPlainDelimiter(delimiter)) return null;
  const records: string[][] = [];
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  for (const line of text.slice(skipped, end).split('\n')) {
    const cells = plainCells(line, delimiter, dialect.quote);
    if (cells === null) return null;
    records.push(cells);
  }
  return { records, firstLine: skipped > 0 ? 2 : 1 };
}

/** The text, if it is not empty and of visible ASCII, blanks, tabs and line ends. */
function asciiOf(bytes: StoredBytes): string | null {
  const content = Buffer.allocUnsafe(bytes.size);
  try {
    if (bytes.read(content, 0) < content.length || isPacked(content)) return null;
  } catch {
    // csv-parse meets the same error again and reports it.
    return null;
  }
  const text = content.toString('latin1');
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? text : null;
}
