import type { Design } from '../design/design.js';
import type { Family } from '../families/family.js';
import { sequence, shifted } from '../linalg/vector.js';
import type { ElasticNet } from '../penalties/elastic-net.js';

/**
 * The problem that is solved, in standardized coordinates, at every lambda:
 *
 *     minimise  sum_i v_i loss(y_i, offset_i + b0 + z_i'b) + lambda * P(b)
 *
 * With an intercept the columns of Z have weighted mean 0 (sum_i v_i z_ij = 0).
 */
export interface Problem {
  readonly family: Family;
  /** Z: training rows x features. */
  readonly design: Design;
  /** Length rows; binomial: 0 or 1. */
  readonly y: Float64Array;
  /** Observation weights divided by their sum. */
  readonly v: Float64Array;
  /** Length rows, zeros for none. */
  readonly offset: Float64Array;
  readonly intercept: boolean;
  readonly penalty: ElasticNet;
  /**
   * Above 0; ones if absent. Of equally good solutions without a penalty, the one with the least norm of b_j / unit_j is wanted: the
   * coefficients in the units in which a penalty would act.
   */
  readonly unit?: Float64Array;
  /** max_j |sum_i v_i z_ij (y_i - mean)|: the unit in which KKT violations are measured; above 0. */
  readonly gradientScale: number;
}

/**
 * Why no finite optimum exists: a direction of unpenalised coefficients along which no row's loss rises and some fall without end. The
 * classes are separated by the columns that it moves.
 */
export interface Separation {
  /** Ascending; empty where the intercept moves alone. */
  readonly columns: Int32Array;
}

/** 0, 1, ..., count - 1. */
export function allColumns(count: number): Int32Array {
  return sequence(count);
}

/** Whether some coefficient that may move has a bound. */
export function hasBounds(penalty: ElasticNet): boolean {
  return penalty.lower.some((x) => x > -Infinity) || penalty.upper.some((x) => x < Infinity);
}

/** The same problem without bounds. */
export function withoutBounds(problem: Problem): Problem {
  const free = (bound: number) => new Float64Array(problem.design.columns).fill(bound);
  return { ...problem, penalty: { ...problem.penalty, lower: free(-Infinity), upper: free(Infinity) } };
}

/** offset + b0 + Z b. */
export function linearPredictor(problem: Problem, intercept: number, beta: Float64Array): Float64Array {
  const eta = shifted(problem.offset, intercept);
  if (beta.length > 0) problem.design.addPrediction(beta, eta);
  return eta;
}
