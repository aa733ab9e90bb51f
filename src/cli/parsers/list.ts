import { UsageError } from '../../errors.js';
import { shown } from '../../visible.js';

/**
 * Splits at commas. White space around an item is dropped; an item that starts with a double quote runs to the closing
 * one, so that it may hold commas. Quotes are kept: `unquoted` takes them off.
 */
export function splitItems(flag: string, text: string): string[] {
  const items = text.match(/\s*"(?:[^"]|"")*"[^,]*|[^,]+|(?<=,|^)(?=,|$)/g) ?? [];
  const trimmed = items.map((item) => item.trim());
  for (const item of trimmed) {
    if (/^"(?:[^"]|"")*$/.test(item) && item !== '""') {
      throw new UsageError(`${flag} ${shown(text)}: a double quote is not closed`);
    }
  }
  return trimmed;
}

/** `"a,b"` is the name a,b; a doubled quote inside stands for one. Other items are themselves. */
export function unquoted(item: string): string {
  const inner = /^"((?:[^"]|"")*)"$/.exec(item);
  return inner === null ? item : inner[1].replaceAll('""', '"');
}

/** A list of column names or globs; none may be empty, none may be given twice. */
export function parseNames(flag: string, text: string): string[] {
  const names = splitItems(flag, text).map(unquoted);
  if (names.includes('')) {
    throw new UsageError(
      `${flag} ${shown(text)}: a name between the commas is empty; expected NAME,NAME,...`,
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${flag} ${shown(text)}: ${shown(twice)} is given twice`);
  return names;
}

/** The cells that count as missing; the empty cell always does. */
export function parseTokens(flag: string, text: string): string[] {
  return [...new Set(['', ...splitItems(flag, text).map(unquoted)])];
}
