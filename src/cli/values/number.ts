import { UsageError } from '../../errors.js';
import { shown } from '../../visible.js';

/** Which numbers an option accepts, with the words that say so. */
export interface NumberRange {
  readonly words: string;
  accepts(value: number): boolean;
}

/** Decimal notation only: no hexadecimal, no infinity, no thousands. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether a number in decimal notation is not 0 but too small for a double, which would make it 0. */
export function underflows(text: string): boolean {
  return DECIMAL.test(text) && Number(text) === 0 && /[1-9]/.test(text.replace(/[eE].*/, ''));
}

/** A finite number in decimal notation, or null; null too if it underflows to 0. */
export function decimal(text: string): number | null {
  if (!DECIMAL.test(text) || underflows(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** What is wrong with a number that {@link underflows}. */
export const TOO_SMALL = 'too small: the smallest number above 0 is 5e-324; write 0 if you mean 0';

/** A parser for an option whose value is a number in the range. */
export function numberIn(range: NumberRange): (flag: string, text: string) => number {
  return (flag, text) => {
    if (underflows(text.trim())) throw new UsageError(`${flag} ${shown(text)}: ${TOO_SMALL}`);
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
