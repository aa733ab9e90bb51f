import type { ErrorSums } from '../design/evaluate-points.js';
import { largestExcess } from '../design/zero-violation.js';
import { supportOf } from '../linalg/vector.js';
import { type ElasticNet, kktDistanceAt } from '../penalties/elastic-net.js';
import { lossGradients, type WantedErrors } from '../problem/loss-state.js';
import type { Problem } from '../problem/problem.js';
import type { Engine } from '../runtime/engine.js';

/** A point to be checked, in standardized coordinates. */
export interface KktPoint {
  readonly lambda: number;
  readonly intercept: number;
  readonly beta: Float64Array;
}

/** A certificate, with what else the same pass computes of the point. */
export interface Verdict {
  readonly kkt: number;
  /** The indices at which beta is not 0, ascending, as they were when it was checked. */
  readonly support: Int32Array;
  readonly errors: ErrorSums | null;
}

/**
 * The certificate: the largest violation of the optimality conditions at each point, the intercept's included,
 * recomputed from the data and divided by the problem's gradient scale. Shares no state with any solver.
 * For a convex problem 0 means optimal, and a small value bounds how far the objective can still fall.
 * Cost: two passes over the data for each point, or one pass for a hundred points in the compiled kernels.
 */
export function kktViolations(problem: Problem, points: readonly KktPoint[]): number[] {
  return verdicts(problem, points, null).map(({ kkt }) => kkt);
}

/**
 * Certificates, and from the same pass over the data the sums of the points' errors on the problem's rows; null where that pass does
 * not make them (none are wanted, or the kernels are not compiled).
 */
export function verdicts(
  problem: Problem,
  points: readonly KktPoint[],
  wanted: WantedErrors | null,
): Verdict[] {
  const { design, penalty } = problem;
  const worstAt = worstOnKernels(design.engine);
  // The support is recomputed, not taken from the solver.
  const checked = points.map(({ lambda, intercept, beta }) => {
    return { lambda, intercept, beta, support: supportOf(beta) };
  });
  return lossGradients(problem, checked, wanted, ({ gradient, interceptGradient, errors }, k) => {
    const worst = Math.max(
      problem.intercept ? Math.abs(interceptGradient) : 0,
      worstAt(penalty, checked[k], gradient),
    );
    return { kkt: worst / problem.gradientScale, support: checked[k].support, errors };
  });
}

/** `worstDistance` for a gradient in the kernels' memory: the support first, then all other columns in a kernel. */
function worstOnKernels(
  engine: Engine,
): (penalty: ElasticNet, point: KktPoint & Pick<Verdict, 'support'>, gradient: Float64Array) => number {
  return (penalty, point, gradient) => {
    const { lambda, beta, support } = point;
    let worst = 0;
    for (let a = 0; a < support.length; a++) {
      const j = support[a];
      worst = Math.max(worst, kktDistanceAt(penalty, lambda, j, beta[j], gradient[j]));
    }
    const { l1Ratio, factor } = penalty;
    if (largestExcess(engine, gradient, support, { lambda, l1Ratio, factor }) <= worst) return worst;
    // Bounds can only reduce the violation, so compute it exactly. Loops over shared memory are slower than over a copy.
    return worstDistance(penalty, point, gradient.slice());
  };
}

/** The largest KKT distance of a coefficient; NaN where one is. @param gradient minus the derivatives of the loss */
export function worstDistance(
  penalty: ElasticNet,
  { lambda, beta }: KktPoint,
  gradient: Float64Array,
): number {
  const { factor, l1Ratio } = penalty;
  let worst = 0;
  for (let j = 0; j < gradient.length; j++) {
    // A coefficient of 0 violates by at most this; bounds can only reduce it. For wide data most columns end here.
    if (beta[j] === 0 && Math.abs(gradient[j]) - lambda * factor[j] * l1Ratio <= worst) continue;
    worst = Math.max(worst, kktDistanceAt(penalty, lambda, j, beta[j], gradient[j]));
  }
  return worst;
}
