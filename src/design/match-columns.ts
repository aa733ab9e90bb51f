import { UsageError } from '../errors.js';
import { nearest } from '../near-miss.js';
import { shown } from '../visible.js';

/**
 * The names that some of `patterns` match, in the order of `names`. A pattern is a name, or a glob with `*` and `?`;
 * a name that is spelt exactly so wins over its reading as a glob.
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
  const glob = globToRegExp(pattern);
  return names.filter((name) => glob.test(name));
}

function globToRegExp(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'su');
}

/** "--target "aeg": no such column; did you mean "age"?" */
export function noColumn(flag: string, name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  const first = names
    .slice(0, 8)
    .map((x) => shown(x))
    .join(', ');
  const rest = names.length > 8 ? ` and ${names.length - 8} more` : '';
  const hint = near === null ? `the columns are ${first}${rest}` : `did you mean ${shown(near)}?`;
  return `${flag} ${shown(name)}: no such column; ${hint}`;
}
