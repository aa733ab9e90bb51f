// The loops over one panel: `rows` (even) x some columns of a column-major block. `subset` lists 32-bit column numbers.
// Each dot product has two running sums, for even and odd rows, whatever the number of columns taken at a time,
// so that a column's digits do not depend on its neighbours.
import { horizontalSum } from './layout';

// @ts-ignore: decorator
@inline
function column(z: usize, subset: usize, a: u32, stride: usize): usize {
  return z + <usize>load<u32>(subset + (<usize>a << 2)) * stride;
}

/** out_a += sum_i z_ij r_i for j = subset[a], a from `from` to `to` - 1. */
export function gradientPanel(z: usize, rows: u32, subset: usize, from: u32, to: u32, r: usize, out: usize): void {
  const stride = <usize>rows << 3;
  const zero = f64x2.splat(0);
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
      s0 = f64x2.add(s0, f64x2.mul(x, v128.load(z0 + i)));
      s1 = f64x2.add(s1, f64x2.mul(x, v128.load(z1 + i)));
      s2 = f64x2.add(s2, f64x2.mul(x, v128.load(z2 + i)));
      s3 = f64x2.add(s3, f64x2.mul(x, v128.load(z3 + i)));
    }
    const to4 = out + (<usize>a << 3);
    f64.store(to4, f64.load(to4) + horizontalSum(s0));
    f64.store(to4 + 8, f64.load(to4 + 8) + horizontalSum(s1));
    f64.store(to4 + 16, f64.load(to4 + 16) + horizontalSum(s2));
    f64.store(to4 + 24, f64.load(to4 + 24) + horizontalSum(s3));
  }
  for (; a < to; a++) {
    const z0 = column(z, subset, a, stride);
    let s0 = zero;
    for (let i: usize = 0; i < stride; i += 16) s0 = f64x2.add(s0, f64x2.mul(v128.load(r + i), v128.load(z0 + i)));
    const to1 = out + (<usize>a << 3);
    f64.store(to1, f64.load(to1) + horizontalSum(s0));
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

/** eta_i += sum_a beta_a z_ij, j = subset[a]; rows `from` to `to` - 1 of the panel (both even). */
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

/**
 * Writes w_i z_ij for `width` (at most 4) columns from subset[a] to `scaled`, and zeros for the rest of four: of each pair of rows
 * the four columns side by side, so that one address is enough to read them.
 */
function scaleColumns(z: usize, rows: u32, subset: usize, a: u32, width: u32, w: usize, scaled: usize): void {
  const stride = <usize>rows << 3;
  for (let k: u32 = 0; k < 4; k++) {
    let target = scaled + (<usize>k << 4);
    const source = k < width ? column(z, subset, a + k, stride) : 0;
    for (let i: usize = 0; i < stride; i += 16, target += 64) {
      v128.store(target, k < width ? f64x2.mul(v128.load(w + i), v128.load(source + i)) : f64x2.splat(0));
    }
  }
}

/**
 * gram_ab += sum_i w_i z_ia z_ib for the rows a of the tile row that begins at a0 (four of them) and all b from `from` (a multiple
 * of four) to a0 + 3, but less than `to`: the lower triangle and a little above its diagonal. gram has `count` columns; its first
 * row is that of a = `first`.
 * @param scratch 4 * rows doubles for the weighted columns, then one zero column of `rows` doubles
 */
export function gramTileRow(
  z: usize,
  rows: u32,
  subset: usize,
  count: u32,
  first: u32,
  a0: u32,
  from: u32,
  to: u32,
  w: usize,
  gram: usize,
  scratch: usize,
): void {
  const stride = <usize>rows << 3;
  const width = count - a0 < 4 ? count - a0 : 4;
  scaleColumns(z, rows, subset, a0, width, w, scratch);
  const zeros = scratch + 4 * stride;
  memory.fill(zeros, 0, stride);
  const end = min(a0 + width, to);
  const tile = zeros + stride;
  for (let b = from; b < end; b += 4) {
    const y0 = column(z, subset, b, stride);
    const y1 = b + 1 < end ? column(z, subset, b + 1, stride) : zeros;
    const y2 = b + 2 < end ? column(z, subset, b + 2, stride) : zeros;
    const y3 = b + 3 < end ? column(z, subset, b + 3, stride) : zeros;
    const across = end - b < 4 ? end - b : 4;
    tileProduct(scratch, stride, y0, y1, tile);
    if (across > 2) tileProduct(scratch, stride, y2, y3, tile + 16);
    for (let i: u32 = 0; i < width; i++) {
      for (let j: u32 = 0; j < across; j++) {
        const at = gram + ((<usize>(a0 - first + i) * <usize>count + <usize>(b + j)) << 3);
        f64.store(at, f64.load(at) + f64.load(tile + ((<usize>i * 4 + <usize>j) << 3)));
      }
    }
  }
}

/**
 * tile_kl = sum_i x_ik y_il for four columns x (side by side) and two columns y, in a tile of rows of four: eight sums. More
 * would not fit the registers of every machine, and moving them out and in costs more than reading x twice.
 */
function tileProduct(x: usize, stride: usize, y0: usize, y1: usize, tile: usize): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let i: usize = 0; i < stride; i += 16, x += 64) {
    const v0 = v128.load(y0 + i);
    const v1 = v128.load(y1 + i);
    let u = v128.load(x);
    c00 = f64x2.add(c00, f64x2.mul(u, v0));
    c01 = f64x2.add(c01, f64x2.mul(u, v1));
    u = v128.load(x, 16);
    c10 = f64x2.add(c10, f64x2.mul(u, v0));
    c11 = f64x2.add(c11, f64x2.mul(u, v1));
    u = v128.load(x, 32);
    c20 = f64x2.add(c20, f64x2.mul(u, v0));
    c21 = f64x2.add(c21, f64x2.mul(u, v1));
    u = v128.load(x, 48);
    c30 = f64x2.add(c30, f64x2.mul(u, v0));
    c31 = f64x2.add(c31, f64x2.mul(u, v1));
  }
  storePair(tile, c00, c01);
  storePair(tile + 32, c10, c11);
  storePair(tile + 64, c20, c21);
  storePair(tile + 96, c30, c31);
}

// @ts-ignore: decorator
@inline
function storePair(at: usize, a: v128, b: v128): void {
  f64.store(at, horizontalSum(a));
  f64.store(at, horizontalSum(b), 8);
}

/** out_k += a x_k for `count` (even) entries. */
export function addRow(x: usize, count: u32, a: f64, out: usize): void {
  const factor = f64x2.splat(a);
  const end = <usize>count << 3;
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(out + i, f64x2.add(v128.load(out + i), f64x2.mul(factor, v128.load(x + i))));
  }
}
