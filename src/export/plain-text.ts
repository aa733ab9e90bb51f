/**
 * A name in double quotes for a comment: printable ASCII only, the rest as `\uXXXX`, so that no line ends and nothing acts. It does
 * not close an HTML script either. Long names are cut.
 */
export function plainText(name: string): string {
  const limit = 200;
  const shown = name.length > limit ? `${name.slice(0, limit)}...` : name;
  return JSON.stringify(shown).replace(/[^ -~]|[<>]/g, unicodeEscape);
}

/** `\uXXXX` for each UTF-16 code unit. */
export function unicodeEscape(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return out;
}

/** Invisible or acting characters: controls, format and bidi controls, surrogates alone, line separators. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Whether a text holds half of a surrogate pair, which UTF-8 cannot. */
export function isTorn(text: string): boolean {
  return /\p{Cs}/u.test(text);
}
