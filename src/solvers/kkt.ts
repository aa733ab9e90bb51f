import { atLambda, kktDistance } from '../penalties/elastic-net.js';
import { lossGradients } from './loss-state.js';
import type { Problem } from './problem.js';

/** A point to be judged, in standardized coordinates. */
export interface KktPoint {
  readonly lambda: number;
  readonly intercept: number;
  readonly beta: Float64Array;
}

/**
 * The certificate: the largest violation of the optimality conditions at each point, the intercept's included,
 * recomputed from the data and divided by the problem's gradient scale. Shares no state with any solver.
 * For a convex problem 0 means optimal, and a small value bounds how far the objective can still fall.
 * Cost: two passes over the data for each point, which the compiled kernels make one for a hundred.
 */
export function kktViolations(problem: Problem, points: readonly KktPoint[]): number[] {
  return lossGradients(problem, points).map(({ gradient, pull }, k) => {
    const { lambda, beta } = points[k];
    const penalty = atLambda(problem.penalty, lambda);
    let worst = problem.intercept ? Math.abs(pull) : 0;
    for (let j = 0; j < gradient.length; j++) {
      worst = Math.max(worst, kktDistance(penalty, j, beta[j], gradient[j]));
    }
    return worst / problem.gradientScale;
  });
}
