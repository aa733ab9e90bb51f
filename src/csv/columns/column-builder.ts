import type { CellRules } from '../dialect/cell-rules.js';
import { Dictionary } from './dictionary.js';
import { GrowingArray } from './growing-array.js';
import type { Column } from './table.js';

/** Collects the cells of one column. */
export interface ColumnBuilder {
  /** @param line the line on which the cell's row begins */
  add(cell: string, line: number): void;
  /** The typed column; null if the cells must be read again, into a TextBuilder. */
  finish(): Column | null;
}

/** A column that is text whatever its cells are. */
export class TextBuilder implements ColumnBuilder {
  private readonly dictionary = new Dictionary();

  constructor(
    private readonly name: string,
    private readonly rules: CellRules,
  ) {}

  add(cell: string): void {
    if (this.rules.isMissing(cell.trim())) this.dictionary.addMissing();
    else this.dictionary.add(cell);
  }

  finish(): Column {
    return this.dictionary.toColumn(this.name);
  }
}

/** How many offending cells of a dirty column are shown. */
export const MAX_EXAMPLES = 5;
const MAX_SPARE_TEXTS = 1000;
/** For all columns together: even a wide file has 1000 rows, and would keep every cell as text. */
const SPARE_TEXT_BUDGET = 500_000;

/** How many distinct texts each column keeps while it looks numeric, in case it turns out to be text. */
export function spareTexts(columns: number): number {
  return Math.min(MAX_SPARE_TEXTS, Math.floor(SPARE_TEXT_BUDGET / columns));
}

/**
 * A column whose kind the cells decide. It keeps numbers while all cells are numbers, and texts while they are few or the column does not
 * look numeric. So a numeric column costs 8 bytes a row, and the rare column that looked numeric for too long must be read again.
 */
export class GuessingBuilder implements ColumnBuilder {
  private values: GrowingArray<Float64Array> | null = GrowingArray.float64();
  private dictionary: Dictionary | null = new Dictionary();
  private numbers = 0;
  private others = 0;
  private missing = 0;
  private readonly examples: { readonly line: number; readonly text: string }[] = [];

  constructor(
    private readonly name: string,
    private readonly rules: CellRules,
    private readonly spareTexts: number,
  ) {}

  add(cell: string, line: number): void {
    const text = cell.trim();
    const value = this.rules.toNumber(text);
    if (!Number.isNaN(value)) this.addNumber(value, cell);
    else if (this.rules.isMissing(text)) this.addMissing();
    else this.addOther(cell, line);
  }

  finish(): Column | null {
    const { name, numbers, others, missing, examples } = this;
    if (others === 0) return { kind: 'numeric', name, values: this.values!.toArray(), missing };
    if (this.looksNumeric()) return { kind: 'dirty', name, numbers, others, examples, missing };
    return this.dictionary?.toColumn(name) ?? null;
  }

  private addNumber(value: number, cell: string): void {
    this.numbers++;
    this.values?.push(value);
    this.addText(cell);
  }

  private addMissing(): void {
    this.missing++;
    this.values?.push(Number.NaN);
    this.dictionary?.addMissing();
  }

  private addOther(cell: string, line: number): void {
    this.others++;
    this.values = null;
    if (this.examples.length < MAX_EXAMPLES) this.examples.push({ line, text: cell });
    this.addText(cell);
  }

  private addText(cell: string): void {
    if (this.dictionary === null) return;
    this.dictionary.add(cell);
    if (this.dictionary.size > this.spareTexts && this.looksNumeric()) this.dictionary = null;
  }

  /** At least 9 in 10 are numbers; in integers, so that no rounding decides. */
  private looksNumeric(): boolean {
    return this.numbers >= 9 * this.others;
  }
}
