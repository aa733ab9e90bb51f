import { appended, divided, minus } from '../kernels/vector.js';
import type { Separable } from '../penalties/elastic-net.js';
import { solveQuadratic } from './quadratic.js';
import type { WorkingHessian } from './working-hessian.js';

/**
 * The step to the minimum of Newton's quadratic model of the loss plus the penalty, both divided by the scale of the Hessian:
 *
 *     minimise  1/2 d' scale H d - gradient'd + penalty(start + d)
 *
 * @param gradient of the loss over the working set, sign turned; like the step it holds the intercept last
 * @param start coefficients of the working set; @param penalty on them
 * @param violation to which the conditions of optimality are met; @param maxSweeps of coordinate descent
 */
export function proximalStep(
  hessian: WorkingHessian,
  gradient: Float64Array,
  start: Float64Array,
  penalty: Separable,
  violation: number,
  maxSweeps: number,
): Float64Array {
  const { h, factor, scale } = hessian;
  const state = { b: start.slice(), c: h.vector(0) };
  state.c.set(divided(hessian.withoutIntercept(gradient), scale));
  const [l1, l2] = [divided(penalty.l1, scale), divided(penalty.l2, scale)];
  solveQuadratic({ h, factor, penalty: { ...penalty, l1, l2 } }, state, violation / scale, maxSweeps);
  const step = minus(state.b, start);
  return appended(step, hessian.interceptOf(gradient, step));
}
