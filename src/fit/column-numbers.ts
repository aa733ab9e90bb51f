import type { FeatureSpec } from '../design/encode.js';
import { noColumn } from '../design/match-columns.js';
import { UsageError } from '../errors.js';
import type { ColumnNumbers } from './vocabulary.js';

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
  for (const [name, value] of pairs) {
    let found = false;
    features.forEach((feature, j) => {
      if (feature.name !== name && feature.column !== name) return;
      numbers[j] = value;
      found = true;
    });
    if (!found && names === 'all-present') {
      const names = new Set(features.flatMap((feature) => [feature.column, feature.name]));
      throw new UsageError(noColumn(flag, name, [...names]));
    }
  }
  return numbers;
}
