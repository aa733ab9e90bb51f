import { axpy, dot, minus, pick, sequence } from '../../linalg/vector.js';
import { kktDistance, proximal, type Separable } from '../../penalties/elastic-net.js';
import type { RowSystem } from './row-system.js';

/** Share of its length that a step may leave of the dual gradient, and of the violation asked for. */
const STEP_SHARE = 1e-2;
const ENOUGH = 0.1;

/** A search ends where the slope is this share of the first, or after so many trials. */
const FLAT = 0.1;
const MOST_TRIALS = 40;

/** Steps in a row that do not halve the violation: what is left is rounding. */
const MOST_IDLE = 30;

/**
 * minimise  1/2 (b - start)' H (b - start) - g'(b - start) + sum_j P_j(b_j),   P_j(b) = l1_j |b| + l2_j/2 b^2 within bounds, l2_j > 0,
 *
 * H = Z_A' R P R Z_A of a row system, by Newton's method on its dual in one unknown x_i for each row:
 *
 *     maximise  -1/2 |x|^2 - sum_j max_b (u_j b - P_j(b) - u_j start_j),   u = g + Z_A' R P x.
 *
 * The inner maximum is at b_j(u_j): soft threshold, shrink, clamp. Its slope is 1 / l2_j where b_j is neither 0 nor at a bound and 0 elsewhere, so
 * that a Newton step is a linear system with the columns that are free. The dual is smooth and concave, and a step is as long as it rises.
 * Near the end the free columns are the right ones, and a step or two is all there is. Nothing here is columns by columns.
 * @param g of H's part alone: minus the derivative of the loss at start; length |A|, like start and penalty
 * @param violation the largest KKT distance that may be left
 * @returns b, which has exact zeros and is within its bounds
 * Source: Li, Sun and Toh (2018), SIAM J. Optim. 28, 433-458; Boschi, Reimherr and Chiaromonte (2020).
 */
export function dualNewton(
  system: RowSystem,
  columns: Int32Array,
  g: Float64Array,
  start: Float64Array,
  penalty: Separable,
  violation: number,
  maxSteps: number,
): Float64Array {
  const u = g.slice();
  let x: Float64Array | null = null;
  let best = Infinity;
  let answer = start;
  for (let step = 0, idle = 0; step < maxSteps && idle < MOST_IDLE; step++) {
    const b = primal(penalty, u);
    const f = system.forth(columns, minus(start, b));
    x ??= new Float64Array(f.length);
    axpy(-1, x, f);
    const distance = worst(penalty, b, u, system.back(columns, f));
    idle = distance > best / 2 ? idle + 1 : 0;
    if (distance < best) [best, answer] = [distance, b];
    const length = Math.sqrt(dot(f, f));
    if (!(distance > violation) || !(length > 0)) break;
    const free = freeOf(penalty, b);
    const c = Float64Array.from(free, (a) => 1 / penalty.l2[a]);
    const enough = Math.max(STEP_SHARE, (ENOUGH * violation) / distance) * length;
    const direction = system.solve(pick(columns, free), c, f, enough);
    const change = system.back(columns, direction);
    const t = reach(penalty, { x, u, start }, direction, change);
    axpy(t, direction, x);
    axpy(t, change, u);
  }
  return answer;
}

/** b_j(u_j) for each coefficient. */
function primal(penalty: Separable, u: Float64Array): Float64Array {
  const b = new Float64Array(u.length);
  for (let a = 0; a < b.length; a++) b[a] = proximal(penalty, a, u[a], 0);
  return b;
}

/** The largest KKT distance at b, where minus the derivative of the loss is u + rest. */
function worst(penalty: Separable, b: Float64Array, u: Float64Array, rest: Float64Array): number {
  let largest = 0;
  for (let a = 0; a < b.length; a++) {
    largest = Math.max(largest, kktDistance(penalty, a, b[a], u[a] + rest[a]));
  }
  return largest;
}

/** The coefficients that follow u: neither 0 nor at a bound. */
function freeOf({ lower, upper }: Separable, b: Float64Array): Int32Array {
  return sequence(b.length).filter((a) => b[a] !== 0 && b[a] > lower[a] && b[a] < upper[a]);
}

/** How far along a direction the dual rises, at most 1. @param change of u */
function reach(
  penalty: Separable,
  { x, u, start }: { readonly x: Float64Array; readonly u: Float64Array; readonly start: Float64Array },
  direction: Float64Array,
  change: Float64Array,
): number {
  const [linear, square] = [dot(x, direction), dot(direction, direction)];
  const slope = (t: number): number => {
    let total = -linear - t * square;
    for (let a = 0; a < u.length; a++) {
      if (change[a] !== 0) total -= change[a] * (proximal(penalty, a, u[a] + t * change[a], 0) - start[a]);
    }
    return total;
  };
  let [low, high] = [0, 1];
  let [above, below] = [slope(0), slope(1)];
  const flat = FLAT * above;
  if (!(below < -flat)) return 1;
  let t = 1;
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    // Between the secant and the middle, so that neither end stays where it is.
    t = low + ((high - low) * (above / (above - below) + 0.5)) / 2;
    const here = slope(t);
    if (Math.abs(here) <= flat) break;
    if (here > 0) [low, above] = [t, here];
    else [high, below] = [t, here];
  }
  return t;
}
