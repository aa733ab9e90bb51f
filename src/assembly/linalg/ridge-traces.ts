// trace(H (H + R)^-1) for several sets of columns, the twin of `ridgeTrace` in src/linalg/cholesky.ts. Rows go four at a time: the
// row that is multiplied with them is then read once.
import { horizontalSum } from '../design/layout';

const EPSILON: f64 = 2.220446049250313e-16;

let stride: usize = 0;
let lower: usize = 0;
let dependent: usize = 0;
let vectors: usize = 0;
let sums: usize = 0;

/**
 * [gram, size, lists, starts, ridges, count, out, work, workBytes]: set t has columns lists[starts[t]] to lists[starts[t + 1] - 1] and as
 * many ridges. Lane l does sets l, l + lanes, ... in work + l * workBytes, which holds (m + 9) rows of m, even, + 8 for the largest m.
 */
export function ridgeTraces(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const starts = <usize>load<u32>(job, 12);
  const count = load<u32>(job, 20);
  const work = <usize>load<u32>(job, 28) + <usize>lane * <usize>load<u32>(job, 32);
  for (let t = lane; t < count; t += lanes) {
    const from = load<u32>(starts + (<usize>t << 2));
    const size = load<u32>(starts + (<usize>t << 2), 4) - from;
    const list = <usize>load<u32>(job, 8) + (<usize>from << 2);
    const ridge = <usize>load<u32>(job, 16) + (<usize>from << 3);
    layOut(work, size);
    const rank = factorize(load<u32>(job), load<u32>(job, 4), list, ridge, size);
    f64.store(<usize>load<u32>(job, 24) + (<usize>t << 3), <f64>rank - weightedInverse(ridge, size));
  }
}

function layOut(work: usize, size: u32): void {
  stride = <usize>((size + 1) & ~1) << 3;
  sums = work;
  lower = work + 64;
  vectors = lower + (<usize>size + 4) * stride;
  dependent = vectors + 4 * stride;
}

// @ts-ignore: decorator
@inline
function row(i: u32): usize {
  return lower + <usize>i * stride;
}

/** Cholesky; returns the rank. */
function factorize(gram: usize, columns: u32, list: usize, ridge: usize, size: u32): u32 {
  const tolerance = 64 * EPSILON * <f64>max(size, 8);
  let rank: u32 = 0;
  for (let i0: u32 = 0; i0 < size; i0 += 4) {
    const end = min(i0 + 4, size);
    for (let i = i0; i < end; i++) gatherRow(gram, columns, list, i);
    subtractEarlier(i0, end);
    for (let i = i0; i < end; i++) {
      for (let j = i0; j < i; j++) eliminate(i, j);
      if (finishRow(i, f64.load(ridge + (<usize>i << 3)), tolerance)) rank++;
    }
  }
  return rank;
}

function gatherRow(gram: usize, columns: u32, list: usize, i: u32): void {
  const from = gram + (<usize>load<u32>(list + (<usize>i << 2)) * <usize>columns << 3);
  const to = row(i);
  for (let j: usize = 0; j <= <usize>i; j++) {
    f64.store(to + (j << 3), f64.load(from + (<usize>load<u32>(list + (j << 2)) << 3)));
  }
}

/** Entries 0 to i0 - 1 of rows i0 to end - 1. */
function subtractEarlier(i0: u32, end: u32): void {
  const first = row(i0);
  for (let j: u32 = 0; j < i0; j++) {
    const o = <usize>j << 3;
    const isIn = load<u8>(dependent + <usize>j) == 0;
    if (isIn) dotFour(row(j), first, stride, o, sums);
    const pivot = f64.load(row(j) + o);
    for (let i = i0; i < end; i++) {
      const at = row(i) + o;
      f64.store(at, isIn ? (f64.load(at) - f64.load(sums + (<usize>(i - i0) << 3))) / pivot : 0);
    }
  }
}

function eliminate(i: u32, j: u32): void {
  const o = <usize>j << 3;
  const at = row(i) + o;
  if (load<u8>(dependent + <usize>j) == 1) return f64.store(at, 0);
  f64.store(at, (f64.load(at) - dotOne(row(i), row(j), o)) / f64.load(row(j) + o));
}

/** Returns whether the column is independent of those before it. */
function finishRow(i: u32, ridge: f64, tolerance: f64): bool {
  const o = <usize>i << 3;
  const at = row(i) + o;
  const diagonal = f64.load(at) + ridge;
  const pivot = diagonal - dotOne(row(i), row(i), o);
  const isIn = pivot > tolerance * diagonal;
  store<u8>(dependent + <usize>i, isIn ? 0 : 1);
  if (!isIn) memory.fill(row(i), 0, o);
  f64.store(at, isIn ? Math.sqrt(pivot) : 1);
  return isIn;
}

export function dotOne(x: usize, y: usize, bytes: usize): f64 {
  const pairs = bytes & ~15;
  let s = f64x2.splat(0);
  let k: usize = 0;
  for (; k < pairs; k += 16) s = f64x2.add(s, f64x2.mul(v128.load(x + k), v128.load(y + k)));
  const sum = horizontalSum(s);
  return k < bytes ? sum + f64.load(x + k) * f64.load(y + k) : sum;
}

/** out_r = y'x_r for four vectors x_r, `step` bytes apart. */
export function dotFour(y: usize, x: usize, step: usize, bytes: usize, out: usize): void {
  const x1 = x + step;
  const x2 = x1 + step;
  const x3 = x2 + step;
  const pairs = bytes & ~15;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let k: usize = 0;
  for (; k < pairs; k += 16) {
    const v = v128.load(y + k);
    s0 = f64x2.add(s0, f64x2.mul(v, v128.load(x + k)));
    s1 = f64x2.add(s1, f64x2.mul(v, v128.load(x1 + k)));
    s2 = f64x2.add(s2, f64x2.mul(v, v128.load(x2 + k)));
    s3 = f64x2.add(s3, f64x2.mul(v, v128.load(x3 + k)));
  }
  const v = k < bytes ? f64.load(y + k) : 0;
  const tail = k < bytes;
  f64.store(out, horizontalSum(s0) + (tail ? v * f64.load(x + k) : 0));
  f64.store(out, horizontalSum(s1) + (tail ? v * f64.load(x1 + k) : 0), 8);
  f64.store(out, horizontalSum(s2) + (tail ? v * f64.load(x2 + k) : 0), 16);
  f64.store(out, horizontalSum(s3) + (tail ? v * f64.load(x3 + k) : 0), 24);
}

/** sum_j ridge_j ((L L')^-1)_jj over independent columns: squared norms of the columns of L^-1, four at a time. */
function weightedInverse(ridge: usize, size: u32): f64 {
  let total: f64 = 0;
  for (let j0: u32 = 0; j0 < size; j0 += 4) {
    const o = <usize>j0 << 3;
    const width = min<u32>(4, size - j0);
    for (let i = j0; i < size; i++) {
      const isIn = load<u8>(dependent + <usize>i) == 0;
      const at = <usize>(i - j0) << 3;
      if (isIn) dotFour(row(i) + o, vectors, stride, at, sums);
      const pivot = f64.load(row(i) + (<usize>i << 3));
      for (let c: u32 = 0; c < 4; c++) {
        const unit: f64 = i == j0 + c ? 1 : 0;
        const x = isIn && i >= j0 + c ? (unit - f64.load(sums + (<usize>c << 3))) / pivot : 0;
        f64.store(vectors + <usize>c * stride + at, x);
        if (c < width) total += f64.load(ridge + o + (<usize>c << 3)) * x * x;
      }
    }
  }
  return total;
}
