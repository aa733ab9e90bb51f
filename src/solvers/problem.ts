import type { Family } from '../families/family.js';
import type { Design } from '../kernels/design.js';
import { type Coefficients, sequence, shifted } from '../kernels/vector.js';
import type { ElasticNet } from '../penalties/elastic-net.js';
import type { RidgeExtent, RidgeShares } from './ridge-extent.js';

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
   * Above 0; ones where left out. Of solutions that are equally good without a penalty the one is wanted whose b_j / unit_j have the least
   * norm: the coefficients in the units that a penalty would act in.
   */
  readonly unit?: Float64Array;
  /** max_j |sum_i v_i z_ij (y_i - mean)|: the unit in which KKT violations are measured; above 0. */
  readonly gradientScale: number;
}

/**
 * Why no finite optimum exists: a direction of unpenalised coefficients along which no row's loss rises and some fall for ever.
 * The classes are separated by the columns that it moves.
 */
export interface Separation {
  /** Ascending; empty where the intercept moves alone. */
  readonly columns: Int32Array;
}

/** A point, with what it took to reach it. */
export interface Solution extends Coefficients {
  /** Standardized coordinates, as beta; not shared with the solver. */
  readonly intercept: number;
  /** Sweeps of coordinate descent, or Newton steps, or 1 for a direct solve. */
  readonly iterations: number;
  /** Effective degrees of freedom where a factorization gives them for nothing; called by the fit, never by solvers or folds. */
  readonly degreesOfFreedom?: () => number;
  /** Set where the solver met a proof that no finite optimum exists. */
  readonly separation?: Separation;
  /** Set by unpenalised solvers: how many independent columns the data have. */
  readonly rank?: number;
}

/** When a solver may stop. */
export interface Stopping {
  /** On the largest KKT violation, in the units of the gradient (not divided by gradientScale). */
  readonly violation: number;
  readonly maxIterations: number;
  /**
   * Whether a last step may be left untested where it is foretold to reach the violation: it saves a pass over the data, and
   * what it reached the certificate will tell.
   */
  readonly untested?: boolean;
}

/**
 * One algorithm, prepared for one problem: what can be shared along the path (a Gram matrix, a factorization) is made once.
 * A solver never prints, never picks lambda, never standardizes.
 */
export interface Solver {
  readonly name: string;
  /**
   * Solves at `lambda`. Not reaching `stopping.violation` within `maxIterations` is a result, not an exception.
   * @param warm where to start; null starts from zero
   */
  solve(lambda: number, warm: Solution | null, stopping: Stopping): Solution;
  /**
   * The same at several lambdas, the first started from `warm` and each other from the solution before it, where together
   * they cost less than one by one.
   * @param onSolved called once a lambda
   */
  solveAll?(
    lambdas: readonly number[],
    warm: Solution | null,
    stopping: Stopping,
    onSolved?: () => void,
  ): Solution[];
  /**
   * Of solvers of ridge: between which lambdas the penalty matters, told from what is prepared for solving anyway; null where nothing that
   * is penalised has rank.
   * @param curvature weights times the second derivative of the loss at the point that is looked at; length rows
   */
  extent?(curvature: Float64Array, shares: RidgeShares): RidgeExtent | null;
}

/** 0, 1, ..., count - 1. */
export function allColumns(count: number): Int32Array {
  return sequence(count);
}

/** Whether some coefficient that may move has a bound. */
export function hasBounds(penalty: ElasticNet): boolean {
  return penalty.lower.some((x) => x > -Infinity) || penalty.upper.some((x) => x < Infinity);
}

/** offset + b0 + Z b. */
export function linearPredictor(problem: Problem, intercept: number, beta: Float64Array): Float64Array {
  const eta = shifted(problem.offset, intercept);
  if (beta.length > 0) problem.design.addPrediction(beta, eta);
  return eta;
}
