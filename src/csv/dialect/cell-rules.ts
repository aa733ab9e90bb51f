import { parseDecimal } from './number.js';

/**
 * Cells that count as missing unless the user says otherwise; the empty cell always does. Those of pandas that nobody would use as a value,
 * and the question mark of the UCI repository.
 */
export const DEFAULT_NA: readonly string[] = [
  'NA',
  'N/A',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '?',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-NaN',
  '-nan',
  '<NA>',
  'n/a',
  'NaT',
];

/** What a cell means: a number, missing, or something else. Texts are passed without surrounding white space. */
export class CellRules {
  private readonly missing: ReadonlySet<string>;
  /** Missing marks such as -999, which would pass for numbers; mostly there is none. */
  private readonly missingNumbers: ReadonlySet<string>;

  /**
   * @param na texts that count as missing
   * @param decimal the decimal mark
   */
  constructor(
    na: readonly string[],
    private readonly decimal: string,
  ) {
    const marks = na.map((text) => text.trim());
    this.missing = new Set(['', ...marks]);
    this.missingNumbers = new Set(marks.filter((text) => !Number.isNaN(parseDecimal(text, decimal))));
  }

  isMissing(text: string): boolean {
    return this.missing.has(text);
  }

  /** Whether a text that counts as missing would be a number otherwise. */
  isMissingNumber(text: string): boolean {
    return this.missingNumbers.has(text);
  }

  /** The number the text stands for; NaN if none, or if it counts as missing. */
  toNumber(text: string): number {
    if (this.missingNumbers.size > 0 && this.missingNumbers.has(text)) return Number.NaN;
    return parseDecimal(text, this.decimal);
  }
}
