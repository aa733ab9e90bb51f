import { UsageError } from '../../errors.js';
import { shown } from './shown.js';

/** Which numbers an option accepts, with the words that say so. */
export interface NumberRange {
  readonly words: string;
  accepts(value: number): boolean;
}

/** Decimal notation only: no hexadecimal, no infinity, no thousands. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A finite number in decimal notation, or null. */
export function decimal(text: string): number | null {
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A parser for an option whose value is a number in the range. */
export function numberIn(range: NumberRange): (flag: string, text: string) => number {
  return (flag, text) => {
    const value = decimal(text.trim());
    if (value === null || !range.accepts(value)) {
      throw new UsageError(`${flag} ${shown(text)}: expected ${range.words}`);
    }
    // No option distinguishes -0 from 0, and a -0 in a report would surprise.
    return value === 0 ? 0 : value;
  };
}

/** A whole number from `low` to `high`. */
export function wholeNumber(low: number, high: number): NumberRange {
  return {
    words: `a whole number from ${low} to ${high}`,
    accepts: (value) => Number.isInteger(value) && value >= low && value <= high,
  };
}
