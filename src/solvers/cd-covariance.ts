import { atLambda } from '../penalties/elastic-net.js';
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
  const h = design.gram(v, allColumns(size));
  const { intercept, q } = gaussianTarget(problem);
  return {
    name: 'cd-covariance',
    solve(lambda, warm, stopping) {
      const beta = warm === null ? new Float64Array(size) : warm.beta.slice();
      const quadratic = { size, h, penalty: atLambda(problem.penalty, lambda) };
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
      return { intercept, beta, iterations, df: penalisedTrace(problem, lambda, beta, v) };
    },
  };
}

/** q - H b. */
function freshGradient(q: Float64Array, h: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const c = q.slice();
  for (let j = 0; j < size; j++) {
    if (b[j] === 0) continue;
    for (let k = 0; k < size; k++) c[k] -= b[j] * h[j * size + k];
  }
  return c;
}
