import type { SupportFactor } from '../kernels/support-factor.js';
import type { Symmetric } from '../kernels/symmetric.js';
import { kktDistance, proximal, type Separable } from '../penalties/elastic-net.js';

/**
 * minimise  1/2 b'H b - q'b + sum_j l1_j |b_j| + l2_j/2 b_j^2   within bounds,
 * the subproblem that covariance updates and proximal Newton share.
 */
export interface Quadratic {
  /** Symmetric positive semi-definite. */
  readonly h: Symmetric;
  /** The factor of H on the support, kept from one problem with the same H to the next. */
  readonly factor: SupportFactor;
  readonly penalty: Separable;
}

/** b and its gradient c = q - H b (of the smooth part without l2), kept in step; c is work vector 0 of H. */
export interface QuadraticState {
  readonly b: Float64Array;
  readonly c: Float64Array;
}

/** Sweeps that find the signs before a Newton step on the support. */
const SIGN_SWEEPS = 3;

/** Share of the violation asked for at which a coefficient is not moved. */
const RIGHT = 1e-2;

/** Rounds, each with its Newton steps, that do not halve the violation: what is left is rounding. */
const MAX_IDLE_ROUNDS = 2000;

/**
 * Cyclic coordinate descent with covariance updates; where it is slow (collinear columns), Newton steps on the support,
 * cut where the first coefficient would change its sign or pass a bound, so that the objective never rises.
 * @param state changed in place
 * @param violation stop when every KKT distance is at most this
 * @param maxSweeps sweeps over the support and over all count alike
 * @returns sweeps made
 * Source: Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33, 2.2.
 */
export function solveQuadratic(
  problem: Quadratic,
  state: QuadraticState,
  violation: number,
  maxSweeps: number,
): number {
  const everything = Int32Array.from({ length: problem.h.size }, (_, j) => j);
  let sweeps = 0;
  let best = Infinity;
  let idle = 0;
  while (sweeps < maxSweeps) {
    sweep(problem, state, everything, violation);
    sweeps++;
    const distance = largestDistance(problem, state);
    idle = distance > best / 2 ? idle + 1 : 0;
    best = Math.min(best, distance);
    if (distance <= violation || idle === MAX_IDLE_ROUNDS) break;
    sweeps += settleSupport(problem, state, violation, maxSweeps - sweeps);
  }
  return sweeps;
}

/** The largest KKT distance over all coefficients. */
export function largestDistance({ h, penalty }: Quadratic, { b, c }: QuadraticState): number {
  let worst = 0;
  for (let j = 0; j < h.size; j++) worst = Math.max(worst, kktDistance(penalty, j, b[j], c[j]));
  return worst;
}

/**
 * One pass of coordinate descent over `order`; returns the largest violation it met. A coefficient that is right already,
 * well below the violation that is asked for, is left: its step would cost a row of H and change nothing.
 */
function sweep(
  { h, penalty }: Quadratic,
  { b, c }: QuadraticState,
  order: Int32Array,
  violation: number,
): number {
  let worst = 0;
  for (const j of order) {
    const curvature = h.entry(j, j);
    const updated = proximal(penalty, j, c[j] + curvature * b[j], curvature);
    const step = updated - b[j];
    const distance = Math.abs(step) * (curvature + penalty.l2[j]);
    if (distance <= RIGHT * violation && (b[j] !== 0) === (updated !== 0)) continue;
    b[j] = updated;
    h.addRow(j, -step, c);
    worst = Math.max(worst, distance);
  }
  return worst;
}

/** Sweeps over the non-zero coefficients until they settle; returns sweeps made. */
function settleSupport(
  problem: Quadratic,
  state: QuadraticState,
  violation: number,
  maxSweeps: number,
): number {
  const support = supportOf(state.b);
  for (let sweeps = 1; sweeps <= maxSweeps; sweeps++) {
    if (sweep(problem, state, support, violation) <= violation) return sweeps;
    if (sweeps === SIGN_SWEEPS) {
      newtonOnSupport(problem, state);
      return sweeps;
    }
  }
  return maxSweeps;
}

/** Where b is not 0, ascending. */
export function supportOf(b: Float64Array): Int32Array {
  const support: number[] = [];
  for (let j = 0; j < b.length; j++) if (b[j] !== 0) support.push(j);
  return Int32Array.from(support);
}

/**
 * Steps towards the minimiser of the smooth problem that the signs of the support define; a step that is cut
 * takes the coefficient that stopped it off the support and goes on with the rest.
 */
export function newtonOnSupport(problem: Quadratic, state: QuadraticState): void {
  const { h, penalty, factor } = problem;
  const { b, c } = state;
  let free = supportOf(b).filter((j) => b[j] !== penalty.lower[j] && b[j] !== penalty.upper[j]);
  while (free.length > 0) {
    const slope = new Float64Array(free.length);
    for (let a = 0; a < free.length; a++) {
      const j = free[a];
      slope[a] = c[j] - penalty.l1[j] * Math.sign(b[j]) - penalty.l2[j] * b[j];
    }
    const step = factor.solve(free, (j) => penalty.l2[j], slope);
    const { length, blocking } = longestStep(problem, b, free, step);
    const moves = new Float64Array(free.length);
    for (let a = 0; a < free.length; a++) {
      const j = free[a];
      if (a === blocking) {
        moves[a] = -settleOnBoundary(penalty, b, j, step[a]);
        continue;
      }
      // Rounding may carry a coefficient past a bound that it only reaches.
      const moved = Math.min(Math.max(b[j] + length * step[a], penalty.lower[j]), penalty.upper[j]);
      moves[a] = b[j] - moved;
      b[j] = moved;
    }
    h.addRows(free, moves, c);
    if (blocking < 0) return;
    free = free.filter((_, a) => a !== blocking);
  }
}

/** How far the step goes, at most 1, before a coefficient reaches zero (where it has an l1 part) or a bound. */
function longestStep(
  { penalty }: Quadratic,
  b: Float64Array,
  free: Int32Array,
  step: Float64Array,
): { length: number; blocking: number } {
  let length = 1;
  let blocking = -1;
  for (let a = 0; a < free.length; a++) {
    const j = free[a];
    const room = (boundaryAhead(penalty, j, b[j], step[a]) - b[j]) / step[a];
    if (room < length) {
      length = Math.max(room, 0);
      blocking = a;
    }
  }
  return { length, blocking };
}

function boundaryAhead(penalty: Separable, j: number, b: number, step: number): number {
  if (step > 0) return b < 0 && penalty.l1[j] > 0 ? Math.min(0, penalty.upper[j]) : penalty.upper[j];
  if (step < 0) return b > 0 && penalty.l1[j] > 0 ? Math.max(0, penalty.lower[j]) : penalty.lower[j];
  return Infinity;
}

/** Puts coefficient j exactly on the boundary that stopped it; returns the move. */
function settleOnBoundary(penalty: Separable, b: Float64Array, j: number, step: number): number {
  const move = boundaryAhead(penalty, j, b[j], step) - b[j];
  b[j] += move;
  b[j] = boundaryAhead(penalty, j, b[j] - move, step);
  return move;
}
