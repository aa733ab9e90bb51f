import { UsageError } from '../../errors.js';
import type { ColumnNumbers } from '../../options/vocabulary.js';
import { shown } from '../../visible.js';
import { splitItems, unquoted } from './list.js';
import { decimal, type NumberRange } from './number.js';

/**
 * `COL=NUMBER,...` from every time the option was given, in order.
 *
 * An item is split at its last `=`, for a column name may contain one; `"a,b"=2` names a column with a comma.
 */
export function parseColumnNumbers(
  flag: string,
  texts: readonly string[],
  range: NumberRange,
): ColumnNumbers {
  const pairs = texts.flatMap((text) => splitItems(flag, text).map((item) => parsePair(flag, item, range)));
  const seen = new Set<string>();
  for (const [column] of pairs) {
    if (seen.has(column)) throw new UsageError(`${flag}: column ${shown(column)} is given twice`);
    seen.add(column);
  }
  return pairs;
}

function parsePair(flag: string, item: string, range: NumberRange): readonly [string, number] {
  const equals = item.lastIndexOf('=');
  const column = unquoted(item.slice(0, Math.max(equals, 0)).trim());
  if (column === '') throw new UsageError(`${flag} ${shown(item)}: expected COL=NUMBER, with ${range.words}`);
  const value = decimal(item.slice(equals + 1).trim());
  if (value === null || !range.accepts(value)) {
    throw new UsageError(`${flag} ${shown(item)}: expected ${range.words} after the =`);
  }
  return [column, value === 0 ? 0 : value];
}
