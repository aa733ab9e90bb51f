// The loops over one panel: `rows` (even) x some columns of a column-major block. `subset` lists 32-bit column numbers.
// Each dot product has a running sum for each number of a register (even and odd rows in double precision), whatever the number
// of columns taken at a time, so that a column's digits do not depend on its neighbours.
import { bytesOf, column, horizontalSum, laneSum } from './layout';

/** out_a += sum_i z_ij r_i for j = subset[a], a from `from` to `to` - 1. z and r are of type T, out is doubles. */
export function gradientPanel<T>(z: usize, rows: u32, subset: usize, from: u32, to: u32, r: usize, out: usize): void {
  const stride = bytesOf<T>(rows);
  const zero = v128.splat<T>(0);
  let a = from;
  for (; a + 4 <= to; a += 4) {
    let z0 = column(z, subset, a, stride);
    let z1 = column(z, subset, a + 1, stride);
    let z2 = column(z, subset, a + 2, stride);
    let z3 = column(z, subset, a + 3, stride);
    let s0 = zero;
    let s1 = zero;
    let s2 = zero;
    let s3 = zero;
    for (let i: usize = 0; i < stride; i += 16) {
      const x = v128.load(r + i);
      s0 = v128.add<T>(s0, v128.mul<T>(x, v128.load(z0 + i)));
      s1 = v128.add<T>(s1, v128.mul<T>(x, v128.load(z1 + i)));
      s2 = v128.add<T>(s2, v128.mul<T>(x, v128.load(z2 + i)));
      s3 = v128.add<T>(s3, v128.mul<T>(x, v128.load(z3 + i)));
    }
    const to4 = out + (<usize>a << 3);
    f64.store(to4, f64.load(to4) + laneSum<T>(s0));
    f64.store(to4, f64.load(to4, 8) + laneSum<T>(s1), 8);
    f64.store(to4, f64.load(to4, 16) + laneSum<T>(s2), 16);
    f64.store(to4, f64.load(to4, 24) + laneSum<T>(s3), 24);
  }
  for (; a < to; a++) {
    const z0 = column(z, subset, a, stride);
    let s0 = zero;
    for (let i: usize = 0; i < stride; i += 16) s0 = v128.add<T>(s0, v128.mul<T>(v128.load(r + i), v128.load(z0 + i)));
    const to1 = out + (<usize>a << 3);
    f64.store(to1, f64.load(to1) + laneSum<T>(s0));
  }
}

/** out_j = sum_i w_i z_ij^2 for the first `count` columns. */
export function squarePanel(z: usize, rows: u32, count: u32, w: usize, out: usize): void {
  const stride = <usize>rows << 3;
  for (let j: u32 = 0; j < count; j++, z += stride) {
    let s = f64x2.splat(0);
    for (let i: usize = 0; i < stride; i += 16) {
      const x = v128.load(z + i);
      s = f64x2.add(s, f64x2.mul(f64x2.mul(v128.load(w + i), x), x));
    }
    f64.store(out + (<usize>j << 3), horizontalSum(s));
  }
}

/**
 * eta_i += sum_a beta_a z_ij, j = subset[a]; rows `from` to `to` - 1 of the panel (both even). Column is added to column, so that the
 * digits do not depend on which of them are zeros; the loop in single precision adds them in pairs (logistic/float32.ts).
 */
export function predictPanel(
  z: usize,
  rows: u32,
  subset: usize,
  count: u32,
  beta: usize,
  eta: usize,
  from: u32,
  to: u32,
): void {
  const stride = <usize>rows << 3;
  const first = <usize>from << 3;
  const last = <usize>to << 3;
  let a: u32 = 0;
  for (; a + 4 <= count; a += 4) {
    const z0 = column(z, subset, a, stride);
    const z1 = column(z, subset, a + 1, stride);
    const z2 = column(z, subset, a + 2, stride);
    const z3 = column(z, subset, a + 3, stride);
    const b = beta + (<usize>a << 3);
    const b0 = f64x2.splat(f64.load(b));
    const b1 = f64x2.splat(f64.load(b + 8));
    const b2 = f64x2.splat(f64.load(b + 16));
    const b3 = f64x2.splat(f64.load(b + 24));
    for (let i = first; i < last; i += 16) {
      let x = v128.load(eta + i);
      x = f64x2.add(x, f64x2.mul(b0, v128.load(z0 + i)));
      x = f64x2.add(x, f64x2.mul(b1, v128.load(z1 + i)));
      x = f64x2.add(x, f64x2.mul(b2, v128.load(z2 + i)));
      x = f64x2.add(x, f64x2.mul(b3, v128.load(z3 + i)));
      v128.store(eta + i, x);
    }
  }
  for (; a < count; a++) {
    const z0 = column(z, subset, a, stride);
    const b0 = f64x2.splat(f64.load(beta + (<usize>a << 3)));
    for (let i = first; i < last; i += 16) {
      v128.store(eta + i, f64x2.add(v128.load(eta + i), f64x2.mul(b0, v128.load(z0 + i))));
    }
  }
}

/** out_k += a x_k for `count` (even) entries. */
export function addRow(x: usize, count: u32, a: f64, out: usize): void {
  const factor = f64x2.splat(a);
  const end = <usize>count << 3;
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(out + i, f64x2.add(v128.load(out + i), f64x2.mul(factor, v128.load(x + i))));
  }
}
