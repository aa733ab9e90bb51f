import { gather, minus, sequence, supportOf } from '../../src/linalg/vector.js';
import { kktDistance, proximal, type Separable } from '../../src/penalties/elastic-net.js';
import type { PlainFactor } from './support-factor.js';
import type { PlainSymmetric } from './symmetric.js';

/**
 * minimise  1/2 b'H b - q'b + sum_j l1_j |b_j| + l2_j/2 b_j^2   within bounds,
 * the subproblem that covariance updates and proximal Newton share.
 */
export interface Quadratic {
  /** Symmetric positive semi-definite. */
  readonly h: PlainSymmetric;
  /** The factor of H on the support, kept from one problem with the same H to the next. */
  readonly factor: PlainFactor;
  readonly penalty: Separable;
}

/** b and its gradient c = q - H b (of the smooth part without l2), kept in step; c is work vector 0 of H. */
export interface QuadraticState {
  readonly b: Float64Array;
  readonly c: Float64Array;
}

/** Sweeps over the coefficients that are wrong, to find their signs before a Newton step on the support. */
const SIGN_SWEEPS = 3;

/** Share of the violation asked for at which a coefficient is not moved. */
const RIGHT = 1e-2;

/** Share of it that a Newton step may leave on the support. */
const ENOUGH = 0.1;

/** Rounds, each with its Newton steps, that do not halve the violation: what is left is rounding. */
const MAX_IDLE_ROUNDS = 2000;

/** A curvature below this share of its parts is rounding. */
const ROUNDING = 1e-15;

/**
 * Newton steps on the support, cut where the first coefficient would change its sign or pass a bound, in turn with cyclic
 * coordinate descent over the coefficients that then violate the KKT conditions: neither ever raises the objective. From a
 * point nearby, as along a path, a round or two is all there is. The readable twin of `SupportFactor.minimise`.
 * @param state changed in place
 * @param violation stop when every KKT distance is at most this
 * @param maxSweeps sweeps and looks at the whole count alike
 * @returns sweeps made
 * Source: Osborne, Presnell and Turlach (2000), IMA J. Numer. Anal. 20; Friedman, Hastie and Tibshirani (2010), J. Stat.
 * Softw. 33, 2.2.
 */
export function solveQuadratic(
  problem: Quadratic,
  state: QuadraticState,
  violation: number,
  maxSweeps: number,
): number {
  const everything = sequence(problem.h.size);
  let sweeps = 0;
  let best = Infinity;
  let idle = 0;
  while (sweeps < maxSweeps) {
    newtonOnSupport(problem, state, ENOUGH * violation);
    const { wrong, distance } = violators(problem, state, violation);
    sweeps++;
    idle = distance > best / 2 ? idle + 1 : 0;
    best = Math.min(best, distance);
    if (wrong.length === 0 || idle === MAX_IDLE_ROUNDS) break;
    // Of columns that depend on each other Newton moves some only: where it does not help, all have their turn.
    if (idle > 0) sweep(problem, state, everything, violation);
    const order = idle > 0 ? supportOf(state.b) : wrong;
    for (let k = 0; k < SIGN_SWEEPS && sweeps < maxSweeps; k++, sweeps++) {
      sweep(problem, state, order, violation);
    }
  }
  return sweeps;
}

/** The coefficients whose KKT distance is above `violation`, and the largest distance of all. */
function violators(
  { h, penalty }: Quadratic,
  { b, c }: QuadraticState,
  violation: number,
): { wrong: Int32Array; distance: number } {
  const wrong: number[] = [];
  let worst = 0;
  for (let j = 0; j < h.size; j++) {
    const distance = kktDistance(penalty, j, b[j], c[j]);
    // What is not a number is never right.
    if (!(distance <= violation)) wrong.push(j);
    worst = Math.max(worst, distance);
  }
  return { wrong: Int32Array.from(wrong), distance: worst };
}

/**
 * One pass of coordinate descent over `order`. A coefficient that is right already, well below the violation that is asked
 * for, is left: its step would cost a row of H and change nothing.
 */
function sweep(
  { h, penalty }: Quadratic,
  { b, c }: QuadraticState,
  order: Int32Array,
  violation: number,
): void {
  for (const j of order) {
    const curvature = h.entry(j, j);
    const updated = proximal(penalty, j, c[j] + curvature * b[j], curvature);
    const step = updated - b[j];
    const distance = Math.abs(step) * (curvature + penalty.l2[j]);
    if (distance <= RIGHT * violation && (b[j] !== 0) === (updated !== 0)) continue;
    b[j] = updated;
    h.addRow(j, -step, c);
  }
}

/**
 * Steps towards the minimiser of the smooth problem that the signs of the support define; a step that is cut
 * takes the coefficient that stopped it off the support and goes on with the rest.
 */
