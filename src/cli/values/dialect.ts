import { UsageError } from '../../errors.js';
import { shown } from '../../visible.js';

const NAMED = new Map([
  ['tab', '\t'],
  ['\\t', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
  ['space', ' '],
]);

/** One character of a CSV dialect, itself or by name. */
export function parseCharacter(flag: string, text: string): string {
  const character = NAMED.get(text) ?? text;
  if (character.length === 1 && !/[\r\n\0]/.test(character)) return character;
  throw new UsageError(
    `${flag} ${shown(text)}: expected one character, or tab, comma, semicolon, pipe, space`,
  );
}

/** As `parseCharacter`, and the word none. */
export function parseCharacterOrNone(flag: string, text: string): string | null {
  return text === 'none' ? null : parseCharacter(flag, text);
}
