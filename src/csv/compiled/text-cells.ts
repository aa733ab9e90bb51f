import { MAX_EXAMPLES } from '../columns/column-builder.js';
import type { Column } from '../columns/table.js';
import type { CellRules } from '../dialect/cell-rules.js';
import { ByteDictionary, HASH_BITS } from './byte-dictionary.js';
import { mustBePlain } from './not-plain.js';

/** Collects the texts of one column, each distinct one decoded once. */
export class TextCells {
  private readonly dictionary = new ByteDictionary();
  private codes: Int32Array;
  /** The level of each entry of the dictionary; -1 for texts that mean missing. */
  private readonly levelOf: number[] = [];
  private readonly levels: string[] = [];
  private filled = 0;

  /** @param rows at most so many */
  constructor(
    rows: number,
    private readonly rules: CellRules,
  ) {
    this.codes = new Int32Array(rows);
  }

  /**
   * Appends cells.
   *
   * @param places two words a cell: where it begins in `bytes`; its length and hash
   * @throws NotPlain for a text that csv-parse might read otherwise
   */
  append(places: Uint32Array, bytes: Uint8Array): void {
    const { dictionary, codes, levelOf } = this;
    for (let k = 0; k < places.length; k += 2) {
      const from = places[k];
      const length = places[k + 1] >>> HASH_BITS;
      const hash = places[k + 1] & ((1 << HASH_BITS) - 1);
      let entry = dictionary.find(bytes, from, length, hash);
      if (entry < 0) {
        this.learn(Buffer.copyBytesFrom(bytes, from, length));
        entry = dictionary.add(bytes, from, length, hash);
      }
      codes[this.filled++] = levelOf[entry];
    }
  }

  /**
   * The column.
   *
   * @param forced text whatever its cells are; otherwise the cells decide, as GuessingBuilder does
   */
  finish(name: string, forced: boolean, lineOf: (row: number) => number): Column {
    if (this.filled < this.codes.length) this.codes = this.codes.slice(0, this.filled);
    const { levels, codes } = this;
    const counts = this.counts();
    const missing = codes.length - counts.reduce((sum, count) => sum + count, 0);
    const isNumber = levels.map((level) => !forced && !Number.isNaN(this.rules.toNumber(level.trim())));
    const numbers = counts.reduce((sum, count, level) => sum + (isNumber[level] ? count : 0), 0);
    const others = codes.length - missing - numbers;
    if (!forced && others === 0) return { kind: 'numeric', name, values: this.numbers(), missing };
    if (forced || numbers < 9 * others) return { kind: 'text', name, ...this.sorted(), missing };
    return { kind: 'dirty', name, numbers, others, examples: this.examples(isNumber, lineOf), missing };
  }

  private numbers(): Float64Array {
    const values = this.levels.map((level) => this.rules.toNumber(level.trim()));
    return Float64Array.from(this.codes, (code) => (code < 0 ? Number.NaN : values[code]));
  }

  private counts(): number[] {
    const counts: number[] = this.levels.map(() => 0);
    for (const code of this.codes) if (code >= 0) counts[code]++;
    return counts;
  }

  private examples(isNumber: readonly boolean[], lineOf: (row: number) => number) {
    const examples: { line: number; text: string }[] = [];
    for (let row = 0; examples.length < MAX_EXAMPLES && row < this.codes.length; row++) {
      const code = this.codes[row];
      if (code >= 0 && !isNumber[code]) examples.push({ line: lineOf(row), text: this.levels[code] });
    }
    return examples;
  }

  private sorted(): { codes: Int32Array; levels: string[] } {
    const order = this.levels.map((_, index) => index);
    order.sort((a, b) => (this.levels[a] < this.levels[b] ? -1 : 1));
    const rank = new Int32Array(order.length);
    order.forEach((level, index) => {
      rank[level] = index;
    });
    const codes = this.codes.map((code) => (code < 0 ? code : rank[code]));
    return { codes, levels: order.map((level) => this.levels[level]) };
  }

  private learn(bytes: Buffer): void {
    const text = decode(bytes);
    if (this.rules.isMissing(text.trim())) this.levelOf.push(-1);
    else this.levelOf.push(this.levels.push(text) - 1);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text. Throws NotPlain when it is not UTF-8, holds NUL, or has white space at its ends that is not blank or tab. */
export function decode(bytes: Buffer): string {
  // Visible ASCII, blanks inside: nothing to check.
  const plain = bytes.toString('latin1');
  if (/^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(plain)) return plain;
  let text = '';
  try {
    text = decoder.decode(bytes);
  } catch {
    mustBePlain(false);
  }
  // Blanks and tabs at the ends were inside quotes, and belong to the text.
  mustBePlain(!text.includes('\0') && text.trim() === withoutBlanksAround(text));
  return text;
}

function withoutBlanksAround(text: string): string {
  const isBlank = (at: number) => text[at] === ' ' || text[at] === '\t';
  let [from, to] = [0, text.length];
  while (from < to && isBlank(from)) from++;
  while (to > from && isBlank(to - 1)) to--;
  return text.slice(from, to);
}
