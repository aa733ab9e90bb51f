import type { Design } from '../../design/design.js';
import { sum } from '../../linalg/vector.js';
import type { Problem } from '../../problem/problem.js';

/**
 * Where the rows of a fold have no more than this share of a column's square as spread, the layout of all rows has too few digits of it. Lower than
 * `SHARE_LEFT` of folds from moments: gradients are only compared with thresholds here, to 1e-4 of these, while there equations are solved.
 */
const LEAST_SPREAD = 1e-6;

/**
 * Some rows of a design, and what standardizing on them makes of its columns: z'_j = (z_j - centre_j) / divisor_j. So the gradient of
 * a fold is taken from the one layout of all rows.
 */
export interface FoldView {
  /** Positions among the rows of the design, ascending. */
  readonly rest: Int32Array;
  /** Weights on all rows, 0 for those held out; they sum to 1. */
  readonly v: Float64Array;
  readonly centres: Float64Array;
  /** 0 for a column that can not be judged here. */
  readonly divisors: Float64Array;
  /** |z'_j| in v. */
  readonly norms: Float64Array;
}

/**
 * The view of some rows of a wide problem.
 * @param isScaled whether columns are divided by their deviation; otherwise they keep the scale of the design, which the factors of its penalty are for
 * Cost: two passes over the data.
 */
export function foldView({ design, v, intercept }: Problem, rest: Int32Array, isScaled: boolean): FoldView {
  const weights = shares(rest, v);
  const means = new Float64Array(design.columns);
  design.gradient(weights, means);
  const squares = design.columnSquares(weights);
  const divisors = new Float64Array(design.columns);
  const norms = new Float64Array(design.columns);
  for (let j = 0; j < divisors.length; j++) {
    const variance = squares[j] - means[j] * means[j];
    if (!(variance > LEAST_SPREAD * squares[j])) continue;
    divisors[j] = isScaled ? Math.sqrt(variance) : 1;
    norms[j] = Math.sqrt(intercept ? variance : squares[j]) / divisors[j];
  }
  const centres = intercept ? means : new Float64Array(design.columns);
  return { rest, v: weights, centres, divisors, norms };
}

function shares(rest: Int32Array, v: Float64Array): Float64Array {
  const out = new Float64Array(v.length);
  let total = 0;
  for (const i of rest) total += v[i];
  for (const i of rest) out[i] = v[i] / total;
  return out;
}

/** Z'' r of all columns for several residuals in one pass over the data; NaN where a column can not be judged. @param residuals on all rows, 0 where held out */
export function viewedGradients(
  design: Design,
  { centres, divisors }: FoldView,
  residuals: readonly Float64Array[],
): Float64Array[] {
  const outs = residuals.map(() => new Float64Array(design.columns));
  design.gradients(residuals, outs);
  outs.forEach((out, k) => {
    const interceptGradient = sum(residuals[k]);
    for (let j = 0; j < out.length; j++) {
      out[j] = divisors[j] > 0 ? (out[j] - centres[j] * interceptGradient) / divisors[j] : Number.NaN;
    }
  });
  return outs;
}

/** The same of one residual and some columns. */
export function viewedGradient(
  design: Design,
  { centres, divisors }: FoldView,
  residual: Float64Array,
  columns: Int32Array,
): Float64Array {
  const out = new Float64Array(columns.length);
  design.gradient(residual, out, columns);
  const interceptGradient = sum(residual);
  return out.map((g, a) => (g - centres[columns[a]] * interceptGradient) / divisors[columns[a]]);
}
