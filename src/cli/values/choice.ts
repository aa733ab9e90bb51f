import { UsageError } from '../../errors.js';
import { didYouMean } from '../../near-miss.js';
import { shown } from '../../visible.js';

/** A parser for an option that takes one of a few words. */
export function choiceOf<T extends string>(words: readonly T[]): (flag: string, text: string) => T {
  return (flag, text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw new UsageError(
      `${flag} ${shown(text)}: expected one of ${words.join(', ')}${didYouMean(text, words)}`,
    );
  };
}
