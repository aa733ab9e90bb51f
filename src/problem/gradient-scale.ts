import { dot, maxAbs, weightedDeviations } from '../linalg/vector.js';
import { GaussianTarget, keepTarget } from './gaussian-target.js';
import type { Problem } from './problem.js';

/** A correlation this small is rounding. */
const ROUNDING = 64 * Number.EPSILON;

/** Squares below this may have lost digits to underflow. */
const SMALLEST_SQUARES = 1e-280;

/**
 * The problem with the unit of its KKT violations: max_j |sum_i v_i z_ij (y_i - mean)|, or its largest possible value if no column is
 * correlated with y beyond rounding. The mean is what a model without coefficients predicts: that of y, or where there is no intercept the
 * mean at eta = 0. Cost: one pass over the data, which a linear problem then need not repeat.
 * @param hasOffset whether some offset may be other than 0
 */
export function withGradientScale(rows: Omit<Problem, 'gradientScale'>, hasOffset: boolean): Problem {
  const { family, design, y, v, intercept } = rows;
  if (family.isQuadratic && !hasOffset) {
    const target = new GaussianTarget(rows);
    const correlation = { gradient: target.q, squares: target.moments.squares, mean: target.intercept };
    const problem = { ...rows, gradientScale: gradientScale(rows, correlation) };
    keepTarget(problem, target);
    return problem;
  }
  const mean = intercept ? dot(v, y) : family.mean(0);
  const gradient = new Float64Array(design.columns);
  design.gradient(weightedDeviations(y, v, mean), gradient);
  const correlation = { gradient, squares: squaresAbout(mean, y, v), mean };
  return { ...rows, gradientScale: gradientScale(rows, correlation) };
}

/** Products of the target with the columns, and with itself. */
interface NullCorrelation {
  /** sum_i v_i z_ij (y_i - mean); length columns. */
  readonly gradient: Float64Array;
  /** sum_i v_i (y_i - mean)^2, which may have overflowed, or lost digits to underflow. */
  readonly squares: number;
  readonly mean: number;
}

function gradientScale(
  { design, y, v, intercept }: Pick<Problem, 'design' | 'y' | 'v' | 'intercept'>,
  { gradient, squares, mean }: NullCorrelation,
): number {
  const norm = (j: number) => Math.sqrt(design.gram(v, Int32Array.of(j))[0]);
  // Usually the first column is correlated with y and that settles it. A column without a scale has no gradient.
  const first = intercept ? 1 : norm(0);
  const isNormal = squares > SMALLEST_SQUARES;
  if (isNormal && Math.abs(gradient[0]) > ROUNDING * Math.sqrt(squares) * first) return maxAbs(gradient);
  const spread = deviationOf(y, v, mean);
  const isRounding = gradient.every((g, j) => Math.abs(g) <= ROUNDING * spread * norm(j));
  if (!isRounding) return maxAbs(gradient);
  const largest = maxAbs(gradient.map((_, j) => norm(j)));
  return largest < Infinity ? spread * (largest || 1) : maxAbs(gradient);
}

function squaresAbout(mean: number, y: Float64Array, v: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < y.length; i++) squares += v[i] * (y[i] - mean) * (y[i] - mean);
  return squares;
}

/** The weighted standard deviation, without overflow. */
function deviationOf(y: Float64Array, v: Float64Array, mean: number): number {
  let largest = 0;
  for (let i = 0; i < y.length; i++) {
    const size = Math.abs(y[i] - mean);
    if (size > largest && v[i] > 0) largest = size;
  }
  let squares = 0;
  for (let i = 0; i < y.length; i++) {
    const d = (y[i] - mean) / largest;
    if (v[i] > 0) squares += v[i] * d * d;
  }
  return largest * Math.sqrt(squares);
}