function newtonOnSupport(problem: Quadratic, state: QuadraticState, enough: number): void {
  const { penalty, factor } = problem;
  const { b } = state;
  const support = supportOf(b).filter((j) => b[j] !== penalty.lower[j] && b[j] !== penalty.upper[j]);
  let before = gather(b, support);
  let free = support;
  let slope = slopeOn(problem, state, free);
  while (free.length > 0) {
    const step = factor.solve(free, penalty.l2, slope, enough);
    let { length, blocking } = longestStep(problem, b, free, step, 1);
    move(problem, b, free, step, length, blocking);
    if (blocking < 0) {
      if (factor.size === free.length) break;
      carry(problem, state, support, before);
      before = gather(b, support);
      const exchange = exchangeStep(problem, free, slopeOn(problem, state, free), enough);
      if (exchange === null) break;
      ({ length, blocking } = longestStep(problem, b, free, exchange.step, exchange.reach));
      if (length < Infinity) move(problem, b, free, exchange.step, length, blocking);
      if (blocking < 0) break;
    }
    free = free.filter((_, a) => a !== blocking);
    if (factor.size <= free.length) {
      // Of columns that depend on each other the step says nothing of what it leaves of their slopes.
      carry(problem, state, support, before);
      before = gather(b, support);
      slope = slopeOn(problem, state, free);
    } else slope = shrunk(slope, 1 - length, blocking);
  }
  carry(problem, state, support, before);
}

/**
 * The direction in which a column that depends on those in the factor takes over from them: the fit stays as it is, so the objective falls
 * along it, always alike, until a coefficient reaches its boundary. Columns that nearly depend on each other have some curvature: `reach` is
 * where the objective ends falling. Of such columns the one with the largest slope; null where none is above
 * `enough`.
 */
function exchangeStep(
  { h, factor, penalty }: Quadratic,
  free: Int32Array,
  slope: Float64Array,
  enough: number,
): { readonly step: Float64Array; readonly reach: number } | null {
  let entering = -1;
  let most = enough;
  for (let a = 0; a < free.length; a++) {
    if (Math.abs(slope[a]) > most && !factor.has(free[a])) {
      most = Math.abs(slope[a]);
      entering = a;
    }
  }
  if (entering < 0) return null;
  const sign = Math.sign(slope[entering]);
  const image = Float64Array.from(free, (j) => -sign * h.entry(free[entering], j));
  const step = factor.solve(free, penalty.l2, image, enough);
  step[entering] = sign;
  let [curvature, size] = [0, 0];
  for (let a = 0; a < free.length; a++) {
    const part = -image[a] * step[a];
    curvature += part + penalty.l2[free[a]] * step[a] * step[a];
    size += Math.abs(part);
  }
  return { step, reach: curvature > ROUNDING * size ? most / curvature : Infinity };
}

/** Minus the derivative of the objective by the coefficients `free`, none of which is 0. */
function slopeOn({ penalty }: Quadratic, { b, c }: QuadraticState, free: Int32Array): Float64Array {
  const slope = new Float64Array(free.length);
  for (let a = 0; a < free.length; a++) {
    const j = free[a];
    slope[a] = c[j] - penalty.l1[j] * Math.sign(b[j]) - penalty.l2[j] * b[j];
  }
  return slope;
}

/** What the step leaves of the slope, without the entry of the coefficient that stopped it. */
function shrunk(slope: Float64Array, share: number, blocking: number): Float64Array {
  const out = new Float64Array(slope.length - 1);
  for (let a = 0; a < out.length; a++) out[a] = share * slope[a < blocking ? a : a + 1];
  return out;
}

/** Goes along the step; what stopped it is put exactly on its boundary. */
function move(
  { penalty }: Quadratic,
  b: Float64Array,
  free: Int32Array,
  step: Float64Array,
  length: number,
  blocking: number,
): void {
  for (let a = 0; a < free.length; a++) {
    const j = free[a];
    // Rounding may carry a coefficient past a bound that it only reaches.
    if (a === blocking) b[j] = boundaryAhead(penalty, j, b[j], step[a]);
    else b[j] = Math.min(Math.max(b[j] + length * step[a], penalty.lower[j]), penalty.upper[j]);
  }
}

/** Brings the gradient up to the coefficients `support`, which were `before`. */
function carry({ h }: Quadratic, { b, c }: QuadraticState, support: Int32Array, before: Float64Array): void {
  h.addRows(support, minus(before, gather(b, support)), c);
}

/** How far the step goes, at most `most`, before a coefficient reaches zero (where it has an l1 part) or a bound; back where it began beyond one. */
function longestStep(
  { penalty }: Quadratic,
  b: Float64Array,
  free: Int32Array,
  step: Float64Array,
  most: number,
): { length: number; blocking: number } {
  let length = most;
  let blocking = -1;
  for (let a = 0; a < free.length; a++) {
    const j = free[a];
    const room = (boundaryAhead(penalty, j, b[j], step[a]) - b[j]) / step[a];
    if (room < length) {
      length = room;
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
