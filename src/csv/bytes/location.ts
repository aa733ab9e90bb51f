import { DataError } from '../../errors.js';
import { shown } from '../../visible.js';

/** How messages name a place in a file. */
export function place(source: string, line: number, column?: string): string {
  const position = `${source}:${line}`;
  return column === undefined ? position : `${position}: column ${shown(column)}`;
}

/** The refusal of an input without a single record. */
export function emptyInput(source: string): DataError {
  const subject = source === '-' ? 'standard input' : `${source}:`;
  return new DataError(`${subject} is empty; it needs a header and rows`);
}
