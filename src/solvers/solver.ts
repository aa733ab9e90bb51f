import type { Coefficients } from '../linalg/vector.js';
import type { Separation } from '../problem/problem.js';
import type { RidgeExtent, RidgeShares } from './gaussian/ridge-extent.js';

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
   * Whether a last step may be left untested where it is predicted to reach the violation: it saves a pass over the data, and
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

/** A solution of the normal equations: what can be said of it without the rows. */
export interface LinearPoint {
  readonly intercept: number;
  readonly beta: Float64Array;
  readonly iterations: number;
}

/** A `Solver` that needs no rows. */
export interface LinearSolver {
  /** @param warm where to start; null starts from zero */
  solve(lambda: number, warm: LinearPoint | null, stopping: Stopping): LinearPoint;
  /** The same at several lambdas, where together they cost less than one by one. */
  solveAll?(lambdas: readonly number[], warm: LinearPoint | null, stopping: Stopping): LinearPoint[];
}
