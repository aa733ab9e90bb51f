import { shortened } from './words.js';

/**
 * Names and values from files and command lines are data, and may hold characters that control a terminal, reorder their neighbours, or are
 * invisible. Only this file decides which these are; messages, tables, reports, JSON and exported programs escape them, each in its own
 * notation.
 *
 * Visible characters of every script, and spaces of any kind, stay unchanged. Everything without a visible shape is escaped, also the
 * joiners of emoji and of Arabic or Indic words: two names that differ only by one would look the same, and terminals disagree about their
 * width.
 */

/** Controls, format and bidi controls, lone surrogates, line and paragraph separators, and all that Unicode lets fonts ignore. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Many marks on one letter run into the lines above and below; three are enough for any script. */
const PILED_MARKS = /(?<=\p{M}{3})\p{M}/gu;

/** What a GitHub runner reads as a workflow command: `::` at the start of a line, `##[` anywhere. */
const RUNNER_COMMAND = /(?<=^|\s):(?=:)|#(?=#\[)/gu;

const ASCII_ALONE = /^[ -~]*$/;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** One character written out: `\n`, `\u001b`, `\u{e0041}`. */
export function writtenOut(character: string): string {
  const short = SHORT_ESCAPES.get(character);
  if (short !== undefined) return short;
  const hex = character.codePointAt(0)!.toString(16).padStart(4, '0');
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
}

/**
 * Text for a terminal: one line, control and invisible characters escaped, and nothing that a CI runner would read as a command.
 */
export function visible(text: string): string {
  const plain = ASCII_ALONE.test(text)
    ? text
    : text.replace(UNPRINTABLE, writtenOut).replace(PILED_MARKS, writtenOut);
  return plain.replace(RUNNER_COMMAND, writtenOut);
}

/** A text from a file may have a megabyte; a message must stay readable. */
const LONGEST_SHOWN = 120;

/** A name or a value inside a message: in double quotes, {@link visible}, and cut when it is very long. */
export function shown(text: string): string {
  return JSON.stringify(shortened(text, LONGEST_SHOWN)).replace(UNPRINTABLE, writtenOut);
}

/** A value as JSON that shows on a terminal what it holds: the same value, invisible characters as `\uXXXX`. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return ASCII_ALONE.test(text) ? text : text.replace(UNPRINTABLE, unicodeEscape);
}

/** `\uXXXX` for each UTF-16 code unit. */
export function unicodeEscape(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return out;
}
