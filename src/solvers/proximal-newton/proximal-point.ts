import { maxAbs, minus, scaled } from '../../linalg/vector.js';
import type { Separable } from '../../penalties/elastic-net.js';
import { DualNewton, type RowModel, worst } from './dual-newton.js';

/** Below this share of the unit of curvature a quadratic penalty is little: the first pull is as strong as that. */
const LITTLE = 1e-2;

/** From one round to the next the pull falls to this share, and where a round does not end it is raised by as much again. */
const EASING = 0.1;

/** Steps after which a round with a weak pull is given up. From a pull as strong as the curvature on they are not counted. */
const STEPS_A_ROUND = 15;

/** The weakest pull where a coefficient has no quadratic penalty, as a share of the unit. */
const LEAST = 1e-8;

/** Share of what the pull does to the conditions that a round may leave, and of the violation asked for. */
const LEFT = 0.1;
const ENOUGH = 0.5;

/** Rounds that do not halve the violation: what is left is rounding. */
const MOST_IDLE = 30;

/**
 * minimise  1/2 (b - start)' H (b - start) - g'(b - start) + sum_j P_j(b_j)   over a row model, where the quadratic part of P may be small or 0.
 *
 * Newton's method on the dual (`dual-newton.ts`) needs one: the smaller it is, the narrower are the pieces of the dual, and the shorter its
 * steps. So a round minimises this plus pull/2 |b - centre|^2 about the end of the round before (the proximal point method). That converges for
 * any pull, the faster the weaker, so the pull falls from round to round, down to none if all coefficients have a quadratic penalty; where the
 * steps of a round become too many it is raised and does not fall below that again.
 * @param violation the largest KKT distance that may be left
 * @returns b, which has exact zeros and is within its bounds
 * Source: Rockafellar (1976), SIAM J. Control Optim. 14, 877-898; Li, Sun and Toh (2018), SIAM J. Optim. 28, 433-458.
 */
export function proximalPoint(
  model: RowModel,
  penalty: Separable,
  violation: number,
  maxSteps: number,
): Float64Array {
  const { unit } = model;
  const dual = new DualNewton(model);
  const least = penalty.l2.reduce((m, l2) => Math.min(m, l2), Infinity);
  let floor = least > 0 ? 0 : LEAST * unit;
  let pull = least < LITTLE * unit ? LITTLE * unit : 0;
  let centre = model.start;
  let [answer, best] = [centre, Infinity];
  for (let idle = 0; idle < MOST_IDLE && dual.steps < maxSteps; ) {
    const asked = (b: Float64Array): number =>
      Math.max(ENOUGH * violation, LEFT * pull * maxAbs(minus(b, centre)));
    const most = pull < unit ? STEPS_A_ROUND : Infinity;
    const near = pull === 0 ? penalty : { ...penalty, l2: penalty.l2.map((l2) => l2 + pull) };
    const end = dual.minimise(near, scaled(pull, centre), asked, Math.min(most, maxSteps - dual.steps));
    const distance = worst(penalty, end.b, end.slope);
    idle = distance > best / 2 ? idle + 1 : 0;
    if (distance < best) [answer, best] = [end.b, distance];
    if (distance <= violation || (pull === 0 && end.by === 'rounding')) break;
    if (end.by === 'steps') {
      pull = Math.max(pull, least, LEAST * unit) / EASING;
      floor = pull;
      continue;
    }
    centre = end.b;
    pull = Math.max(pull * EASING < EASING * least ? 0 : pull * EASING, floor);
  }
  return answer;
}
