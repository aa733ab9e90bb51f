import { symmetricOf } from '../kernels/shared-symmetric.js';
import { SupportFactor } from '../kernels/support-factor.js';
import type { Symmetric } from '../kernels/symmetric.js';
import { atLambda, withoutCrumbs } from '../penalties/elastic-net.js';
import { penalisedTrace } from './degrees-of-freedom.js';
import { gaussianTarget } from './gaussian-target.js';
import { allColumns, type Problem, type Solver } from './problem.js';
import { solveQuadratic } from './quadratic.js';

/**
 * Gaussian lasso and elastic net by coordinate descent on the Gram matrix: after one pass over the data
 * nothing costs more than columns^2. For more rows than columns.
 * Source: Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33, "covariance updates".
 */
export function cdCovariance(problem: Problem): Solver {
  const { design, v } = problem;
  const size = design.columns;
  const h = symmetricOf(design, design.gram(v, allColumns(size)), size);
  const factor = new SupportFactor(h);
  const { intercept, q } = gaussianTarget(problem);
  return {
    name: 'cd-covariance',
    solve(lambda, warm, stopping) {
      const beta = warm === null ? new Float64Array(size) : warm.beta.slice();
      const quadratic = { h, factor, penalty: atLambda(problem.penalty, lambda) };
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
      const clean = withoutCrumbs(problem.penalty, beta);
      return { intercept, beta: clean, iterations, df: penalisedTrace(problem, lambda, clean, v) };
    },
  };
}

/** q - H b, in work vector 0 of H. */
function freshGradient(q: Float64Array, h: Symmetric, b: Float64Array): Float64Array {
  const c = h.vector(0);
  c.set(q);
  const support = Int32Array.from(b.keys()).filter((j) => b[j] !== 0);
  h.addRows(
    support,
    Float64Array.from(support, (j) => -b[j]),
    c,
  );
  return c;
}
