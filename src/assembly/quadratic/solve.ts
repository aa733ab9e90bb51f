// The restricted quadratic problem, the twin of test/reference/quadratic.ts, function by function; see there for what is minimised.
import { addRow } from '../design/panel';
import {
  addRows,
  BEFORE,
  COUNT,
  FREE,
  GRADIENT,
  isInFactor,
  L1,
  L2,
  LOWER,
  MATRIX,
  POINT,
  SIZE,
  SLOPE,
  solveOnSupport,
  STEP,
  STRIDE,
  SUPPORT,
  UPPER,
  vector,
  WRONG,
} from '../linalg/updated-cholesky';

const SIGN_SWEEPS: u32 = 3;
const RIGHT: f64 = 1e-2;
const ENOUGH: f64 = 0.1;
const MAX_IDLE_ROUNDS: u32 = 2000;
/** A curvature below this share of its parts is rounding. */
const ROUNDING: f64 = 1e-15;

/** The largest KKT distance. */
let worst: f64 = 0;

/** How far a step goes, and what stops it (an index of the list of free columns; -1 for nothing). */
let length: f64 = 0;
let blocking: i32 = -1;

/** How far an exchange lowers the objective. */
let reach: f64 = 0;

/** Minimises from the point given, whose gradient is given; returns the sweeps made. */
export function minimiseQuadratic(q: usize, violation: f64, maxSweeps: u32): u32 {
  const size = load<u32>(q, SIZE);
  const list = vector(q, WRONG);
  let sweeps: u32 = 0;
  let best = Infinity;
  let idle: u32 = 0;
  while (sweeps < maxSweeps) {
    newtonOnSupport(q, ENOUGH * violation);
    let count = findViolators(q, violation);
    sweeps++;
    idle = worst > best / 2 ? idle + 1 : 0;
    best = min(best, worst);
    if (count == 0 || idle == MAX_IDLE_ROUNDS) break;
    if (idle > 0) {
      for (let j: u32 = 0; j < size; j++) store<u32>(list + (<usize>j << 2), j);
      sweep(q, list, size, violation);
      count = listSupport(q, list, false);
    }
    for (let k: u32 = 0; k < SIGN_SWEEPS && sweeps < maxSweeps; k++, sweeps++) sweep(q, list, count, violation);
  }
  return sweeps;
}

/** Lists the coefficients that are not 0, or only those of them that are at no bound; returns how many. */
export function listSupport(q: usize, list: usize, inside: bool): u32 {
  const bytes = <usize>load<u32>(q, SIZE) << 3;
  const b = vector(q, POINT);
  const lower = vector(q, LOWER);
  const upper = vector(q, UPPER);
  let to = list;
  for (let o: usize = 0; o < bytes; o += 8) {
    const value = f64.load(b + o);
    if (value == 0 || (inside && (value == f64.load(lower + o) || value == f64.load(upper + o)))) continue;
    store<u32>(to, <u32>(o >> 3));
    to += 4;
  }
  return <u32>((to - list) >> 2);
}

/** Lists the coefficients whose KKT distance is above `violation`; returns how many. */
export function findViolators(q: usize, violation: f64): u32 {
  const bytes = <usize>load<u32>(q, SIZE) << 3;
  const list = vector(q, WRONG);
  const l1 = vector(q, L1);
  const l2 = vector(q, L2);
  const lower = vector(q, LOWER);
  const upper = vector(q, UPPER);
  const b = vector(q, POINT);
  const c = <usize>load<u32>(q, GRADIENT);
  let to = list;
  worst = 0;
  for (let o: usize = 0; o < bytes; o += 8) {
    const value = f64.load(b + o);
    const slope = f64.load(c + o) - f64.load(l2 + o) * value;
    const far = kktDistance(f64.load(l1 + o), f64.load(lower + o), f64.load(upper + o), value, slope);
    if (!(far <= violation)) {
      store<u32>(to, <u32>(o >> 3));
      to += 4;
    }
    worst = max(worst, far);
  }
  return <u32>((to - list) >> 2);
}

// @ts-ignore: decorator
@inline
function kktDistance(l1: f64, lower: f64, upper: f64, b: f64, s: f64): f64 {
  if (b == 0) return max(max(upper > 0 ? s - l1 : 0, lower < 0 ? -s - l1 : 0), 0);
  const slope = b > 0 ? s - l1 : s + l1;
  if (b >= upper) return max(-slope, 0);
  if (b <= lower) return max(slope, 0);
  return Math.abs(slope);
}

