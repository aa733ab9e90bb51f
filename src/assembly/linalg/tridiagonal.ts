// Reduction to tridiagonal form and what its reflections do to vectors, the twins of test/reference/tridiagonal.ts. Rows of the
// matrix begin `step` bytes apart, an even number of doubles. Loops take two columns at a time and the odd one after them.
import { horizontalSum } from '../design/layout';

/** [table]: `tridiagonalize` for the lane's line of six words: matrix, step, size, diagonal, offDiagonal, work. */
export function tridiagonalizeEach(job: usize, lane: u32, _lanes: u32, _scratch: usize): void {
  const line = <usize>load<u32>(job) + <usize>lane * 24;
  const work = <usize>load<u32>(line, 20);
  tridiagonalize(load<u32>(line), load<u32>(line, 4), load<u32>(line, 8), load<u32>(line, 12), load<u32>(line, 16), work);
}

/**
 * Reduces the lower triangle of a `size` x `size` matrix in place; row i then holds the vector of its reflection.
 * The update by one reflection waits for the sweep that multiplies by the next, so that each entry is loaded once.
 * @param work 2 * step bytes
 */
export function tridiagonalize(a: usize, step: usize, size: u32, diagonal: usize, offDiagonal: usize, work: usize): void {
  let w = work;
  let next = work + step;
  let u: usize = 0;
  for (let i = size; i > 0; ) {
    i--;
    const row = a + <usize>i * step;
    if (u != 0) updateRow(row, i, u, w);
    f64.store(diagonal + (<usize>i << 3), f64.load(row + (<usize>i << 3)));
    f64.store(offDiagonal + (<usize>i << 3), i > 0 ? turnIntoReflector(row, i) : 0);
    if (u != 0) updateAndMultiply(a, step, i, u, w, row, next);
    else multiply(a, step, i, row, next);
    finish(i, row, next);
    u = row;
    const free = w;
    w = next;
    next = free;
  }
}

/** Entries 0 to i of row i minus u_i w' + w_i u'. */
function updateRow(row: usize, i: u32, u: usize, w: usize): void {
  const end = <usize>i << 3;
  const ui = f64.load(u + end);
  const wi = f64.load(w + end);
  const whole = <usize>((i + 1) & ~1) << 3;
  const us = f64x2.splat(ui);
  const ws = f64x2.splat(wi);
  let k: usize = 0;
  for (; k < whole; k += 16) v128.store(row + k, updated(v128.load(row + k), us, ws, v128.load(u + k), v128.load(w + k)));
  if (k <= end) f64.store(row + k, f64.load(row + k) - (ui * f64.load(w + k) + wi * f64.load(u + k)));
}

// @ts-ignore: decorator
@inline
function updated(entry: v128, ui: v128, wi: v128, u: v128, w: v128): v128 {
  return f64x2.sub(entry, f64x2.add(f64x2.mul(ui, w), f64x2.mul(wi, u)));
}

/** Makes `count` entries the unit vector of the reflection that leaves only their last, and returns what that becomes. */
function turnIntoReflector(x: usize, count: u32): f64 {
  const end = <usize>count << 3;
  const whole = <usize>(count & ~1) << 3;
  const last = x + end - 8;
  let most = f64x2.splat(0);
  let k: usize = 0;
  for (; k < whole; k += 16) most = f64x2.max(most, f64x2.abs(v128.load(x + k)));
  let largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (k < end) largest = max(largest, Math.abs(f64.load(x + k)));
  if (largest == 0) return 0;
  divide(x, end, whole, largest);
  const norm = Math.sqrt(product(x, x, end, whole));
  const value = f64.load(last) > 0 ? -norm : norm;
  f64.store(last, f64.load(last) - value);
  divide(x, end, whole, Math.sqrt(product(x, x, end, whole)));
  return value * largest;
}

function divide(x: usize, end: usize, whole: usize, by: f64): void {
  const divisor = f64x2.splat(by);
  let k: usize = 0;
  for (; k < whole; k += 16) v128.store(x + k, f64x2.div(v128.load(x + k), divisor));
  if (k < end) f64.store(x + k, f64.load(x + k) / by);
}

function product(x: usize, y: usize, end: usize, whole: usize): f64 {
  let total = f64x2.splat(0);
  let k: usize = 0;
  for (; k < whole; k += 16) total = f64x2.add(total, f64x2.mul(v128.load(x + k), v128.load(y + k)));
  return horizontalSum(total) + (k < end ? f64.load(x + k) * f64.load(y + k) : 0);
}

