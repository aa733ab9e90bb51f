import type { Dense } from '../../linalg/dense.js';
import { type NormalEquations, normalEquations } from '../../problem/normal-equations.js';
import type { Problem } from '../../problem/problem.js';
import type { LinearPoint, Solver } from '../solver.js';
import { type RidgeSystem, ridgeSystem, ridgeSystems } from './ridge-system.js';

const NONE = new Int32Array(0);

/**
 * Gaussian ridge, (G + lambda D) b = q with G = Z'VZ and D the penalty factors, one factorization for all lambda > 0:
 * unpenalised columns are eliminated, the rest scaled to D = I and reduced to tridiagonal form. All lambdas go through each
 * step together. For more rows than columns. Cost: 4/3 columns^3 once, columns^2 a lambda.
 * Source: Hoerl and Kennard (1970); Elden (1977), BIT 17, 134-145.
 */
export function ridgeSolver(problem: Problem): Solver {
  const equations = normalEquations(problem);
  const { gram, intercept, penalty, dense } = equations;
  const system = ridgeSystem(gram, penalty.factor, dense);
  const together = (lambdas: readonly number[]) =>
    refinedSolutions(system, equations, lambdas).map((beta, k) => {
      const degreesOfFreedom = () => system.traces([{ lambda: lambdas[k], without: NONE }])[0];
      return { intercept, beta, iterations: 1, degreesOfFreedom };
    });
  return {
    name: 'ridge',
    solve: (lambda) => together([lambda])[0],
    solveAll(lambdas, _warm, _stopping, onSolved) {
      const path = together(lambdas);
      for (const _ of path) onSolved?.();
      return path;
    },
    extent: (_curvature, shares) => system.extent(shares),
  };
}

/** The paths on sums made elsewhere, without degrees of freedom and unrefined: for what is not certified. */
export function ridgePaths(
  problems: readonly NormalEquations[],
  lambdas: readonly number[],
): LinearPoint[][] {
  if (problems.length === 0) return [];
  const given = problems.map(({ gram, penalty }) => ({ g: gram, factor: penalty.factor }));
  return ridgeSystems(given, problems[0].dense).map((system, k) => {
    const { q, intercept } = problems[k];
    return system.solve(lambdas, [q]).map((beta) => ({ intercept, beta, iterations: 1 }));
  });
}

/** One step of refinement: (G + lambda D)^-1 is applied to q, and to what that leaves of it. */
function refinedSolutions(
  system: RidgeSystem,
  { gram, q, penalty, dense }: NormalEquations,
  lambdas: readonly number[],
): Float64Array[] {
  const betas = system.solve(lambdas, [q]);
  const rests = residuals(gram, penalty.factor, lambdas, q, betas, dense);
  const corrections = system.solve(lambdas, rests);
  betas.forEach((beta, k) => {
    for (let j = 0; j < beta.length; j++) beta[j] += corrections[k][j];
  });
  return betas;
}

/** q - (G + lambda D) b for each lambda and its b. */
function residuals(
  g: Float64Array,
  factor: Float64Array,
  lambdas: readonly number[],
  q: Float64Array,
  betas: readonly Float64Array[],
  dense: Dense,
): Float64Array[] {
  const products = dense.multiply(g, q.length, betas);
  products.forEach((product, k) => {
    const b = betas[k];
    for (let j = 0; j < q.length; j++) product[j] = q[j] - (product[j] + lambdas[k] * factor[j] * b[j]);
  });
  return products;
}
