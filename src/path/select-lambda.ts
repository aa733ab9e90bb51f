import type { Family } from '../families/family.js';
/** What selection uses, for each lambda: the family's error, and what the information criteria need. */
export interface Candidate {
  /** mse or logLoss on the training rows. */
  readonly trainError: number;
  /** The same on the test rows; null without any. */
  readonly testError: number | null;
  readonly df: number;
}

/**
 * The index of the lambda with the smallest test error; of equal ones the largest lambda, so the sparser model.
 * @param path in decreasing order of lambda
 */
export function selectByTest(path: readonly Candidate[]): number {
  return argmin(path.map(({ testError }) => testError ?? Infinity));
}

/**
 * The index of the lambda with the smallest corrected Akaike criterion; null where it is undefined all along the path
 * (too few rows for any number of degrees of freedom).
 *
 *     gaussian:  n log(mse) + 2k + 2k(k+1)/(n-k-1),       k = df + intercept + 1 (the error variance)
 *     binomial:  2 n logLoss + 2k + 2k(k+1)/(n-k-1),      k = df + intercept
 *
 * @param n training rows
 * Source: Hurvich and Tsai (1989), Biometrika 76, 297-307.
 */
export function selectByAicc(
  path: readonly Candidate[],
  family: Family,
  n: number,
  intercept: boolean,
): number | null {
  const criteria = path.map(({ trainError, df }) => {
    const k = df + (intercept ? 1 : 0) + family.dispersions;
    if (!(n - k - 1 > 0)) return Infinity;
    return family.deviance(trainError, n) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
  });
  return criteria.some(Number.isFinite) ? argmin(criteria) : null;
}

/** Mean error over the folds and its standard error. */
export interface CvError {
  readonly mean: number;
  readonly standardError: number;
}

/** The index of the lambda with the smallest cross-validated error. */
export function selectByCv(path: readonly CvError[]): number {
  return argmin(path.map(({ mean }) => mean));
}

/**
 * The index of the largest lambda whose cross-validated error is within one standard error of the smallest.
 * Source: Breiman, Friedman, Olshen and Stone (1984), Classification and Regression Trees, 3.4.3.
 */
export function selectByCv1se(path: readonly CvError[]): number {
  const best = path[selectByCv(path)];
  return path.findIndex(({ mean }) => mean <= best.mean + best.standardError);
}

function argmin(values: readonly number[]): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] < values[best]) best = k;
  return best;
}
