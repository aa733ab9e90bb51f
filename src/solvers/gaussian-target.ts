import { dot, weightedDeviations } from '../kernels/vector.js';
import type { Problem } from './problem.js';

/** The linear problem's right-hand side; with centred columns the intercept separates from the coefficients. */
export interface GaussianTarget {
  /** Weighted mean of y - offset, or 0 without an intercept. */
  readonly intercept: number;
  /** y - offset - intercept; length rows. */
  readonly centred: Float64Array;
  /** Z' V centred; length columns. */
  readonly q: Float64Array;
}

/** Centres the target and correlates it with every column. Cost: one pass over the data. */
export function gaussianTarget({ design, y, v, offset, intercept }: Problem): GaussianTarget {
  const centred = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) centred[i] = y[i] - offset[i];
  const mean = intercept ? dot(v, centred) : 0;
  for (let i = 0; i < y.length; i++) centred[i] -= mean;
  // One correction makes the weighted sum of the centred target vanish to the last digit.
  const rest = intercept ? dot(v, centred) : 0;
  for (let i = 0; i < y.length; i++) centred[i] -= rest;
  const q = new Float64Array(design.columns);
  if (q.length > 0) design.gradient(weightedDeviations(centred, v, 0), q);
  return { intercept: mean + rest, centred, q };
}
