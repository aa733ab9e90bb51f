import { DataError } from '../../errors.js';
import { shown } from '../../visible.js';
import type { KnownDialect } from './record-stream.js';

/**
 * A text as a cell of a dialect: quoted where it would otherwise be read as something else.
 *
 * @param isSole whether the record has no other cell; an empty line would be no record
 * @throws DataError where only quotes would help and the dialect has none
 */
export function cellOf(text: string, dialect: KnownDialect, isSole = false): string {
  if (!needsQuotes(text, dialect) && !(isSole && text === '')) return text;
  const { quote } = dialect;
  if (quote !== null) return quote + text.replaceAll(quote, quote + quote) + quote;
  throw new DataError(
    `${shown(text)} cannot be written as a cell of this dialect without quotes; choose another --delimiter, or a --quote`,
  );
}

function needsQuotes(text: string, { delimiter, quote, comment }: KnownDialect): boolean {
  return (
    text.includes(delimiter) ||
    (quote !== null && text.includes(quote)) ||
    (comment !== null && text.includes(comment)) ||
    /[\r\n]/.test(text) ||
    text.trim() !== text
  );
}

/** The shortest digits that read back as the same double. */
export function shortest(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A number as a cell, with the decimal mark of the dialect. */
export function numberCell(value: number, dialect: KnownDialect): string {
  const text = shortest(value);
  return cellOf(dialect.decimal === '.' ? text : text.replace('.', dialect.decimal), dialect);
}
