import { ridgeTrace } from '../kernels/cholesky.js';
import type { Dense, RidgedPart } from '../kernels/dense.js';
import { type Coefficients, supportIn } from '../kernels/vector.js';
import type { ElasticNet } from '../penalties/elastic-net.js';
import { allColumns, hasBounds, type Problem } from './problem.js';

/**
 * Effective degrees of freedom at a solution with support A: trace(H (H + lambda2 D)^-1) with H = Z_A' W Z_A about the
 * weighted mean; without a quadratic part that is |A|. The intercept is not counted.
 * @param curvature W: weights times the second derivative of the loss at the solution, length rows; asked where it is needed
 * Cost: rows |A|^2 where there is a quadratic part, nothing otherwise.
 * Source: Zou, Hastie and Tibshirani (2007), Ann. Statist. 35; Tibshirani and Taylor (2012), Ann. Statist. 40.
 */
export function penalisedTrace(
  problem: Problem,
  lambda: number,
  point: Coefficients,
  curvature: () => Float64Array,
): number {
  const { columns, ridge } = freePart(problem.penalty, lambda, point);
  if (ridge.length === 0) return columns.length;
  return notNegative(ridgeTrace(centredGram(problem, curvature(), columns).h, columns.length, ridge));
}

/**
 * The same for several solutions, where H of all columns is at hand.
 * @param h columns x columns, row-major; @param dense the algebra for it
 * Cost: 2/3 |A|^3 each where there is a quadratic part.
 */
export function tracesOnSupport(
  penalty: ElasticNet,
  points: readonly (Coefficients & { readonly lambda: number })[],
  h: Float64Array,
  dense: Dense,
): number[] {
  const parts = points.map((point) => freePart(penalty, point.lambda, point));
  if (parts.every(({ ridge }) => ridge.length === 0)) return parts.map(({ columns }) => columns.length);
  const traces = dense.ridgeTraces(h, penalty.factor.length, parts);
  return parts.map(({ columns, ridge }, k) => (ridge.length === 0 ? columns.length : notNegative(traces[k])));
}

/** The columns that are free at a solution, and the ridge on each; empty where there is no quadratic part. */
function freePart(penalty: ElasticNet, lambda: number, point: Coefficients): RidgedPart {
  // Ridge selects nothing: a coefficient that happens to be zero is as free as the others.
  const selects = penalty.l1Ratio > 0 || hasBounds(penalty);
  const strength = lambda * (1 - penalty.l1Ratio);
  const columns = strength > 0 && !selects ? allColumns(point.beta.length) : supportIn(point);
  if (strength === 0) return { columns, ridge: new Float64Array(0) };
  const { factor, l2Factor = factor } = penalty;
  return { columns, ridge: Float64Array.from(columns, (j) => strength * l2Factor[j]) };
}

/** A trace is never below 0 but by rounding. */
function notNegative(trace: number): number {
  return Math.max(trace, 0);
}

/** Z_A' W Z_A about the weighted mean of each column (with an intercept), with the pieces the intercept needs. */
export interface CentredGram {
  /** |A| x |A|, row-major, full. */
  readonly h: Float64Array;
  /** Z_A' w; length |A|; zeros without an intercept. */
  readonly sums: Float64Array;
  /** sum_i w_i. */
  readonly total: number;
}

/** Eliminates the intercept from the weighted Gram matrix. Cost: rows |A|^2. */
export function centredGram(
  { design, intercept }: Problem,
  w: Float64Array,
  subset: Int32Array,
): CentredGram {
  const m = subset.length;
  const h = design.gram(w, subset);
  const sums = new Float64Array(m);
  const total = w.reduce((a, b) => a + b, 0);
  if (!intercept || !(total > 0)) return { h, sums, total };
  design.gradient(w, sums, subset);
  for (let a = 0; a < m; a++) {
    const scaled = sums[a] / total;
    for (let b = 0; b < m; b++) h[a * m + b] -= scaled * sums[b];
  }
  return { h, sums, total };
}
