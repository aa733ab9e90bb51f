import { GrowingArray } from './growing-array.js';
import type { TextColumn } from './table.js';

/** Texts of a column as codes, numbered as they come. */
export class Dictionary {
  private readonly numbers = new Map<string, number>();
  private readonly codes = GrowingArray.int32();
  private missing = 0;

  /** How many distinct texts there are. */
  get size(): number {
    return this.numbers.size;
  }

  add(text: string): void {
    let code = this.numbers.get(text);
    if (code === undefined) {
      code = this.numbers.size;
      this.numbers.set(text, code);
    }
    this.codes.push(code);
  }

  addMissing(): void {
    this.codes.push(-1);
    this.missing++;
  }

  /** The column, its levels sorted in code-unit order and its codes renumbered to them. */
  toColumn(name: string): TextColumn {
    const levels = [...this.numbers.keys()].sort();
    const rank = new Int32Array(levels.length);
    levels.forEach((level, index) => {
      rank[this.numbers.get(level)!] = index;
    });
    const codes = this.codes.toArray().map((code) => (code < 0 ? code : rank[code]));
    return { kind: 'text', name, codes, levels, missing: this.missing };
  }
}