/** One pass of coordinate descent over a list. */
function sweep(q: usize, list: usize, count: u32, violation: f64): void {
  const even = (load<u32>(q, SIZE) + 1) & ~1;
  const step = <usize>load<u32>(q, STRIDE) << 3;
  const matrix = <usize>load<u32>(q, MATRIX);
  const b = vector(q, POINT);
  const l1 = vector(q, L1);
  const l2 = vector(q, L2);
  const lower = vector(q, LOWER);
  const upper = vector(q, UPPER);
  const c = <usize>load<u32>(q, GRADIENT);
  for (let k: u32 = 0; k < count; k++) {
    const j = <usize>load<u32>(list + (<usize>k << 2));
    const o = j << 3;
    const row = matrix + j * step;
    const curvature = f64.load(row + o);
    const total = curvature + f64.load(l2 + o);
    const value = f64.load(b + o);
    const u = f64.load(c + o) + curvature * value;
    const updated = proximal(u, total, f64.load(l1 + o), f64.load(lower + o), f64.load(upper + o));
    const change = updated - value;
    if (Math.abs(change) * total <= RIGHT * violation && (value != 0) == (updated != 0)) continue;
    f64.store(b + o, updated);
    addRow(row, even, -change, c);
  }
}

// @ts-ignore: decorator
@inline
function proximal(u: f64, curvature: f64, l1: f64, lower: f64, upper: f64): f64 {
  if (!(curvature > 0)) return 0;
  const b = u > l1 ? (u - l1) / curvature : u < -l1 ? (u + l1) / curvature : 0;
  return min(max(b, lower), upper);
}

function newtonOnSupport(q: usize, enough: f64): void {
  const support = vector(q, SUPPORT);
  const free = vector(q, FREE);
  const slope = vector(q, SLOPE);
  const count = listSupport(q, support, true);
  memory.copy(free, support, <usize>count << 2);
  rememberPoint(q, count);
  setSlope(q, count);
  for (let left = count; left > 0; ) {
    solveOnSupport(q, free, left, slope, vector(q, STEP), enough);
    longestStep(q, left, 1);
    move(q, left);
    if (blocking < 0) {
      if (load<u32>(q, COUNT) == left) break;
      carry(q, count);
      rememberPoint(q, count);
      setSlope(q, left);
      if (!setExchangeStep(q, left, enough)) break;
      longestStep(q, left, reach);
      if (length < Infinity) move(q, left);
      if (blocking < 0) break;
    }
    left--;
    const at = free + (<usize>blocking << 2);
    memory.copy(at, at + 4, <usize>(left - blocking) << 2);
    if (load<u32>(q, COUNT) <= left) {
      carry(q, count);
      rememberPoint(q, count);
      setSlope(q, left);
    } else shrinkSlope(slope, left);
  }
  carry(q, count);
}

/** BEFORE = b on the support. */
function rememberPoint(q: usize, count: u32): void {
  const support = vector(q, SUPPORT);
  const before = vector(q, BEFORE);
  const b = vector(q, POINT);
  for (let k: usize = 0; k < <usize>count; k++) {
    f64.store(before + (k << 3), f64.load(b + (<usize>load<u32>(support + (k << 2)) << 3)));
  }
}

/** SLOPE = minus the derivative of the objective by the free coefficients, none of which is 0. */
function setSlope(q: usize, count: u32): void {
  const free = vector(q, FREE);
  const slope = vector(q, SLOPE);
  const b = vector(q, POINT);
  const l1 = vector(q, L1);
  const l2 = vector(q, L2);
  const c = <usize>load<u32>(q, GRADIENT);
  for (let k: usize = 0; k < <usize>count; k++) {
    const o = <usize>load<u32>(free + (k << 2)) << 3;
    const value = f64.load(b + o);
    const s = f64.load(c + o) - copysign(f64.load(l1 + o), value) - f64.load(l2 + o) * value;
    f64.store(slope + (k << 3), s);
  }
}

/** What the step leaves of the slope, without the entry of the coefficient that stopped it. */
function shrinkSlope(slope: usize, count: u32): void {
  const share = 1 - length;
  const gap = <usize>blocking;
  for (let k: usize = 0; k < <usize>count; k++) {
    f64.store(slope + (k << 3), share * f64.load(slope + ((k < gap ? k : k + 1) << 3)));
  }
}

