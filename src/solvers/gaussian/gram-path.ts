import type { SupportFactor } from '../../linalg/updated-cholesky.js';
import { type NormalEquations, normalEquations } from '../../problem/normal-equations.js';
import type { Problem } from '../../problem/problem.js';
import { solveAll } from '../solve-all.js';
import type { LinearPoint, LinearSolver, Solver, Stopping } from '../solver.js';
import { type QuadraticPath, walkPaths } from './quadratic-path.js';

/**
 * Gaussian lasso and elastic net by coordinate descent on the Gram matrix: after one pass over the data
 * nothing costs more than columns^2. For more rows than columns.
 * Source: Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33, "covariance updates".
 */
export function gramPathSolver(problem: Problem): Solver {
  const solver = gramPathSolverOn(normalEquations(problem));
  return {
    name: 'gram-path',
    solve: solver.solve,
    solveAll(lambdas, warm, stopping, onSolved) {
      const path = solveAll(solver, lambdas, warm, stopping);
      for (const _ of path) onSolved?.();
      return path;
    },
  };
}

/** The same on sums made elsewhere. */
export function gramPathSolverOn(equations: NormalEquations): LinearSolver {
  const factor = equations.symmetric().factor();
  const walk = (lambdas: readonly number[], warm: LinearPoint | null, stopping: Stopping) =>
    walkTogether([{ equations, factor }], lambdas, warm, stopping)[0];
  return { solve: (lambda, warm, stopping) => walk([lambda], warm, stopping)[0], solveAll: walk };
}

/** The paths of several problems along the same lambdas, each from zero: a path in each thread. */
export function gramPaths(
  problems: readonly NormalEquations[],
  lambdas: readonly number[],
  stopping: Stopping,
): LinearPoint[][] {
  const all = problems.map((equations) => ({ equations, factor: equations.symmetric().factor() }));
  return walkTogether(all, lambdas, null, stopping);
}

function walkTogether(
  problems: readonly { readonly equations: NormalEquations; readonly factor: SupportFactor }[],
  lambdas: readonly number[],
  warm: LinearPoint | null,
  stopping: Stopping,
): LinearPoint[][] {
  if (problems.length === 0) return [];
  const paths = problems.map(({ equations: { q, penalty }, factor }): QuadraticPath => {
    const { factor: l1Factor, l2Factor = l1Factor, l1Ratio, lower, upper } = penalty;
    return { factor, q, l1Factor, l2Factor, l1Ratio, lower, upper, start: warm?.beta ?? null };
  });
  return walkPaths(problems[0].factor.engine, paths, lambdas, stopping).map((steps, k) => {
    const { intercept } = problems[k].equations;
    return steps.map(({ beta, sweeps }) => ({ intercept, beta, iterations: sweeps }));
  });
}
