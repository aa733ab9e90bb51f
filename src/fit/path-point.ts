import { supportOf } from '../kernels/vector.js';
import type { CertifiedSolution } from '../path/solve-path.js';
import type { Metrics, PathPoint } from './fit-report.js';
import type { Prepared } from './prepare.js';

/** A solution on the original scale of the columns, measured on training and test rows. */
export function pathPoint(
  solution: CertifiedSolution,
  prepared: Prepared,
  train: Metrics,
  test: Metrics | null,
): PathPoint {
  const { lambda, beta, df, kkt, certified, iterations } = solution;
  const { problem } = prepared;
  const support = supportOf(beta);
  const { factor } = problem.penalty;
  const nonzero = support.reduce((count, j) => count + (factor[j] > 0 ? 1 : 0), 0);
  return {
    lambda,
    ...originalScale(solution, prepared, support),
    nonzero,
    sparsity: 1 - nonzero / beta.length,
    df,
    l1Norm: support.reduce((total, j) => total + Math.abs(beta[j]), 0),
    l2Norm: Math.sqrt(support.reduce((total, j) => total + beta[j] * beta[j], 0)),
    train,
    test,
    cv: null,
    kkt,
    certified,
    iterations,
  };
}

/**
 * b_j / scale_j, and the intercept that goes with it; a coefficient on a bound is exactly the bound that was given.
 * @param support of beta
 */
export function originalScale(
  { intercept, beta }: Pick<CertifiedSolution, 'intercept' | 'beta'>,
  { problem: { penalty }, standardization, lower, upper }: Prepared,
  support: Int32Array = supportOf(beta),
): { intercept: number; coefficients: Float64Array } {
  const coefficients = new Float64Array(beta.length);
  let shift = 0;
  for (const j of support) {
    const b = beta[j];
    const { centre, remainder, scale } = standardization[j];
    if (scale === 0) continue;
    if (b === penalty.lower[j]) coefficients[j] = lower[j];
    else if (b === penalty.upper[j]) coefficients[j] = upper[j];
    else coefficients[j] = Math.min(Math.max(b / scale, lower[j]), upper[j]);
    shift += coefficients[j] * centre + coefficients[j] * remainder;
  }
  return { intercept: intercept - shift, coefficients };
}
