/** How many terminal columns a text takes, and how to make it take fewer. */

const WIDE = new RegExp(
  '^[\\p{Emoji_Presentation}\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\u3247\\u3250-\\u4dbf\\u4e00-\\ua4c6\\ua960-\\ua97c' +
    '\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6b\\uff01-\\uff60\\uffe0-\\uffe6\\u{1b000}-\\u{1b001}' +
    '\\u{1f200}-\\u{1f251}\\u{20000}-\\u{3fffd}]$',
  'u',
);

/** The marks that cli-table3 counts as zero columns wide; it counts others as one, and we must do the same or it cuts text. */
const ZERO_WIDTH = /^[\u0300-\u036f]$/;

function widthOf(character: string): number {
  if (character <= '~') return 1;
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns taken by `text`, which holds no control characters. East Asian wide characters and emoji take two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** `text` in at most `width` columns; what is cut off the end is replaced by a visible `…`. */
export function truncate(text: string, width: number): string {
  let used = 0;
  let kept = '';
  let fits = '';
  for (const character of text) {
    used += widthOf(character);
    if (used > width) return `${fits}…`;
    kept += character;
    if (used < width) fits = kept;
  }
  return text;
}

/**
 * An untrusted text of any length, written by `write` and cut to `width` columns. Only the part that could be shown is read, so a megabyte
 * costs no more than a line.
 */
export function fitText(text: string, width: number, write: (text: string) => string): string {
  const limit = 4 * width;
  const head = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return truncate(write(head), width);
}

/** The words of `text` in lines of at most `width` columns; a word longer than a line is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > width) {
      lines.push(line);
      line = truncate(word, width);
    } else line = line === '' ? truncate(word, width) : longer;
  }
  return [...lines, line].map((text) => text.trimEnd());
}
