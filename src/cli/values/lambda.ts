import { UsageError } from '../../errors.js';
import { firstTwice } from '../../options/first-twice.js';
import { shown } from '../../visible.js';
import { decimal, TOO_SMALL, underflows } from './number.js';

const MOST = 100_000;

/**
 * The lambdas of `--lambda`: a list `0.5,0.1,0` of numbers that are not negative and all different, or `FROM:TO:COUNT`,
 * COUNT numbers evenly spaced in the logarithm, both ends included. The order is the order given.
 */
export function parseLambda(flag: string, text: string): number[] {
  const tiny = text.split(/[,:]/).find((part) => underflows(part.trim()));
  if (tiny !== undefined)
    throw new UsageError(`${flag} ${shown(text)}: ${shown(tiny.trim())} is ${TOO_SMALL}`);
  return text.includes(':') ? parseRange(flag, text) : parseList(flag, text);
}

function parseList(flag: string, text: string): number[] {
  const values = text.split(',').map((item) => {
    const value = decimal(item.trim());
    if (value === null || value < 0) {
      const got =
        item.trim() === ''
          ? 'an item is empty'
          : `${shown(item.trim())} is ${value === null ? fault(item) : 'below 0'}`;
      throw new UsageError(
        `${flag} ${shown(text)}: ${got}; expected numbers of at least 0, or FROM:TO:COUNT`,
      );
    }
    return value === 0 ? 0 : value;
  });
  const twice = firstTwice(values);
  if (twice !== undefined) throw new UsageError(`${flag} ${shown(text)}: ${twice} is given twice`);
  return values;
}

/** What is wrong with an item that `decimal` refuses. */
function fault(item: string): string {
  return Math.abs(Number(item)) === Infinity && /\d/.test(item) ? 'too large for a number' : 'not a number';
}

function parseRange(flag: string, text: string): number[] {
  const parts = text.split(':').map((part) => decimal(part.trim()));
  const [from, to, count] = parts;
  const wrong = (words: string) =>
    new UsageError(`${flag} ${shown(text)}: ${words}; expected FROM:TO:COUNT, such as 10:0.01:50`);
  if (parts.length !== 3 || from === null || to === null || count === null) throw wrong('not three numbers');
  if (from <= 0 || to <= 0)
    throw wrong('FROM and TO must be above 0, because the values are spaced in the logarithm');
  if (from === to) throw wrong('FROM and TO are the same');
  if (!Number.isInteger(count) || count < 2 || count > MOST)
    throw wrong(`COUNT must be a whole number from 2 to ${MOST}`);
  return logSpaced(from, to, count);
}

/** COUNT points whose ends are exact: exp(log(x)) is not always x. */
function logSpaced(from: number, to: number, count: number): number[] {
  const start = Math.log(from);
  const step = (Math.log(to) - start) / (count - 1);
  return Array.from({ length: count }, (_, k) => {
    if (k === 0) return from;
    return k === count - 1 ? to : Math.exp(start + k * step);
  });
}