/** STEP = the direction of an exchange, from SLOPE, which is not kept; false where there is none. */
function setExchangeStep(q: usize, count: u32, enough: f64): bool {
  const free = vector(q, FREE);
  const slope = vector(q, SLOPE);
  const step = vector(q, STEP);
  let entering: i32 = -1;
  let most = enough;
  let sign: f64 = 1;
  for (let k: u32 = 0; k < count; k++) {
    const s = f64.load(slope + (<usize>k << 3));
    if (!(Math.abs(s) > most) || isInFactor(q, load<u32>(free + (<usize>k << 2)))) continue;
    most = Math.abs(s);
    entering = <i32>k;
    sign = copysign<f64>(1, s);
  }
  if (entering < 0) return false;
  const at = <usize>entering;
  const row =
    <usize>load<u32>(q, MATRIX) + <usize>load<u32>(free + (at << 2)) * (<usize>load<u32>(q, STRIDE) << 3);
  for (let k: usize = 0; k < <usize>count; k++) {
    const entry = f64.load(row + (<usize>load<u32>(free + (k << 2)) << 3));
    f64.store(slope + (k << 3), -sign * entry);
  }
  solveOnSupport(q, free, count, slope, step, enough);
  f64.store(step + (at << 3), sign);
  reach = exchangeReach(q, slope, step, count, most);
  return true;
}

/**
 * How far an exchange lowers the objective: its slope over the curvature along it. Columns that nearly depend on each other have some, and at
 * small penalties their optimum is inside.
 */
function exchangeReach(q: usize, image: usize, step: usize, count: u32, descent: f64): f64 {
  const free = vector(q, FREE);
  const l2 = vector(q, L2);
  let curvature: f64 = 0;
  let size: f64 = 0;
  for (let k: usize = 0; k < <usize>count; k++) {
    const d = f64.load(step + (k << 3));
    const part = -f64.load(image + (k << 3)) * d;
    curvature += part + f64.load(l2 + (<usize>load<u32>(free + (k << 2)) << 3)) * d * d;
    size += Math.abs(part);
  }
  return curvature > ROUNDING * size ? descent / curvature : Infinity;
}

function longestStep(q: usize, count: u32, most: f64): void {
  const free = vector(q, FREE);
  const step = vector(q, STEP);
  const b = vector(q, POINT);
  length = most;
  blocking = -1;
  for (let k: usize = 0; k < <usize>count; k++) {
    const o = <usize>load<u32>(free + (k << 2)) << 3;
    const d = f64.load(step + (k << 3));
    const value = f64.load(b + o);
    const room = (boundaryAhead(q, o, value, d) - value) / d;
    if (room < length) {
      length = room;
      blocking = <i32>k;
    }
  }
}

function boundaryAhead(q: usize, o: usize, b: f64, step: f64): f64 {
  const kinked = f64.load(vector(q, L1) + o) > 0;
  if (step > 0) {
    const upper = f64.load(vector(q, UPPER) + o);
    return b < 0 && kinked ? min(0, upper) : upper;
  }
  if (step < 0) {
    const lower = f64.load(vector(q, LOWER) + o);
    return b > 0 && kinked ? max(0, lower) : lower;
  }
  return Infinity;
}

/** Goes along the step; what stopped it is put exactly on its boundary. */
function move(q: usize, count: u32): void {
  const free = vector(q, FREE);
  const step = vector(q, STEP);
  const b = vector(q, POINT);
  const lower = vector(q, LOWER);
  const upper = vector(q, UPPER);
  for (let k: usize = 0; k < <usize>count; k++) {
    const o = <usize>load<u32>(free + (k << 2)) << 3;
    const d = f64.load(step + (k << 3));
    const value = f64.load(b + o);
    const moved = min(max(value + length * d, f64.load(lower + o)), f64.load(upper + o));
    f64.store(b + o, <i32>k == blocking ? boundaryAhead(q, o, value, d) : moved);
  }
}

/** Brings the gradient up to the coefficients of the support, which were as remembered. */
function carry(q: usize, count: u32): void {
  const support = vector(q, SUPPORT);
  const before = vector(q, BEFORE);
  const b = vector(q, POINT);
  for (let k: usize = 0; k < <usize>count; k++) {
    const now = f64.load(b + (<usize>load<u32>(support + (k << 2)) << 3));
    f64.store(before + (k << 3), f64.load(before + (k << 3)) - now);
  }
  addRows(q, support, count, before, load<u32>(q, GRADIENT));
}
