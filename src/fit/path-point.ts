import type { DegreesOfFreedom } from '../degrees-of-freedom/degrees-of-freedom.js';
import { type Coefficients, supportIn } from '../linalg/vector.js';
import type { CertifiedSolution } from '../path/solve-path.js';
import type { Prepared } from '../setup/prepare.js';
import type { Metrics, PathPoint } from './fit-report.js';

/** A solution on the original scale of the columns, measured on training and test rows. */
export function pathPoint(
  solution: CertifiedSolution,
  prepared: Prepared,
  { df, error }: DegreesOfFreedom,
  train: Metrics,
  test: Metrics | null,
): PathPoint {
  const { lambda, beta, support, kkt, certified, iterations } = solution;
  const { standardization, featureScale, penaltyFactor } = prepared;
  let [nonzero, l1, squares] = [0, 0, 0];
  for (let a = 0; a < support.length; a++) {
    const j = support[a];
    const b = atScale(beta[j], standardization[j].scale, featureScale[j]);
    if (penaltyFactor[j] > 0) nonzero++;
    l1 += Math.abs(b);
    squares += b * b;
  }
  return {
    lambda,
    ...originalScale(solution, prepared),
    nonzero,
    sparsity: 1 - nonzero / beta.length,
    df,
    dfError: error,
    l1Norm: l1,
    l2Norm: Math.sqrt(squares),
    train,
    test,
    cv: null,
    kkt,
    certified,
    iterations,
  };
}

/** A coefficient converted from one scale of its column to another. */
export function atScale(b: number, from: number, to: number): number {
  return from === to ? b : (b / from) * to;
}

/** b_j / scale_j, and the intercept that goes with it; a coefficient on a bound is exactly the given bound. */
export function originalScale(
  solution: Coefficients & { readonly intercept: number },
  { problem: { penalty }, standardization, lower, upper }: Prepared,
): { intercept: number; coefficients: Float64Array } {
  const { intercept, beta } = solution;
  const support = supportIn(solution);
  const coefficients = new Float64Array(beta.length);
  let shift = 0;
  for (let a = 0; a < support.length; a++) {
    const j = support[a];
    const b = beta[j];
    const { centre, remainder, scale } = standardization[j];
    if (scale === 0) continue;
    let x = Math.min(Math.max(b / scale, lower[j]), upper[j]);
    if (b === penalty.lower[j]) x = lower[j];
    else if (b === penalty.upper[j]) x = upper[j];
    coefficients[j] = x;
    shift += x * centre + x * remainder;
  }
  return { intercept: intercept - shift, coefficients };
}
