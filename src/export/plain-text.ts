import { unicodeEscape } from '../visible.js';

/**
 * A name in double quotes for a comment: printable ASCII only, the rest as `\uXXXX`, so that it cannot end a line or control a terminal. It
 * cannot close an HTML script either. Long names are cut.
 */
export function plainText(name: string): string {
  const limit = 200;
  const shown = name.length > limit ? `${name.slice(0, limit)}...` : name;
  return JSON.stringify(shown).replace(/[^ -~]|[<>]/g, unicodeEscape);
}

/** Whether a text holds half of a surrogate pair, which UTF-8 cannot. */
export function isTorn(text: string): boolean {
  return /\p{Cs}/u.test(text);
}
