import { sum } from '../kernels/vector.js';
import { atLambda, kktDistance } from '../penalties/elastic-net.js';
import { linearPredictor, type Problem, type Solution } from './problem.js';

/**
 * The certificate: the largest violation of the optimality conditions at a solution, the intercept's included,
 * recomputed from the data and divided by the problem's gradient scale. Shares no state with any solver.
 * For a convex problem 0 means optimal, and a small value bounds how far the objective can still fall.
 * Cost: two passes over the data.
 */
export function kktViolation(problem: Problem, lambda: number, solution: Solution): number {
  const { design, family, y, v } = problem;
  const eta = linearPredictor(problem, solution.intercept, solution.beta);
  const residual = new Float64Array(design.rows);
  family.residual(y, eta, v, residual);
  const gradient = new Float64Array(design.columns);
  design.gradient(residual, gradient);
  const penalty = atLambda(problem.penalty, lambda);
  let worst = problem.intercept ? Math.abs(sum(residual)) : 0;
  for (let j = 0; j < gradient.length; j++) {
    worst = Math.max(worst, kktDistance(penalty, j, solution.beta[j], gradient[j]));
  }
  return worst / problem.gradientScale;
}
