import { supportIn } from '../../linalg/vector.js';
import { linearPredictor, type Problem } from '../../problem/problem.js';
import type { Solution } from '../../solvers/solver.js';

/** A solution by its coefficients other than 0. */
export interface SparsePoint {
  readonly intercept: number;
  /** Positions among all columns, ascending. */
  readonly support: Int32Array;
  readonly values: Float64Array;
}

/** The part of a fold that is to be solved: some of the columns, from some lambda on. */
export interface FoldPart {
  /** Ascending. */
  readonly columns: Int32Array;
  /** Position among the lambdas. */
  readonly from: number;
  /** The fold's own solution at the lambda before. */
  readonly start: SparsePoint | null;
}

/** What is told of a part beside its errors, lambda by lambda. */
export interface FoldTrace {
  readonly points: readonly SparsePoint[];
  /** Minus the derivatives of the loss by eta, on the rows that the fold was learned from. */
  readonly residuals: readonly Float64Array[];
}

/** The trace of a path on some columns. */
export function traceOf(problem: Problem, path: readonly Solution[], columns: Int32Array): FoldTrace {
  const { family, y, v } = problem;
  return {
    points: path.map((solution) => {
      const { intercept, beta } = solution;
      const support = supportIn(solution);
      return {
        intercept,
        support: support.map((a) => columns[a]),
        values: Float64Array.from(support, (a) => beta[a]),
      };
    }),
    residuals: path.map(({ intercept, beta }) => {
      const residual = new Float64Array(y.length);
      family.residual(y, linearPredictor(problem, intercept, beta), v, residual);
      return residual;
    }),
  };
}

/** Where a part starts, over its own columns, which hold the support; null for zero. */
export function startOf({ columns, start }: FoldPart): Solution | null {
  if (start === null) return null;
  const coefficients = new Map(Array.from(start.support, (j, a) => [j, start.values[a]]));
  const beta = Float64Array.from(columns, (j) => coefficients.get(j) ?? 0);
  return { intercept: start.intercept, beta, iterations: 0 };
}
