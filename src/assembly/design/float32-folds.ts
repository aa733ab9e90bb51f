// What folds.ts does, on cells in single precision: see there and in many.ts, whose loops these are with twice the rows a register.
import { blockCount, blockRows, COLUMNS, HEIGHT } from './layout';
import { logisticLoss } from '../logistic/float64';
import { expSingle, singleAddress, total, word } from '../logistic/float32';

// Words of a table of points, as src/design/points.ts lays it out: coefficients, intercepts and offsets are singles.
const GROUPS: usize = 4;
const USED: usize = 8;
const USED_COUNT: usize = 12;
const TABLE: usize = 16;
const OFFSET: usize = 20;

/** Bytes of a strip of one column: eight rows. */
const STRIP: usize = 32;

/**
 * [points, single, vectors, signed, y, v, foldOf, folds, gradients, pulls, losses]: for point k, which belongs to fold foldOf[k], minus the
 * gradient of the loss over the rows of all other folds and the sum of their residuals, both with |signed_i| as weights, and the
 * loss over the rows of its own with weights v_i, over the lane's blocks: gradients[lane][k][column], pulls[lane][k],
 * losses[lane][k]. y, v and results are doubles.
 * @param scratch a predictor of a block's height for each place, eight rows of each column, then a block's height of doubles
 */
export function foldGradientsSingle(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const points = <usize>word(job, 0);
  const single = <usize>word(job, 1);
  const vectors = word(job, 2);
  const foldOf = <usize>word(job, 6);
  const folds = word(job, 7);
  const pitch = <usize>load<u32>(single, COLUMNS) << 3;
  const out = <usize>word(job, 8) + <usize>lane * <usize>vectors * pitch;
  const pulls = <usize>word(job, 9) + (<usize>lane * <usize>vectors << 3);
  const losses = <usize>word(job, 10) + (<usize>lane * <usize>vectors << 3);
  memory.fill(out, 0, <usize>vectors * pitch);
  memory.fill(pulls, 0, <usize>vectors << 3);
  memory.fill(losses, 0, <usize>vectors << 3);
  const stride = <usize>load<u32>(single, HEIGHT) << 2;
  const strip = scratch + <usize>load<u32>(points, GROUPS) * 4 * stride;
  const doubles = strip + <usize>load<u32>(points, USED_COUNT) * STRIP;
  const blocks = blockCount(single);
  for (let b = lane; b < blocks; b += lanes) {
    const z = singleAddress(single, b);
    const rows = blockRows(single, b);
    const at = <usize>b * stride;
    predictStrips(points, z, rows, at, scratch, stride, strip);
    for (let k: usize = 0; k < <usize>vectors; k++) {
      const eta = scratch + k * stride;
      if (load<u32>(foldOf + (k << 2)) == b % folds) {
        widen(rows, eta, doubles);
        const loss = logisticLoss(rows, <usize>word(job, 4) + 2 * at, <usize>word(job, 5) + 2 * at, doubles);
        f64.store(losses + (k << 3), f64.load(losses + (k << 3)) + loss);
        // The fold's own rows have no part in its gradient.
        memory.fill(eta, 0, <usize>rows << 2);
      } else {
        const pull = residuals(rows, <usize>word(job, 3) + at, eta);
        f64.store(pulls + (k << 3), f64.load(pulls + (k << 3)) + pull);
      }
    }
    gradientTiles(z, rows, load<u32>(single, COLUMNS), scratch, stride, vectors, out, pitch);
  }
}

/** eta_k,i = offset_i + intercept_k + z_i'beta_k for all rows of a panel, a multiple of eight. */
function predictStrips(
  points: usize,
  z: usize,
  rows: u32,
  at: usize,
  eta: usize,
  stride: usize,
  strip: usize,
): void {
  const groups = load<u32>(points, GROUPS);
  const offset = <usize>load<u32>(points, OFFSET) + at;
  const end = <usize>rows << 2;
  for (let row: usize = 0; row < end; row += STRIP) {
    packStrip(points, z + row, end, strip);
    for (let g: u32 = 0; g < groups; g++) {
      const group = <usize>load<u32>(points, TABLE) + (<usize>g << 4);
      predictTile(group, strip, offset + row, eta + <usize>g * 4 * stride + row, stride);
    }
  }
}

/** Copies eight rows of the used columns side by side. */
function packStrip(points: usize, z: usize, stride: usize, strip: usize): void {
  const used = <usize>load<u32>(points, USED);
  const end = used + (<usize>load<u32>(points, USED_COUNT) << 2);
  for (let at = used; at < end; at += 4, strip += STRIP) {
    const x = z + <usize>load<u32>(at) * stride;
    v128.store(strip, v128.load(x));
    v128.store(strip, v128.load(x, 16), 16);
  }
}

