import { along, gather, pick, supportOf } from '../../linalg/vector.js';
import type { Separable } from '../../penalties/elastic-net.js';
import type { WorkingHessian } from './hessian.js';
import type { WorkingMoves } from './snapshots.js';

/**
 * A step to the signs that the plain model has found, its length by the Hessian as the last steps have shown it (BFGS on the
 * coefficients that are not zero, where the problem is smooth). The plain step where a coefficient goes to zero or to a bound,
 * where no step is remembered that stayed within these coefficients, and where a sign would turn or a bound be passed.
 * @param gradient of the loss over the working set, sign turned; like the steps it holds the intercept last
 * @param start coefficients of the working set; @param penalty on them
 * Cost: |A|^2.
 */
export function supportStep(
  hessian: WorkingHessian,
  moves: WorkingMoves,
  gradient: Float64Array,
  start: Float64Array,
  penalty: Separable,
  plain: Float64Array,
): Float64Array {
  const target = along(start, 1, plain);
  if (!isSmooth(start, target, penalty)) return plain;
  const free = supportOf(target);
  const secants = moves.on(pick(hessian.columns, free));
  if (secants.isEmpty) return plain;
  const size = free.length;
  const ridge = new Float64Array(size + 1);
  ridge.set(gather(penalty.l2, free));
  const slope = new Float64Array(size + 1);
  free.forEach((a, k) => {
    slope[k] = gradient[a] - penalty.l1[a] * Math.sign(target[a]) - penalty.l2[a] * start[a];
  });
  slope[size] = gradient[start.length];
  const found = secants.solve(slope, ridge, (r) => hessian.solve(free, ridge, r));
  const step = new Float64Array(plain.length);
  free.forEach((a, k) => {
    step[a] = found[k];
  });
  step[start.length] = found[size];
  const reached = along(start, 1, step);
  return haveSameSigns(reached, target) && isSmooth(start, reached, penalty) ? step : plain;
}

function haveSameSigns(x: Float64Array, y: Float64Array): boolean {
  for (let a = 0; a < x.length; a++) if (Math.sign(x[a]) !== Math.sign(y[a])) return false;
  return true;
}

/** Whether between the two no coefficient arrives at a kink of the penalty or at a bound. */
function isSmooth(start: Float64Array, target: Float64Array, { lower, upper }: Separable): boolean {
  for (let a = 0; a < start.length; a++) {
    if (target[a] === 0 ? start[a] !== 0 : target[a] <= lower[a] || target[a] >= upper[a]) return false;
  }
  return true;
}
