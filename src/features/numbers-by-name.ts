import { UsageError } from '../errors.js';
import { noColumn } from '../near-miss.js';
import type { ColumnNumbers } from '../options/vocabulary.js';
import type { FeatureSpec } from './encode.js';

/**
 * A number for each feature from numbers given by name: of a feature (`race=black`), or of a column and so of all its levels.
 * A later pair wins over an earlier one.
 * @throws UsageError for a name that is neither, unless some may be absent
 */
export function columnNumbers(
  flag: string,
  pairs: ColumnNumbers,
  features: readonly FeatureSpec[],
  otherwise: number,
  names: 'all-present' | 'some-absent',
): Float64Array {
  const numbers = new Float64Array(features.length).fill(otherwise);
  if (pairs.length === 0) return numbers;
  const places = placesByName(features);
  for (const [name, value] of pairs) {
    const found = places.get(name);
    if (found === undefined && names === 'all-present') {
      throw new UsageError(noColumn(flag, name, [...places.keys()]));
    }
    for (const j of found ?? []) numbers[j] = value;
  }
  return numbers;
}

/** The indices of the features of a name: those of the column, or the feature with that name. */
function placesByName(features: readonly FeatureSpec[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  const add = (name: string, j: number) => {
    const found = places.get(name);
    if (found === undefined) places.set(name, [j]);
    else found.push(j);
  };
  features.forEach(({ name, column }, j) => {
    add(column, j);
    if (name !== column) add(name, j);
  });
  return places;
}
