import { supportIn } from '../linalg/vector.js';
import type { ElasticNet } from '../penalties/elastic-net.js';
import { allColumns, hasBounds, type Problem } from '../problem/problem.js';
import type { Solution } from '../solvers/solver.js';
import { type CurvedPoint, curvatureTraces, type DegreesOfFreedom } from './curvature-traces.js';
import { supportTraces } from './support-traces.js';

export type { DegreesOfFreedom };

type PathSolution = Solution & { readonly lambda: number };

/**
 * Effective degrees of freedom of the solutions of a path with supports A, the intercept not counted:
 * trace(H (H + lambda2 D)^-1) with lambda2 = lambda (1 - l1Ratio) and H = Z_A' W Z_A about the weighted mean, W being weights times the
 * second derivative of the loss at the solution. Without a quadratic part that is |A|, and where nothing is penalised the rank.
 * Ridge without bounds selects nothing, so A is all columns there.
 * Source: Zou, Hastie and Tibshirani (2007), Ann. Statist. 35; Tibshirani and Taylor (2012), Ann. Statist. 40.
 * Cost: nothing without a quadratic part; else see `supportTraces` and `curvatureTraces`.
 */
export function degreesOfFreedom(problem: Problem, path: readonly PathSolution[]): DegreesOfFreedom[] {
  const found = path.map((solution) => withoutTrace(problem, solution));
  const open = path.filter((_, k) => found[k] === null);
  const all = allColumns(problem.design.columns);
  const points = open.map((solution) => ({ solution, ...ridgedPart(problem.penalty, solution, all) }));
  const traces = problem.family.isQuadratic
    ? supportTracesOf(problem, points)
    : curvatureTraces(problem, points);
  let next = 0;
  return found.map((df) => (df === null ? notNegative(traces[next++]) : { df, error: 0 }));
}

/** The number if no trace is needed; else null. */
function withoutTrace({ penalty }: Problem, solution: PathSolution): number | null {
  if (solution.rank !== undefined) return solution.rank;
  if (solution.degreesOfFreedom !== undefined) return Math.max(solution.degreesOfFreedom(), 0);
  const isRidged = solution.lambda * (1 - penalty.l1Ratio) > 0;
  const { columns } = ridgedPart(penalty, solution, allColumns(solution.beta.length));
  return isRidged && columns.length > 0 ? null : columns.length;
}

/** The curvature is the same everywhere. */
function supportTracesOf(problem: Problem, points: readonly CurvedPoint[]): DegreesOfFreedom[] {
  const requests = points.map(({ columns, strength }) => ({ columns, strengths: [strength] }));
  return supportTraces(problem, problem.v, requests).map(([df]) => ({ df, error: 0 }));
}

/** The columns that are free at a solution, and the factor of their penalty factors. @param all columns */
function ridgedPart(
  penalty: ElasticNet,
  solution: PathSolution,
  all: Int32Array,
): { columns: Int32Array; strength: number } {
  const strength = solution.lambda * (1 - penalty.l1Ratio);
  // Ridge selects nothing: a coefficient that happens to be zero is as free as the others.
  const selects = strength === 0 || penalty.l1Ratio > 0 || hasBounds(penalty);
  return { columns: selects ? supportIn(solution) : all, strength };
}

/** A trace is below 0 only by rounding. */
function notNegative({ df, error }: DegreesOfFreedom): DegreesOfFreedom {
  return { df: Math.max(df, 0), error };
}
