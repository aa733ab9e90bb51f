import { choleskyFactor, choleskyInverseDiagonal } from '../kernels/cholesky.js';
import { supportOf } from '../kernels/vector.js';
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
  beta: Float64Array,
  curvature: () => Float64Array,
): number {
  return traceOnSupport(
    problem.penalty,
    lambda,
    beta,
    (support) => centredGram(problem, curvature(), support).h,
  );
}

/**
 * The same where H is at hand.
 * @param gramOf H of the columns it is given: |A| x |A|, row-major; asked only where there is a quadratic part
 * Cost: 2/3 |A|^3.
 */
export function traceOnSupport(
  penalty: ElasticNet,
  lambda: number,
  beta: Float64Array,
  gramOf: (support: Int32Array) => Float64Array,
): number {
  // Ridge selects nothing: a coefficient that happens to be zero is as free as the others.
  const selects = penalty.l1Ratio > 0 || hasBounds(penalty);
  const strength = lambda * (1 - penalty.l1Ratio);
  const support = strength > 0 && !selects ? allColumns(beta.length) : supportOf(beta);
  if (strength === 0) return support.length;
  const ridge = Float64Array.from(support, (j) => strength * penalty.factor[j]);
  const factor = choleskyFactor(gramOf(support), support.length, ridge);
  const inverse = choleskyInverseDiagonal(factor);
  // Never below 0 but by rounding.
  return Math.max(
    inverse.reduce((total, d, a) => total - ridge[a] * d, factor.rank),
    0,
  );
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
