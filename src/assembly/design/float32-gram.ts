// Gram matrices of cells in single precision: products and their sums over a block of rows are singles, all other sums doubles.
import { blockCount, blockRows, HEIGHT } from './layout';
import { column, singleAddress, total, word } from '../logistic/float32';

/** [single, subset, count, w, partial, first]: what gramBlocks does, of singles with weights that are singles. */
export function gramSingle(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const single = <usize>word(job, 0);
  const count = word(job, 2);
  const first = word(job, 5);
  const size = <usize>(count - first) * <usize>count << 3;
  const out = <usize>word(job, 4) + <usize>lane * size;
  memory.fill(out, 0, size);
  const blocks = blockCount(single);
  const height = <usize>load<u32>(single, HEIGHT);
  for (let b = lane; b < blocks; b += lanes) {
    const z = singleAddress(single, b);
    const w = <usize>word(job, 3) + (<usize>b * height << 2);
    for (let a = first; a < count; a += 4) {
      tileRow(z, blockRows(single, b), word(job, 1), count, first, a, w, out, scratch);
    }
  }
}

/**
 * [single, subset, count, w, out, first]: what gramTiles does, of singles.
 */
export function gramTilesSingle(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const single = <usize>word(job, 0);
  const count = word(job, 2);
  const first = word(job, 5);
  const blocks = blockCount(single);
  const height = <usize>load<u32>(single, HEIGHT);
  for (let b: u32 = 0; b < blocks; b++) {
    const z = singleAddress(single, b);
    const w = <usize>word(job, 3) + (<usize>b * height << 2);
    for (let a = first + lane * 4; a < count; a += lanes * 4) {
      tileRow(z, blockRows(single, b), word(job, 1), count, first, a, w, word(job, 4), scratch);
    }
  }
}

/** Writes w_i z_ij for `width` (at most 4) columns from subset[a] to `scaled`, and zeros for the rest of four. */
function scaleColumns(z: usize, stride: usize, subset: usize, a: u32, width: u32, w: usize, scaled: usize): void {
  for (let k: u32 = 0; k < 4; k++) {
    const target = scaled + <usize>k * stride;
    if (k >= width) {
      memory.fill(target, 0, stride);
      continue;
    }
    const source = column(z, subset, a + k, stride);
    for (let i: usize = 0; i < stride; i += 16) {
      v128.store(target + i, f32x4.mul(v128.load(w + i), v128.load(source + i)));
    }
  }
}

/**
 * What gramTileRow does, of singles.
 * @param scratch 4 * rows singles for the weighted columns, one zero column of `rows` singles, then 16 doubles
 */
function tileRow(
  z: usize,
  rows: u32,
  subset: usize,
  count: u32,
  first: u32,
  a0: u32,
  w: usize,
  gram: usize,
  scratch: usize,
): void {
  const stride = <usize>rows << 2;
  const width = count - a0 < 4 ? count - a0 : 4;
  scaleColumns(z, stride, subset, a0, width, w, scratch);
  const zeros = scratch + 4 * stride;
  memory.fill(zeros, 0, stride);
  const end = a0 + width;
  const tile = zeros + stride;
  for (let b: u32 = 0; b < end; b += 4) {
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

/** tile_kl = sum_i x_ik y_il for four columns x (contiguous) and two columns y, in a tile of rows of four doubles. */
function tileProduct(x: usize, stride: usize, y0: usize, y1: usize, tile: usize): void {
  const x1 = x + stride;
  const x2 = x1 + stride;
  const x3 = x2 + stride;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let i: usize = 0; i < stride; i += 16) {
    const v0 = v128.load(y0 + i);
    const v1 = v128.load(y1 + i);
    let u = v128.load(x + i);
    c00 = f32x4.add(c00, f32x4.mul(u, v0));
    c01 = f32x4.add(c01, f32x4.mul(u, v1));
    u = v128.load(x1 + i);
    c10 = f32x4.add(c10, f32x4.mul(u, v0));
    c11 = f32x4.add(c11, f32x4.mul(u, v1));
    u = v128.load(x2 + i);
    c20 = f32x4.add(c20, f32x4.mul(u, v0));
    c21 = f32x4.add(c21, f32x4.mul(u, v1));
    u = v128.load(x3 + i);
    c30 = f32x4.add(c30, f32x4.mul(u, v0));
    c31 = f32x4.add(c31, f32x4.mul(u, v1));
  }
  storePair(tile, c00, c01);
  storePair(tile + 32, c10, c11);
  storePair(tile + 64, c20, c21);
  storePair(tile + 96, c30, c31);
}

// @ts-ignore: decorator
@inline
function storePair(at: usize, a: v128, b: v128): void {
  f64.store(at, total(a));
  f64.store(at, total(b), 8);
}