/** p = A x with the lower triangle of the first `count` rows. */
function multiply(a: usize, step: usize, count: u32, x: usize, p: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const row = a + <usize>i * step;
    const end = <usize>i << 3;
    const whole = <usize>(i & ~1) << 3;
    const xi = f64.load(x + end);
    const xs = f64x2.splat(xi);
    let sum = f64x2.splat(0);
    let k: usize = 0;
    for (; k < whole; k += 16) {
      const entry = v128.load(row + k);
      sum = f64x2.add(sum, f64x2.mul(entry, v128.load(x + k)));
      v128.store(p + k, f64x2.add(v128.load(p + k), f64x2.mul(entry, xs)));
    }
    let s = horizontalSum(sum) + f64.load(row + end) * xi;
    if (k < end) {
      s += f64.load(row + k) * f64.load(x + k);
      f64.store(p + k, f64.load(p + k) + f64.load(row + k) * xi);
    }
    f64.store(p + end, s);
  }
}

/** A <- A - u w' - w u' and p = A x with the new A, on the lower triangle of the first `count` rows, two of them at a time. */
function updateAndMultiply(a: usize, step: usize, count: u32, u: usize, w: usize, x: usize, p: usize): void {
  let i: u32 = 0;
  for (; i + 2 <= count; i += 2) twoRows(a + <usize>i * step, step, <usize>i << 3, u, w, x, p);
  if (i == count) return;
  const row = a + <usize>i * step;
  const end = <usize>i << 3;
  updateRow(row, i, u, w);
  const xs = v128.load64_splat(x + end);
  let sum = f64x2.splat(0);
  for (let k: usize = 0; k < end; k += 16) {
    const entry = v128.load(row + k);
    sum = f64x2.add(sum, f64x2.mul(entry, v128.load(x + k)));
    v128.store(p + k, f64x2.add(v128.load(p + k), f64x2.mul(entry, xs)));
  }
  f64.store(p + end, horizontalSum(sum) + f64.load(row + end) * f64.load(x + end));
}

/** Rows i (even) and i + 1; `end` is 8 i. */
export function twoRows(row: usize, step: usize, end: usize, u: usize, w: usize, x: usize, p: usize): void {
  const below = row + step;
  const u0 = v128.load64_splat(u + end);
  const u1 = v128.load64_splat(u + end, 8);
  const w0 = v128.load64_splat(w + end);
  const w1 = v128.load64_splat(w + end, 8);
  const x0 = v128.load64_splat(x + end);
  const x1 = v128.load64_splat(x + end, 8);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  for (let k: usize = 0; k < end; k += 16) {
    const uk = v128.load(u + k);
    const wk = v128.load(w + k);
    const xk = v128.load(x + k);
    const a0 = updated(v128.load(row + k), u0, w0, uk, wk);
    v128.store(row + k, a0);
    sum0 = f64x2.add(sum0, f64x2.mul(a0, xk));
    let pk = f64x2.add(v128.load(p + k), f64x2.mul(a0, x0));
    const a1 = updated(v128.load(below + k), u1, w1, uk, wk);
    v128.store(below + k, a1);
    sum1 = f64x2.add(sum1, f64x2.mul(a1, xk));
    pk = f64x2.add(pk, f64x2.mul(a1, x1));
    v128.store(p + k, pk);
  }
  // The two rows where they meet their own columns.
  const uk = v128.load(u + end);
  const wk = v128.load(w + end);
  const top = f64x2.extract_lane(updated(v128.load(row + end), u0, w0, uk, wk), 0);
  f64.store(row + end, top);
  const bottom = updated(v128.load(below + end), u1, w1, uk, wk);
  v128.store(below + end, bottom);
  const cross = f64x2.extract_lane(bottom, 0);
  const xi = f64.load(x + end);
  const xj = f64.load(x + end, 8);
  f64.store(p + end, horizontalSum(sum0) + top * xi + cross * xj);
  f64.store(p + end, horizontalSum(sum1) + cross * xi + f64x2.extract_lane(bottom, 1) * xj, 8);
}

/** p <- 2 p - 2 (u'p) u, what the update by the reflection takes. */
function finish(count: u32, u: usize, p: usize): void {
  const end = <usize>count << 3;
  const whole = <usize>(count & ~1) << 3;
  const along = product(u, p, end, whole);
  const factor = f64x2.splat(along);
  const two = f64x2.splat(2);
  let k: usize = 0;
  for (; k < whole; k += 16) {
    v128.store(p + k, f64x2.mul(two, f64x2.sub(v128.load(p + k), f64x2.mul(factor, v128.load(u + k)))));
  }
  if (k < end) f64.store(p + k, 2 * (f64.load(p + k) - along * f64.load(u + k)));
}

/**
 * [a, step, size, x, count, transpose]: each of the lane's vectors, `step` bytes apart as the rows are, x <- Q' x (`transpose`)
 * or Q x in place. Four of them stay in the first-level cache while the reflections pass.
 */
export function rotateVectors(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const step = <usize>load<u32>(job, 4);
  const count = load<u32>(job, 16);
  for (let first = lane * 4; first < count; first += lanes * 4) {
    const x = <usize>load<u32>(job, 12) + <usize>first * step;
    if (first + 4 <= count) rotateFour(job, x, step);
    else for (let k: u32 = 0; first + k < count; k++) rotateOne(job, x + <usize>k * step, step);
  }
}

