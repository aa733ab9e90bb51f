import { UsageError } from '../../errors.js';
import { firstTwice } from '../../options/first-twice.js';
import { shown } from '../../visible.js';

/**
 * Splits at commas. White space around an item is dropped; an item that starts with a double quote runs to the closing
 * one, so that it may hold commas. Quotes are kept: `unquoted` takes them off.
 */
export function splitItems(flag: string, text: string): string[] {
  const items: string[] = [];
  for (let from = 0; ; ) {
    const comma = text.indexOf(',', behindQuoted(flag, text, from));
    items.push(text.slice(from, comma < 0 ? text.length : comma).trim());
    if (comma < 0) return items;
    from = comma + 1;
  }
}

/** The place behind the closing quote of an item that starts with a quote; the item's beginning for any other. */
function behindQuoted(flag: string, text: string, from: number): number {
  let open = from;
  while (open < text.length && text[open].trim() === '') open++;
  if (text[open] !== '"') return from;
  for (let quote = text.indexOf('"', open + 1); quote >= 0; quote = text.indexOf('"', quote + 2)) {
    if (text[quote + 1] !== '"') return quote + 1;
  }
  throw new UsageError(`${flag} ${shown(text)}: a double quote is not closed`);
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
  const twice = firstTwice(names);
  if (twice !== undefined) throw new UsageError(`${flag} ${shown(text)}: ${shown(twice)} is given twice`);
  return names;
}
