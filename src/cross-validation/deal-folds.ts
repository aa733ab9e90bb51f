import { DataError } from '../errors.js';
import { dealt, drawFolds, strataOf } from '../features/split.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { Parts } from '../setup/read-parts.js';
import { shown } from '../visible.js';
import { DealtRows, type FoldRows } from './folds.js';

/**
 * Deals the training rows into folds: each class in its share where rows are stratified, and rows without weight apart, because they
 * count in no fold.
 * @throws DataError for what a cross-validation cannot do: a fold without a row that counts, or one that leaves nothing to learn
 */
export function dealFolds(parts: Parts, options: ResolvedOptions & { readonly cv: number }): FoldRows[] {
  const { cv, seed } = options;
  const { y, w } = parts.train;
  const counting = w.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (cv > counting) {
    const thatCount = counting < w.length ? ' with a weight above 0' : '';
    throw new DataError(
      `--cv ${cv}: there are only ${counting} training rows${thatCount}; ask for fewer folds`,
    );
  }
  const classes = isStratified(parts, options) ? Int32Array.from(y) : null;
  const foldOf = drawFolds(y.length, cv, seed, strataOf(classes, w));
  return dealt(foldOf, cv).map((held, fold) => {
    checkTarget(parts, options, foldOf, fold);
    return new DealtRows(held, foldOf, fold);
  });
}

function isStratified({ coding }: Parts, { stratify }: ResolvedOptions): boolean {
  return stratify ?? coding.classes !== null;
}

/** A target that does not vary on the rows without a fold leaves nothing to learn from them. */
function checkTarget(
  parts: Parts,
  options: ResolvedOptions & { readonly cv: number },
  foldOf: Int32Array,
  fold: number,
): void {
  const { y, w } = parts.train;
  const { classes } = parts.coding;
  const value = onlyValue(y, (i) => w[i] > 0 && foldOf[i] !== fold);
  // Without an intercept the null model is 0, and a constant is something to learn.
  if (value === null || (classes === null && !options.intercept && value !== 0)) return;
  const thatCounts = w.every((weight) => weight > 0) ? '' : ' with a weight above 0';
  throw new DataError(
    `--cv ${options.cv}: without fold ${fold + 1} the target is ${shown(classes?.[value] ?? String(value))} in every ` +
      `training row${thatCounts}, so there is nothing to learn; ${remedy(parts, options, value)}`,
  );
}

function remedy(parts: Parts, options: ResolvedOptions, value: number): string {
  const { y, w } = parts.train;
  const others = y.reduce((count, target, i) => count + (target !== value && w[i] > 0 ? 1 : 0), 0);
  if (others === 1) return 'only one row has another value; leave --cv out';
  return isStratified(parts, options)
    ? 'ask for fewer folds'
    : `${others} rows have another value; ${parts.coding.classes === null ? 'give another --seed' : 'give --stratify'}`;
}

/** The value that the target has on all rows of some kind; null where it varies. */
function onlyValue(y: Float64Array, among: (row: number) => boolean): number | null {
  const first = y.findIndex((_, i) => among(i));
  return y.some((value, i) => value !== y[first] && among(i)) ? null : y[first];
}
