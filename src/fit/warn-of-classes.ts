import type { Part, Parts } from '../setup/read-parts.js';
import type { Warnings } from '../setup/warnings.js';
import { shown } from '../visible.js';
import { counted } from '../words.js';

/** With fewer rows of a class the fit depends on single rows; glmnet warns at the same number. */
const FEW_ROWS = 8;

/** Rows with a weight above 0, of the negative and the positive class. */
function classCounts({ y, w }: Part): readonly [number, number] {
  let [rows, positive] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    if (w[i] === 0) continue;
    rows++;
    positive += y[i];
  }
  return [rows - positive, positive];
}

/** The class that no test row has; null where there is none, and for numbers. */
export function classNotInTest({ coding, test }: Pick<Parts, 'coding' | 'test'>): string | null {
  if (coding.classes === null || test === null) return null;
  const missing = classCounts(test).indexOf(0);
  return missing < 0 ? null : coding.classes[missing];
}

/**
 * Warns about classes with too few rows to tell them apart, and about test rows that cannot show whether a model does.
 * @param byTest whether lambda is selected by the test error
 */
export function warnOfClasses(
  { coding, train, test }: Pick<Parts, 'coding' | 'train' | 'test'>,
  byTest: boolean,
  warnings: Warnings,
): void {
  const { classes } = coding;
  if (classes === null) return;
  const counts = classCounts(train);
  const rarer = counts[0] < counts[1] ? 0 : 1;
  if (counts[rarer] < FEW_ROWS) {
    const rows = `${counted(counts[rarer], 'training row')} ${counts[rarer] === 1 ? 'has' : 'have'}`;
    warnings.add(
      'few-rows-of-a-class',
      `only ${rows} the class ${shown(classes[rarer])}, so the model depends on single rows; find more of them`,
    );
  }
  const absent = classNotInTest({ coding, test });
  if (absent === null) return;
  const choice = byTest
    ? 'and selects a lambda by chance; give --select aicc or --cv'
    : 'so it does not select lambda; more rows, --cv or another --seed would help';
  warnings.add(
    'class-not-in-test',
    `no test row has the class ${shown(absent)}: the test error cannot show whether the model tells the classes apart, ${choice}`,
  );
}
