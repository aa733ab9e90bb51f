import { SharedFactor } from '../kernels/shared-factor.js';
import { type QuadraticPath, walkPaths } from '../kernels/shared-path.js';
import type { Factor } from '../kernels/support-factor.js';
import type { Symmetric } from '../kernels/symmetric.js';
import { supportOf } from '../kernels/vector.js';
import { atLambda, kktDistance, withoutCrumbs } from '../penalties/elastic-net.js';
import { type NormalEquations, normalEquations } from '../problem/normal-equations.js';
import type { Problem } from '../problem/problem.js';
import { type QuadraticState, solveQuadratic } from './quadratic.js';
import { solveAll } from './solve-all.js';
import type { LinearPoint, LinearSolver, Solver, Stopping } from './solver.js';

/**
 * Gaussian lasso and elastic net by coordinate descent on the Gram matrix: after one pass over the data
 * nothing costs more than columns^2. For more rows than columns.
 * Source: Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33, "covariance updates".
 */
export function cdCovariance(problem: Problem): Solver {
  const solver = cdCovarianceOn(normalEquations(problem));
  return {
    name: 'cd-covariance',
    solve: solver.solve,
    solveAll(lambdas, warm, stopping, onSolved) {
      const path = solveAll(solver, lambdas, warm, stopping);
      for (const _ of path) onSolved?.();
      return path;
    },
  };
}

/** The same on sums made elsewhere. */
export function cdCovarianceOn(equations: NormalEquations): LinearSolver {
  const h = equations.symmetric();
  const factor = h.factor();
  const solve: LinearSolver['solve'] = (lambda, warm, stopping) =>
    solveOne(equations, h, factor, lambda, warm, stopping);
  if (!(factor instanceof SharedFactor)) return { solve };
  return {
    solve,
    solveAll: (lambdas, warm, stopping) => walkTogether([{ equations, factor }], lambdas, warm, stopping)[0],
  };
}

/** The paths of several problems along the same lambdas, each from zero: a path in each thread where kernels are compiled. */
export function cdCovariancePaths(
  problems: readonly NormalEquations[],
  lambdas: readonly number[],
  stopping: Stopping,
): LinearPoint[][] {
  const all = problems.map((equations) => ({ equations, factor: equations.symmetric().factor() }));
  const shared = all.flatMap(({ equations, factor }) =>
    factor instanceof SharedFactor ? [{ equations, factor }] : [],
  );
  if (shared.length === problems.length) return walkTogether(shared, lambdas, null, stopping);
  return problems.map((equations) => solveAll(cdCovarianceOn(equations), lambdas, null, stopping));
}

function walkTogether(
  problems: readonly { readonly equations: NormalEquations; readonly factor: SharedFactor }[],
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

/** The readable reference of what `walkPaths` does at each lambda. */
function solveOne(
  { q, intercept, penalty: net }: NormalEquations,
  h: Symmetric,
  factor: Factor,
  lambda: number,
  warm: LinearPoint | null,
  { violation, maxIterations }: Stopping,
): LinearPoint {
  const b = warm === null ? new Float64Array(q.length) : warm.beta.slice();
  const penalty = atLambda(net, lambda);
  let state: QuadraticState = { b, c: freshGradient(q, h, b) };
  let iterations = 0;
  // The running gradient drifts by rounding; a fresh one decides whether the work is done.
  for (let round = 0; round < 3 && iterations < maxIterations; round++) {
    iterations += solveQuadratic({ h, factor, penalty }, state, violation, maxIterations - iterations);
    state = { b, c: freshGradient(q, h, b) };
    if (state.c.every((c, j) => kktDistance(penalty, j, b[j], c) <= violation)) break;
  }
  return { intercept, beta: withoutCrumbs(net, b), iterations };
}

/** q - H b, in work vector 0 of H. */
function freshGradient(q: Float64Array, h: Symmetric, b: Float64Array): Float64Array {
  const c = h.vector(0);
  c.set(q);
  const support = supportOf(b);
  h.addRows(
    support,
    Float64Array.from(support, (j) => -b[j]),
    c,
  );
  return c;
}
