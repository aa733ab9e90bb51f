// A path of restricted quadratic problems that share H, each from the solution before it: all of them in
// one call. Lanes are paths, each on memory of its own.
import { findViolators, listSupport, minimiseQuadratic } from './solve';
import { addRows, BEFORE, GRADIENT, L1, L2, POINT, SIZE, SUPPORT, vector } from '../linalg/updated-cholesky';

/** Fields of a path, in bytes. */
const QUADRATIC: usize = 0;
const LAMBDAS: usize = 4;
const LENGTH: usize = 8;
const L1_FACTORS: usize = 12;
const L2_FACTORS: usize = 16;
const RIGHT_SIDE: usize = 20;
const SOLUTIONS: usize = 24;
const SWEEPS: usize = 28;
const MOST_SWEEPS: usize = 32;
const L1_RATIO: usize = 40;
const VIOLATION: usize = 48;

const ROUNDS: u32 = 3;
const ROUND_OFF: f64 = 1e-13;

/** [paths]: the lane's path, from the point that its problem holds. */
export function walkPaths(job: usize, lane: u32, _lanes: u32, _scratch: usize): void {
  const path = <usize>load<u32>(<usize>load<u32>(job) + (<usize>lane << 2));
  const q = <usize>load<u32>(path, QUADRATIC);
  const bytes = <usize>load<u32>(q, SIZE) << 3;
  const length = load<u32>(path, LENGTH);
  const side = <usize>load<u32>(path, RIGHT_SIDE);
  refreshGradient(q, side);
  for (let k: usize = 0; k < <usize>length; k++) {
    setPenalty(q, path, f64.load(<usize>load<u32>(path, LAMBDAS) + (k << 3)));
    const sweeps = solveOne(q, path, side);
    if (dropRoundOff(q, path)) refreshGradient(q, side);
    memory.copy(<usize>load<u32>(path, SOLUTIONS) + k * bytes, vector(q, POINT), bytes);
    store<u32>(<usize>load<u32>(path, SWEEPS) + (k << 2), sweeps);
  }
}

/** The running gradient drifts by rounding; a fresh one decides whether the work is done. */
function solveOne(q: usize, path: usize, side: usize): u32 {
  const violation = f64.load(path, VIOLATION);
  const most = load<u32>(path, MOST_SWEEPS);
  let sweeps: u32 = 0;
  for (let round: u32 = 0; round < ROUNDS && sweeps < most; round++) {
    sweeps += minimiseQuadratic(q, violation, most - sweeps);
    refreshGradient(q, side);
    if (findViolators(q, violation) == 0) break;
  }
  return sweeps;
}

function setPenalty(q: usize, path: usize, lambda: f64): void {
  const bytes = <usize>load<u32>(q, SIZE) << 3;
  const l1Factors = <usize>load<u32>(path, L1_FACTORS);
  const l2Factors = <usize>load<u32>(path, L2_FACTORS);
  const ratio = f64.load(path, L1_RATIO);
  const l1 = vector(q, L1);
  const l2 = vector(q, L2);
  for (let o: usize = 0; o < bytes; o += 8) {
    f64.store(l1 + o, lambda * f64.load(l1Factors + o) * ratio);
    f64.store(l2 + o, lambda * f64.load(l2Factors + o) * (1 - ratio));
  }
}

/** c = q - H b. */
function refreshGradient(q: usize, side: usize): void {
  const bytes = <usize>load<u32>(q, SIZE) << 3;
  const c = <usize>load<u32>(q, GRADIENT);
  const support = vector(q, SUPPORT);
  const values = vector(q, BEFORE);
  const b = vector(q, POINT);
  memory.copy(c, side, bytes);
  const count = listSupport(q, support, false);
  for (let k: usize = 0; k < <usize>count; k++) {
    f64.store(values + (k << 3), -f64.load(b + (<usize>load<u32>(support + (k << 2)) << 3)));
  }
  addRows(q, support, count, values, c);
}

/** `withoutRoundOff` of the elastic net; returns whether there was any. */
function dropRoundOff(q: usize, path: usize): bool {
  if (f64.load(path, L1_RATIO) == 0) return false;
  const bytes = <usize>load<u32>(q, SIZE) << 3;
  const factors = <usize>load<u32>(path, L1_FACTORS);
  const b = vector(q, POINT);
  let largest: f64 = 0;
  for (let o: usize = 0; o < bytes; o += 8) largest = max(largest, Math.abs(f64.load(b + o)));
  let dropped = false;
  for (let o: usize = 0; o < bytes; o += 8) {
    const value = f64.load(b + o);
    if (value == 0 || !(Math.abs(value) <= ROUND_OFF * largest) || !(f64.load(factors + o) > 0)) continue;
    f64.store(b + o, 0);
    dropped = true;
  }
  return dropped;
}
