import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';

/** Whether an option accepts a value, and the words for what it accepts. */
export interface Kind {
  readonly accepts: (value: unknown) => boolean;
  readonly words: string;
}

export const TEXT: Kind = { accepts: (value) => typeof value === 'string', words: 'a string' };
export const NUMBER: Kind = { accepts: isNumber, words: 'a number' };
export const SHARE: Kind = { accepts: (x) => isNumber(x) && x >= 0 && x <= 1, words: 'a number from 0 to 1' };
export const NOT_NEGATIVE: Kind = { accepts: (x) => isNumber(x) && x >= 0, words: 'a number from 0' };
export const FLAG: Kind = { accepts: (value) => typeof value === 'boolean', words: 'true or false' };
export const CALLBACK: Kind = { accepts: (value) => typeof value === 'function', words: 'a function' };
export const TEXTS: Kind = {
  accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  words: 'a list of strings',
};
export const TEXTS_BY_COLUMN: Kind = {
  accepts: (value) =>
    Array.isArray(value) &&
    value.every(
      (pair) => Array.isArray(pair) && pair.length === 2 && TEXT.accepts(pair[0]) && TEXTS.accepts(pair[1]),
    ),
  words: "a list of ['column', ['text', ...]]",
};
export const OBJECT: Kind = { accepts: isPlainObject, words: 'an object' };
export const THREADS: Kind = {
  accepts: (x) => Number.isInteger(x) && (x as number) >= 1,
  words: 'a whole number from 1',
};
/** Checked where it is read. */
export const ANYTHING: Kind = { accepts: () => true, words: 'a value' };

export function orNull({ accepts, words }: Kind): Kind {
  return { accepts: (value) => value === null || accepts(value), words: `${words}, or null` };
}

export function oneOf(values: readonly string[]): Kind {
  return { accepts: (value) => values.includes(value as string), words: values.join(', ') };
}

/**
 * Makes sure that options are an object of known names with values of their kinds; undefined is the same as absent.
 * @param what the options are called in messages, such as `options` or `csv`
 * @returns the options that were given
 */
export function checked<T extends object>(
  options: T,
  kinds: { readonly [K in keyof Required<T>]: Kind },
  what = 'options',
): T {
  if (!isPlainObject(options)) throw new UsageError(`${what} ${described(options)}: must be an object`);
  const known = new Map<string, Kind>(Object.entries(kinds));
  const prefix = what === 'options' ? '' : `${what}.`;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const kind = known.get(name);
    if (kind === undefined) {
      const hint = didYouMean(name, known.keys()) || `; the options are ${[...known.keys()].join(', ')}`;
      throw new UsageError(`unknown option ${shown(`${prefix}${name}`)}${hint}`);
    }
    if (!kind.accepts(value))
      throw new UsageError(`${prefix}${name} ${described(value)}: must be ${kind.words}`);
  }
  return Object.fromEntries(given) as T;
}

/** A value in a message: short, whatever it is. */
export function described(value: unknown): string {
  if (typeof value === 'string') return shown(value);
  if (Array.isArray(value))
    return `[${value.slice(0, 3).map(briefly).join(', ')}${value.length > 3 ? ', ...' : ''}]`;
  return briefly(value);
}

function briefly(value: unknown): string {
  if (typeof value === 'string') return shown(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null)
    return typeof value === 'bigint' ? `${value}n` : String(value);
  const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name !== 'Object' && name !== '' ? `a ${name}` : 'an object';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);
}
