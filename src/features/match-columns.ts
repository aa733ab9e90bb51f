import { UsageError } from '../errors.js';
import { noColumn } from '../near-miss.js';

/**
 * The names that some of `patterns` match, in the order of `names`. A pattern is a name, or a glob with `*` and `?`; an exact name takes
 * precedence over its reading as a glob.
 * @param flag what to call the patterns in an error
 * @throws UsageError where a pattern matches nothing
 */
export function matchColumns(
  patterns: readonly string[],
  names: readonly string[],
  flag: string,
): Set<string> {
  if (patterns.length === 0) return new Set();
  const exact = new Set(names);
  const matched = new Set<string>();
  for (const pattern of patterns) {
    const found = exact.has(pattern) ? [pattern] : matchedBy(pattern, names);
    if (found.length === 0) throw new UsageError(noColumn(flag, pattern, names));
    for (const name of found) matched.add(name);
  }
  return matched.size === exact.size ? exact : new Set(names.filter((name) => matched.has(name)));
}

function matchedBy(pattern: string, names: readonly string[]): readonly string[] {
  if (pattern === '*') return names;
  return names.filter((name) => matchesGlob(pattern, name));
}

/** The part of a string's interface that the matcher needs; a test can count the steps. */
type Walked = Pick<string, 'length' | 'codePointAt'>;

const STAR = 0x2a;
const ANY = 0x3f;

/**
 * Whether a name matches a glob: `*` stands for any characters or none, `?` for one, all others for themselves. At a mismatch the last `*`
 * takes one more character; earlier ones need not be tried again, because what followed them was matched as early as possible. Cost: the
 * product of the lengths at most, whatever the number of `*`.
 */
export function matchesGlob(glob: Walked, name: Walked): boolean {
  let [g, n] = [0, 0];
  // Where to continue when the last `*` takes one more character; -1 before the first.
  let [afterStar, taken] = [-1, 0];
  while (n < name.length) {
    const wanted = glob.codePointAt(g);
    const found = name.codePointAt(n)!;
    if (wanted === STAR) {
      g += 1;
      [afterStar, taken] = [g, n];
    } else if (wanted === found || wanted === ANY) {
      g += sizeOf(wanted);
      n += sizeOf(found);
    } else if (afterStar >= 0) {
      taken += sizeOf(name.codePointAt(taken)!);
      [g, n] = [afterStar, taken];
    } else return false;
  }
  while (glob.codePointAt(g) === STAR) g++;
  return g === glob.length;
}

/** UTF-16 units of a character. */
function sizeOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1;
}
