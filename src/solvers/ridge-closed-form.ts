import { type LinearSolver, type NormalEquations, normalEquations } from './normal-equations.js';
import type { Problem, Solver } from './problem.js';
import { ridgeSystem } from './ridge-system.js';

/**
 * Gaussian ridge, (G + lambda D) b = q with G = Z'VZ and D the penalty factors, one factorization for all lambda > 0:
 * unpenalised columns are eliminated, the rest scaled to D = I and reduced to tridiagonal form.
 * For more rows than columns. Cost: 4/3 columns^3 once, columns^2 a lambda.
 * Source: Hoerl and Kennard (1970); Elden (1977), BIT 17, 134-145.
 */
export function ridgeClosedForm(problem: Problem): Solver {
  const { gram, q, intercept, penalty } = normalEquations(problem);
  const system = ridgeSystem(gram, penalty.factor);
  return {
    name: 'ridge-closed-form',
    solve(lambda) {
      const beta = system.solve(lambda, q);
      const correction = system.solve(lambda, residualOf(gram, penalty.factor, lambda, q, beta));
      for (let j = 0; j < beta.length; j++) beta[j] += correction[j];
      return { intercept, beta, iterations: 1, df: Math.max(system.trace(lambda), 0) };
    },
  };
}

/** The same on sums made elsewhere, without degrees of freedom and unrefined: for what is not certified. */
export function ridgeClosedFormOn({ gram, q, intercept, penalty }: NormalEquations): LinearSolver {
  const system = ridgeSystem(gram, penalty.factor);
  return { solve: (lambda) => ({ intercept, beta: system.solve(lambda, q), iterations: 1 }) };
}

/** q - (G + lambda D) b. */
function residualOf(
  g: Float64Array,
  factor: Float64Array,
  lambda: number,
  q: Float64Array,
  b: Float64Array,
): Float64Array {
  const size = b.length;
  const rest = q.slice();
  for (let i = 0; i < size; i++) {
    let s = lambda * factor[i] * b[i];
    for (let j = 0; j < size; j++) s += g[i * size + j] * b[j];
    rest[i] -= s;
  }
  return rest;
}