/** Eight rows and four points. */
function predictTile(group: usize, strip: usize, offset: usize, eta: usize, stride: usize): void {
  let place = <usize>load<u32>(group);
  const end = place + (<usize>load<u32>(group, 4) << 2);
  let beta = <usize>load<u32>(group, 8);
  const intercepts = <usize>load<u32>(group, 12);
  const o0 = v128.load(offset);
  const o1 = v128.load(offset, 16);
  let b = v128.load32_splat(intercepts);
  let a00 = f32x4.add(o0, b);
  let a01 = f32x4.add(o1, b);
  b = v128.load32_splat(intercepts, 4);
  let a10 = f32x4.add(o0, b);
  let a11 = f32x4.add(o1, b);
  b = v128.load32_splat(intercepts, 8);
  let a20 = f32x4.add(o0, b);
  let a21 = f32x4.add(o1, b);
  b = v128.load32_splat(intercepts, 12);
  let a30 = f32x4.add(o0, b);
  let a31 = f32x4.add(o1, b);
  for (; place < end; place += 4) {
    const z = strip + <usize>load<u32>(place) * STRIP;
    const z0 = v128.load(z);
    const z1 = v128.load(z, 16);
    b = v128.load32_splat(beta);
    a00 = f32x4.add(a00, f32x4.mul(b, z0));
    a01 = f32x4.add(a01, f32x4.mul(b, z1));
    b = v128.load32_splat(beta, 4);
    a10 = f32x4.add(a10, f32x4.mul(b, z0));
    a11 = f32x4.add(a11, f32x4.mul(b, z1));
    b = v128.load32_splat(beta, 8);
    a20 = f32x4.add(a20, f32x4.mul(b, z0));
    a21 = f32x4.add(a21, f32x4.mul(b, z1));
    b = v128.load32_splat(beta, 12);
    a30 = f32x4.add(a30, f32x4.mul(b, z0));
    a31 = f32x4.add(a31, f32x4.mul(b, z1));
    beta += 16;
  }
  v128.store(eta, a00);
  v128.store(eta, a01, 16);
  v128.store(eta + stride, a10);
  v128.store(eta + stride, a11, 16);
  eta += 2 * stride;
  v128.store(eta, a20);
  v128.store(eta, a21, 16);
  v128.store(eta + stride, a30);
  v128.store(eta + stride, a31, 16);
}

/** Doubles of singles. */
function widen(rows: u32, from: usize, to: usize): void {
  const end = <usize>rows << 3;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, f64x2.promote_low_f32x4(v128.load64_zero(from + (i >> 1))));
}

/** eta_i becomes residual_i = v_i (y_i - mean_i), in place, v_i = |signed_i|; returns the sum of these. */
function residuals(rows: u32, signed: usize, eta: usize): f64 {
  const end = <usize>rows << 2;
  const one = f32x4.splat(1);
  const signs = f32x4.splat(-0.0);
  let pull = f32x4.splat(0);
  for (let i: usize = 0; i < end; i += 16) {
    const a = v128.load(signed + i);
    const x = v128.load(eta + i);
    const e = expSingle(v128.or(x, signs));
    const disagree = i32x4.shr_s(v128.xor(a, x), 31);
    const wrong = f32x4.div(v128.bitselect(one, e, disagree), f32x4.add(one, e));
    const r = f32x4.mul(a, wrong);
    pull = f32x4.add(pull, r);
    v128.store(eta + i, r);
  }
  return total(pull);
}

/** out_k,j += sum_i z_ij r_k,i for the panel's columns and `vectors` vectors r. */
function gradientTiles(
  z: usize,
  rows: u32,
  columns: u32,
  r: usize,
  stride: usize,
  vectors: u32,
  out: usize,
  pitch: usize,
): void {
  const column = <usize>rows << 2;
  let j: u32 = 0;
  for (; j + 4 <= columns; j += 4) {
    const x = z + <usize>j * column;
    const target = out + (<usize>j << 3);
    let k: u32 = 0;
    for (; k + 2 <= vectors; k += 2) {
      gradientTile(x, column, r + <usize>k * stride, stride, target + <usize>k * pitch, pitch);
    }
    for (; k < vectors; k++) {
      for (let c: usize = 0; c < 4; c++) {
        addDot(x + c * column, r + <usize>k * stride, column, target + <usize>k * pitch + (c << 3));
      }
    }
  }
  for (; j < columns; j++) {
    for (let k: u32 = 0; k < vectors; k++) {
      addDot(z + <usize>j * column, r + <usize>k * stride, column, out + <usize>k * pitch + (<usize>j << 3));
    }
  }
}

/** Four columns and two vectors. */
function gradientTile(z: usize, column: usize, r: usize, stride: usize, out: usize, pitch: usize): void {
  const z1 = z + column;
  const z2 = z1 + column;
  const z3 = z2 + column;
  const s = r + stride;
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  for (let i: usize = 0; i < column; i += 16) {
    const u = v128.load(r + i);
    const v = v128.load(s + i);
    let x = v128.load(z + i);
    a0 = f32x4.add(a0, f32x4.mul(u, x));
    b0 = f32x4.add(b0, f32x4.mul(v, x));
    x = v128.load(z1 + i);
    a1 = f32x4.add(a1, f32x4.mul(u, x));
    b1 = f32x4.add(b1, f32x4.mul(v, x));
    x = v128.load(z2 + i);
    a2 = f32x4.add(a2, f32x4.mul(u, x));
    b2 = f32x4.add(b2, f32x4.mul(v, x));
    x = v128.load(z3 + i);
    a3 = f32x4.add(a3, f32x4.mul(u, x));
    b3 = f32x4.add(b3, f32x4.mul(v, x));
  }
  addSums(out, a0, a1, a2, a3);
  addSums(out + pitch, b0, b1, b2, b3);
}

// @ts-ignore: decorator
@inline
function addSums(out: usize, a: v128, b: v128, c: v128, d: v128): void {
  f64.store(out, f64.load(out) + total(a));
  f64.store(out, f64.load(out, 8) + total(b), 8);
  f64.store(out, f64.load(out, 16) + total(c), 16);
  f64.store(out, f64.load(out, 24) + total(d), 24);
}

function addDot(x: usize, r: usize, bytes: usize, out: usize): void {
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(r + i), v128.load(x + i)));
  f64.store(out, f64.load(out) + total(sum));
}