function rotateFour(job: usize, x: usize, step: usize): void {
  const size = load<u32>(job, 8);
  for (let k: u32 = 1; k < size; k++) {
    const i = load<u32>(job, 20) != 0 ? size - k : k;
    reflectFour(<usize>load<u32>(job) + <usize>i * step, i, x, step);
  }
}

function rotateOne(job: usize, x: usize, step: usize): void {
  const size = load<u32>(job, 8);
  for (let k: u32 = 1; k < size; k++) {
    const i = load<u32>(job, 20) != 0 ? size - k : k;
    reflectOne(<usize>load<u32>(job) + <usize>i * step, i, x);
  }
}

/** The sum of four running sums and of the terms after the last whole four. */
// @ts-ignore: decorator
@inline
function sumOf(even: v128, odd: v128, u: usize, x: usize, k: usize, end: usize): f64 {
  let sum = horizontalSum(f64x2.add(even, odd));
  for (; k < end; k += 8) sum += f64.load(u + k) * f64.load(x + k);
  return sum;
}

/** x <- x - 2 (u'x) u. */
export function reflectOne(u: usize, count: u32, x: usize): void {
  const end = <usize>count << 3;
  const fours = <usize>(count & ~3) << 3;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  for (let k: usize = 0; k < fours; k += 32) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(u + k), v128.load(x + k)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(u + k, 16), v128.load(x + k, 16)));
  }
  subtract(u, end, x, 2 * sumOf(s0, s1, u, x, fours, end));
}

/** x <- x - t u. */
function subtract(u: usize, end: usize, x: usize, t: f64): void {
  const whole = end & ~15;
  const factor = f64x2.splat(t);
  let k: usize = 0;
  for (; k < whole; k += 16) v128.store(x + k, f64x2.sub(v128.load(x + k), f64x2.mul(factor, v128.load(u + k))));
  if (k < end) f64.store(x + k, f64.load(x + k) - t * f64.load(u + k));
}

/** The same for four vectors, with the same digits. */
export function reflectFour(u: usize, count: u32, x: usize, step: usize): void {
  const end = <usize>count << 3;
  const fours = <usize>(count & ~3) << 3;
  const x1 = x + step;
  const x2 = x1 + step;
  const x3 = x2 + step;
  let s00 = f64x2.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  for (let k: usize = 0; k < fours; k += 32) {
    const v = v128.load(u + k);
    const w = v128.load(u + k, 16);
    s00 = f64x2.add(s00, f64x2.mul(v, v128.load(x + k)));
    s01 = f64x2.add(s01, f64x2.mul(w, v128.load(x + k, 16)));
    s10 = f64x2.add(s10, f64x2.mul(v, v128.load(x1 + k)));
    s11 = f64x2.add(s11, f64x2.mul(w, v128.load(x1 + k, 16)));
    s20 = f64x2.add(s20, f64x2.mul(v, v128.load(x2 + k)));
    s21 = f64x2.add(s21, f64x2.mul(w, v128.load(x2 + k, 16)));
    s30 = f64x2.add(s30, f64x2.mul(v, v128.load(x3 + k)));
    s31 = f64x2.add(s31, f64x2.mul(w, v128.load(x3 + k, 16)));
  }
  const t0 = 2 * sumOf(s00, s01, u, x, fours, end);
  const t1 = 2 * sumOf(s10, s11, u, x1, fours, end);
  const t2 = 2 * sumOf(s20, s21, u, x2, fours, end);
  const t3 = 2 * sumOf(s30, s31, u, x3, fours, end);
  s00 = f64x2.splat(t0);
  s10 = f64x2.splat(t1);
  s20 = f64x2.splat(t2);
  s30 = f64x2.splat(t3);
  const whole = end & ~15;
  let k: usize = 0;
  for (; k < whole; k += 16) {
    const v = v128.load(u + k);
    v128.store(x + k, f64x2.sub(v128.load(x + k), f64x2.mul(s00, v)));
    v128.store(x1 + k, f64x2.sub(v128.load(x1 + k), f64x2.mul(s10, v)));
    v128.store(x2 + k, f64x2.sub(v128.load(x2 + k), f64x2.mul(s20, v)));
    v128.store(x3 + k, f64x2.sub(v128.load(x3 + k), f64x2.mul(s30, v)));
  }
  if (k == end) return;
  const last = f64.load(u + k);
  f64.store(x + k, f64.load(x + k) - t0 * last);
  f64.store(x1 + k, f64.load(x1 + k) - t1 * last);
  f64.store(x2 + k, f64.load(x2 + k) - t2 * last);
  f64.store(x3 + k, f64.load(x3 + k) - t3 * last);
}
