// An upper triangle R, row after row: solves with it and with its transpose, and the plane rotations that close a gap. Each goes along rows.
import { horizontalSum } from '../design/layout';

/**
 * The rotation that makes y_0 zero, on `count` entries x_1, x_2, ... of a row and y_0, y_1, ... of the next; the first row moves
 * one entry to the left.
 */
export function rotateRows(x: usize, y: usize, count: u32): void {
  const a = f64.load(x, 8);
  const b = f64.load(y);
  const r = Math.sqrt(a * a + b * b);
  const c = a / r;
  const s = b / r;
  const cs = f64x2.splat(c);
  const ss = f64x2.splat(s);
  const whole = <usize>(count & ~1) << 3;
  const end = <usize>count << 3;
  let o: usize = 0;
  for (; o < whole; o += 16) {
    const u = v128.load(x + o, 8);
    const v = v128.load(y + o);
    v128.store(x + o, f64x2.add(f64x2.mul(cs, u), f64x2.mul(ss, v)));
    v128.store(y + o, f64x2.sub(f64x2.mul(cs, v), f64x2.mul(ss, u)));
  }
  if (o == end) return;
  const u = f64.load(x + o, 8);
  const v = f64.load(y + o);
  f64.store(x + o, c * u + s * v);
  f64.store(y + o, c * v - s * u);
}

/** R' x = b in place: four rows of R at a time are taken from what is left of b. */
export function solveForward(factor: usize, stride: u32, size: u32, x: usize): void {
  const step = <usize>stride << 3;
  const end = <usize>size << 3;
  const pairs = <usize>(size & ~1) << 3;
  const fours = <usize>(size & ~3) << 3;
  let row = factor;
  let k: usize = 0;
  for (; k < fours; k += 32, row += 4 * step) {
    const r1 = row + step;
    const r2 = r1 + step;
    const r3 = r2 + step;
    const x0 = f64.load(x + k) / f64.load(row + k);
    const x1 = (f64.load(x + k, 8) - x0 * f64.load(row + k, 8)) / f64.load(r1 + k, 8);
    const x2 = (f64.load(x + k, 16) - x0 * f64.load(row + k, 16) - x1 * f64.load(r1 + k, 16)) / f64.load(r2 + k, 16);
    const before3 = f64.load(x + k, 24) - x0 * f64.load(row + k, 24) - x1 * f64.load(r1 + k, 24);
    const x3 = (before3 - x2 * f64.load(r2 + k, 24)) / f64.load(r3 + k, 24);
    f64.store(x + k, x0);
    f64.store(x + k, x1, 8);
    f64.store(x + k, x2, 16);
    f64.store(x + k, x3, 24);
    const f0 = f64x2.splat(x0);
    const f1 = f64x2.splat(x1);
    const f2 = f64x2.splat(x2);
    const f3 = f64x2.splat(x3);
    let i = k + 32;
    for (; i < pairs; i += 16) {
      let left = f64x2.sub(v128.load(x + i), f64x2.mul(f0, v128.load(row + i)));
      left = f64x2.sub(left, f64x2.mul(f1, v128.load(r1 + i)));
      left = f64x2.sub(left, f64x2.mul(f2, v128.load(r2 + i)));
      v128.store(x + i, f64x2.sub(left, f64x2.mul(f3, v128.load(r3 + i))));
    }
    if (i < end) {
      const left = f64.load(x + i) - x0 * f64.load(row + i) - x1 * f64.load(r1 + i);
      f64.store(x + i, left - x2 * f64.load(r2 + i) - x3 * f64.load(r3 + i));
    }
  }
  for (; k < end; k += 8, row += step) {
    const value = f64.load(x + k) / f64.load(row + k);
    f64.store(x + k, value);
    for (let i = k + 8; i < end; i += 8) f64.store(x + i, f64.load(x + i) - value * f64.load(row + i));
  }
}

/** R x = b in place: four rows of R at a time, from the last one up. */
export function solveBackward(factor: usize, stride: u32, size: u32, x: usize): void {
  const step = <usize>stride << 3;
  const end = <usize>size << 3;
  const pairs = <usize>(size & ~1) << 3;
  const fours = <usize>(size & ~3) << 3;
  let row = factor + <usize>size * step;
  let k = end;
  while (k > fours) {
    k -= 8;
    row -= step;
    let left = f64.load(x + k);
    for (let i = k + 8; i < end; i += 8) left -= f64.load(row + i) * f64.load(x + i);
    f64.store(x + k, left / f64.load(row + k));
  }
  while (k > 0) {
    k -= 32;
    row -= 4 * step;
    const r1 = row + step;
    const r2 = r1 + step;
    const r3 = r2 + step;
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let i = k + 32;
    for (; i < pairs; i += 16) {
      const y = v128.load(x + i);
      s0 = f64x2.add(s0, f64x2.mul(y, v128.load(row + i)));
      s1 = f64x2.add(s1, f64x2.mul(y, v128.load(r1 + i)));
      s2 = f64x2.add(s2, f64x2.mul(y, v128.load(r2 + i)));
      s3 = f64x2.add(s3, f64x2.mul(y, v128.load(r3 + i)));
    }
    let y0 = f64.load(x + k) - horizontalSum(s0);
    let y1 = f64.load(x + k, 8) - horizontalSum(s1);
    let y2 = f64.load(x + k, 16) - horizontalSum(s2);
    let y3 = f64.load(x + k, 24) - horizontalSum(s3);
    if (i < end) {
      const y = f64.load(x + i);
      y0 -= y * f64.load(row + i);
      y1 -= y * f64.load(r1 + i);
      y2 -= y * f64.load(r2 + i);
      y3 -= y * f64.load(r3 + i);
    }
    y3 /= f64.load(r3 + k, 24);
    y2 = (y2 - y3 * f64.load(r2 + k, 24)) / f64.load(r2 + k, 16);
    y1 = (y1 - y2 * f64.load(r1 + k, 16) - y3 * f64.load(r1 + k, 24)) / f64.load(r1 + k, 8);
    y0 -= y1 * f64.load(row + k, 8) + y2 * f64.load(row + k, 16) + y3 * f64.load(row + k, 24);
    f64.store(x + k, y0 / f64.load(row + k));
    f64.store(x + k, y1, 8);
    f64.store(x + k, y2, 16);
    f64.store(x + k, y3, 24);
  }
}
