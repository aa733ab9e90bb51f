// What some vectors change of the trace of an inverse, the twin of `changeOfTrace` in test/reference/tridiagonal.ts.
import { dotFour, dotOne } from './ridge-traces';

// Words of a job.
const SIZE: usize = 0;
const DIAGONAL: usize = 4;
const OFF_DIAGONAL: usize = 8;
const VECTORS: usize = 12;
const STRIDE: usize = 16;
const LISTS: usize = 20;
const STARTS: usize = 24;
const SHIFTS: usize = 28;
const LIFT: usize = 32;
const COUNT: usize = 36;
const OUT: usize = 40;
const WORK: usize = 44;
const WORK_BYTES: usize = 48;

let size: u32 = 0;
let stride: usize = 0;
let ratio: usize = 0;
let inverse: usize = 0;
let sums: usize = 0;
let row: usize = 0;
let solved: usize = 0;

/**
 * [size, diagonal, offDiagonal, vectors, stride, lists, starts, shifts, lift, count, out, work, workBytes]: request t has the vectors
 * lists[starts[t]] to lists[starts[t + 1] - 1], which are `stride` bytes apart. Lane l does requests l, l + lanes, ... in
 * work + l * workBytes, which holds two vectors, 64 bytes, and for the largest number m of vectors m + 4 of them and m numbers.
 */
export function shiftedTraces(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const starts = <usize>load<u32>(job, STARTS);
  const count = load<u32>(job, COUNT);
  const work = <usize>load<u32>(job, WORK) + <usize>lane * <usize>load<u32>(job, WORK_BYTES);
  size = load<u32>(job, SIZE);
  stride = <usize>load<u32>(job, STRIDE);
  for (let t = lane; t < count; t += lanes) {
    const from = load<u32>(starts + (<usize>t << 2));
    const vectors = load<u32>(starts + (<usize>t << 2), 4) - from;
    const list = <usize>load<u32>(job, LISTS) + (<usize>from << 2);
    layOut(work, vectors);
    factorize(load<u32>(job, DIAGONAL), load<u32>(job, OFF_DIAGONAL), f64.load(<usize>load<u32>(job, SHIFTS) + (<usize>t << 3)));
    const change = changeOf(load<u32>(job, VECTORS), list, vectors, load<u32>(job, LIFT));
    f64.store(<usize>load<u32>(job, OUT) + (<usize>t << 3), change);
  }
}

function layOut(work: usize, vectors: u32): void {
  ratio = work;
  inverse = ratio + stride;
  sums = inverse + stride;
  solved = sums + 64;
  row = solved + (<usize>vectors + 4) * stride;
}

/** T + shift I = L D L': the entries of L beside its diagonal, and of D^-1. */
function factorize(diagonal: usize, offDiagonal: usize, shift: f64): void {
  const bytes = <usize>size << 3;
  for (let at: usize = 0; at < bytes; at += 8) {
    let pivot = f64.load(diagonal + at) + shift;
    if (at > 0) {
      const off = f64.load(offDiagonal + at);
      const r = off * f64.load(inverse + at - 8);
      f64.store(ratio + at, r);
      pivot -= r * off;
    }
    f64.store(inverse + at, 1 / pivot);
  }
}

/** y = (T + shift I)^-1 x; what makes an odd row even is 0. */
function solve(x: usize, y: usize): void {
  const bytes = <usize>size << 3;
  let value: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 8) {
    value = f64.load(x + at) - (at > 0 ? f64.load(ratio + at) * value : 0);
    f64.store(y + at, value);
  }
  for (let at = bytes; at > 0; ) {
    const after = at;
    at -= 8;
    value = f64.load(y + at) * f64.load(inverse + at) - (after < bytes ? f64.load(ratio + after) * value : 0);
    f64.store(y + at, value);
  }
  if (bytes < stride) f64.store(y + bytes, 0);
}

/**
 * trace((lift I + X'GX)^-1 X'G^2X) = ||L^-1 Y||^2 with the rows Y = X'G and lift I + X'GX = L L'. Where rows above i hold those of
 * L^-1 Y, their products with x_i are row i of L.
 */
function changeOf(vectors: usize, list: usize, count: u32, lift: u32): f64 {
  let total: f64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const x = vectors + <usize>load<u32>(list + (<usize>i << 2)) * stride;
    const y = solved + <usize>i * stride;
    solve(x, y);
    const pivot = Math.sqrt(dotOne(x, y, stride) + <f64>lift - factorRow(x, i));
    subtractRows(y, i);
    scale(y, 1 / pivot);
    total += dotOne(y, y, stride);
  }
  return total;
}

/** Entries of L before its diagonal, into `row`; returns their squared norm. */
function factorRow(x: usize, count: u32): f64 {
  let squares: f64 = 0;
  for (let j: u32 = 0; j < count; j += 4) {
    dotFour(x, solved + <usize>j * stride, stride, stride, sums);
    const width = min<u32>(4, count - j);
    for (let c: u32 = 0; c < width; c++) {
      const entry = f64.load(sums + (<usize>c << 3));
      f64.store(row + (<usize>(j + c) << 3), entry);
      squares += entry * entry;
    }
  }
  return squares;
}

/** y minus the rows above it, times the entries of `row`. */
function subtractRows(y: usize, count: u32): void {
  let j: u32 = 0;
  for (; j + 4 <= count; j += 4) subtractFour(y, solved + <usize>j * stride, row + (<usize>j << 3));
  for (; j < count; j++) subtractOne(y, solved + <usize>j * stride, row + (<usize>j << 3));
}

function subtractOne(y: usize, x: usize, a: usize): void {
  const a0 = v128.load64_splat(a);
  for (let k: usize = 0; k < stride; k += 16) {
    v128.store(y + k, f64x2.sub(v128.load(y + k), f64x2.mul(a0, v128.load(x + k))));
  }
}

function subtractFour(y: usize, x: usize, a: usize): void {
  const a0 = v128.load64_splat(a);
  const a1 = v128.load64_splat(a, 8);
  const a2 = v128.load64_splat(a, 16);
  const a3 = v128.load64_splat(a, 24);
  const x1 = x + stride;
  const x2 = x1 + stride;
  const x3 = x2 + stride;
  for (let k: usize = 0; k < stride; k += 16) {
    let s = f64x2.mul(a0, v128.load(x + k));
    s = f64x2.add(s, f64x2.mul(a1, v128.load(x1 + k)));
    s = f64x2.add(s, f64x2.mul(a2, v128.load(x2 + k)));
    s = f64x2.add(s, f64x2.mul(a3, v128.load(x3 + k)));
    v128.store(y + k, f64x2.sub(v128.load(y + k), s));
  }
}

function scale(y: usize, a: f64): void {
  const s = f64x2.splat(a);
  for (let k: usize = 0; k < stride; k += 16) v128.store(y + k, f64x2.mul(s, v128.load(y + k)));
}
