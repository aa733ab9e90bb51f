import { type Symmetric, submatrix } from '../kernels/symmetric.js';
import { supportOf } from '../kernels/vector.js';
import { atLambda, withoutCrumbs } from '../penalties/elastic-net.js';
import { traceOnSupport } from './degrees-of-freedom.js';
import { type LinearSolver, type NormalEquations, normalEquations } from './normal-equations.js';
import type { Problem, Solver } from './problem.js';
import { solveQuadratic } from './quadratic.js';

/**
 * Gaussian lasso and elastic net by coordinate descent on the Gram matrix: after one pass over the data
 * nothing costs more than columns^2. For more rows than columns.
 * Source: Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33, "covariance updates".
 */
export function cdCovariance(problem: Problem): Solver {
  const equations = normalEquations(problem);
  const { gram, q } = equations;
  const solver = cdCovarianceOn(equations);
  return {
    name: 'cd-covariance',
    solve(lambda, warm, stopping) {
      const point = solver.solve(lambda, warm, stopping);
      const gramOf = (support: Int32Array) => submatrix(gram, q.length, support, support);
      return { ...point, df: traceOnSupport(problem.penalty, lambda, point.beta, gramOf) };
    },
  };
}

/** The same on sums made elsewhere, without degrees of freedom. */
export function cdCovarianceOn(equations: NormalEquations): LinearSolver {
  const { q, intercept, penalty } = equations;
  const h = equations.symmetric();
  const factor = h.factor();
  return {
    solve(lambda, warm, stopping) {
      const beta = warm === null ? new Float64Array(q.length) : warm.beta.slice();
      const quadratic = { h, factor, penalty: atLambda(penalty, lambda) };
      let iterations = 0;
      // The running gradient drifts by rounding; a fresh one decides whether the work is done.
      for (let round = 0; round < 3 && iterations < stopping.maxIterations; round++) {
        const state = { b: beta, c: freshGradient(q, h, beta) };
        const sweeps = solveQuadratic(
          quadratic,
          state,
          stopping.violation,
          stopping.maxIterations - iterations,
        );
        iterations += sweeps;
        if (sweeps === 1) break;
      }
      return { intercept, beta: withoutCrumbs(penalty, beta), iterations };
    },
  };
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
