import type { Design } from '../design/design.js';
import type { Dense } from '../linalg/dense.js';
import type { Symmetric } from '../linalg/symmetric.js';
import { dot, gather, minus, sum, supportOf, weightedDeviations } from '../linalg/vector.js';
import { allColumns } from './problem.js';

/**
 * Weighted sums over some rows of a design Z and a target t: everything that a linear model can learn from these rows, and everything that
 * its squared error on them depends on. They are additive over sets of rows.
 */
export interface Moments {
  /** sum_i v_i. */
  readonly weight: number;
  /** Z'v; length columns. */
  readonly columnSums: Float64Array;
  /** Z'VZ: columns x columns, row-major, full. */
  readonly gram: Float64Array;
  /** sum_i v_i t_i. */
  readonly targetSum: number;
  /** Z'Vt; length columns. */
  readonly cross: Float64Array;
  /** sum_i v_i t_i^2. */
  readonly targetSquares: number;
}

/** A linear predictor b0 + z'b. */
export interface Predictor {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

/** The moments of all rows of a design. @param gram Z'VZ, where it is known. Cost: rows columns^2 without it. */
export function momentsOf(design: Design, v: Float64Array, t: Float64Array, gram?: Float64Array): Moments {
  const weighted = weightedDeviations(t, v, 0);
  const columnSums = new Float64Array(design.columns);
  const cross = new Float64Array(design.columns);
  design.gradients([v, weighted], [columnSums, cross]);
  return {
    weight: sum(v),
    columnSums,
    gram: gram ?? design.gram(v, allColumns(design.columns)),
    targetSum: sum(weighted),
    cross,
    targetSquares: dot(weighted, t),
  };
}

/** The moments of the rows that are in `all` and not in `part`. */
export function without(all: Moments, part: Moments): Moments {
  return {
    weight: all.weight - part.weight,
    columnSums: minus(all.columnSums, part.columnSums),
    gram: minus(all.gram, part.gram),
    targetSum: all.targetSum - part.targetSum,
    cross: minus(all.cross, part.cross),
    targetSquares: all.targetSquares - part.targetSquares,
  };
}

/** A sum of squares, and the size of the terms that cancelled in it. */
export interface SquaredError {
  readonly sum: number;
  readonly magnitude: number;
}

/** A squared error below this share of the terms that it is the difference of has lost too many digits. */
const DIGITS_LEFT = 1e-6;

/** Whether rounding is negligible compared with the sum, to a relative 1e-9. */
export function hasDigits({ sum, magnitude }: SquaredError): boolean {
  return sum >= DIGITS_LEFT * magnitude;
}

/**
 * For each predictor sum_i v_i (t_i - b0 - z_i'b)^2 = S_tt - 2 b0 S_t + b0^2 S_1 - 2 b'S_zt + 2 b0 b'S_z + b'S_zz b. The sum is exact to
 * rounding relative to the magnitude, so it is useless for a perfect prediction.
 * @param dense the algebra for S_zz
 * Cost: columns times the non-zero coefficients, each.
 */
export function squaredErrors(m: Moments, dense: Dense, predictors: readonly Predictor[]): SquaredError[] {
  const all = predictors.map(({ coefficients }) => coefficients);
  const squares = dense.quadraticForms(m.gram, m.cross.length, all);
  return predictors.map((predictor, k) => squaredErrorBy(m, predictor, squares[k]));
}

/** A predictor evaluated from moments. */
export interface EvaluatedSums {
  readonly squares: SquaredError;
  /** Minus the derivatives of half the squared error: S_zt - b0 S_z - S_zz b; length columns. */
  readonly gradient: Float64Array;
  /** The same by the intercept: S_t - b0 S_1 - b'S_z. */
  readonly interceptGradient: number;
}

/**
 * The squared error, as above, with its gradient, for one product with the Gram matrix.
 * @param gram S_zz; its work vector 0 is overwritten
 */
export function evaluatedFromMoments(m: Moments, gram: Symmetric, predictor: Predictor): EvaluatedSums {
  const { intercept: b0, coefficients: b } = predictor;
  const support = supportOf(b);
  const product = gram.vector(0);
  gram.addRows(support, gather(b, support), product);
  return {
    squares: squaredErrorBy(m, predictor, dot(b, product)),
    gradient: m.cross.map((cross, j) => cross - b0 * m.columnSums[j] - product[j]),
    interceptGradient: m.targetSum - b0 * m.weight - dot(b, m.columnSums),
  };
}

/** @param squares b'S_zz b */
function squaredErrorBy(
  m: Moments,
  { intercept: b0, coefficients: b }: Predictor,
  squares: number,
): SquaredError {
  const linear = dot(b, m.cross) - b0 * dot(b, m.columnSums);
  const constant = m.targetSquares + b0 * b0 * m.weight;
  return {
    sum: Math.max(constant - 2 * b0 * m.targetSum - 2 * linear + squares, 0),
    magnitude: constant + squares,
  };
}
