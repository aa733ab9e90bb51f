// Gram matrices. In single precision products and their sums over a block of rows are singles, all other sums doubles.
import { blockAddress, blockCount, blockRows, bytesOf, column, HEIGHT, laneSum, word } from './layout';

/** Columns of a block of 256 rows that stay in a second-level cache beside what else is in use: 192 KB. A multiple of four. */
// @ts-ignore: decorator
@inline
function cached<T>(): u32 {
  return 768 / sizeof<T>();
}

/** [design, subset, count, w, partial, first]: partial[lane] = rows `first` and on of Z_A' W Z_A, lower triangle; w is of type T. */
export function gramBlocks<T>(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const design = <usize>word(job, 0);
  const count = word(job, 2);
  const first = word(job, 5);
  const size = <usize>(count - first) * <usize>count << 3;
  const out = <usize>word(job, 4) + <usize>lane * size;
  memory.fill(out, 0, size);
  const blocks = blockCount(design);
  const height = <usize>load<u32>(design, HEIGHT);
  for (let b = lane; b < blocks; b += lanes) {
    const z = blockAddress<T>(design, b);
    const rows = blockRows(design, b);
    const w = <usize>word(job, 3) + (bytesOf<T>(<usize>b * height));
    // Some columns at a time, which stay in the second-level cache while all tile rows meet them.
    for (let from: u32 = 0; from < count; from += cached<T>()) {
      for (let a = first + (from > first ? (from - first) & ~3 : 0); a < count; a += 4) {
        gramTileRow<T>(z, rows, word(job, 1), count, first, a, from, from + cached<T>(), w, out, scratch);
      }
    }
  }
}

/**
 * [design, subset, count, w, out, first]: the lane's tile rows of the same over all blocks: no partial sums, for large
 * counts. out begins as zeros.
 */
export function gramTiles<T>(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const design = <usize>word(job, 0);
  const count = word(job, 2);
  const first = word(job, 5);
  const blocks = blockCount(design);
  const height = <usize>load<u32>(design, HEIGHT);
  for (let b: u32 = 0; b < blocks; b++) {
    const z = blockAddress<T>(design, b);
    const rows = blockRows(design, b);
    const w = <usize>word(job, 3) + (bytesOf<T>(<usize>b * height));
    for (let a = first + lane * 4; a < count; a += lanes * 4) {
      gramTileRow<T>(z, rows, word(job, 1), count, first, a, 0, count, w, word(job, 4), scratch);
    }
  }
}

/**
 * Writes w_i z_ij for `width` (at most 4) columns from subset[a] to `scaled`, and zeros for the rest of four: of the rows that fill a
 * register the four columns side by side, so that one address is enough to read them.
 */
function scaleColumns<T>(z: usize, rows: u32, subset: usize, a: u32, width: u32, w: usize, scaled: usize): void {
  const stride = bytesOf<T>(rows);
  for (let k: u32 = 0; k < 4; k++) {
    let target = scaled + (<usize>k << 4);
    const source = k < width ? column(z, subset, a + k, stride) : 0;
    for (let i: usize = 0; i < stride; i += 16, target += 64) {
      v128.store(target, k < width ? v128.mul<T>(v128.load(w + i), v128.load(source + i)) : v128.splat<T>(0));
    }
  }
}

/**
 * gram_ab += sum_i w_i z_ia z_ib for the rows a of the tile row that begins at a0 (four of them) and all b from `from` (a multiple
 * of four) to a0 + 3, but less than `to`: the lower triangle and a little above its diagonal. gram has `count` columns; its first
 * row is that of a = `first`.
 * @param scratch the weighted columns, 4 * rows numbers, then a column of `rows` zeros, then 16 doubles
 */
function gramTileRow<T>(
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
  const stride = bytesOf<T>(rows);
  const width = count - a0 < 4 ? count - a0 : 4;
  scaleColumns<T>(z, rows, subset, a0, width, w, scratch);
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
    tileProduct<T>(scratch, stride, y0, y1, tile);
    if (across > 2) tileProduct<T>(scratch, stride, y2, y3, tile + 16);
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
function tileProduct<T>(x: usize, stride: usize, y0: usize, y1: usize, tile: usize): void {
  let c00 = v128.splat<T>(0);
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
    c00 = v128.add<T>(c00, v128.mul<T>(u, v0));
    c01 = v128.add<T>(c01, v128.mul<T>(u, v1));
    u = v128.load(x, 16);
    c10 = v128.add<T>(c10, v128.mul<T>(u, v0));
    c11 = v128.add<T>(c11, v128.mul<T>(u, v1));
    u = v128.load(x, 32);
    c20 = v128.add<T>(c20, v128.mul<T>(u, v0));
    c21 = v128.add<T>(c21, v128.mul<T>(u, v1));
    u = v128.load(x, 48);
    c30 = v128.add<T>(c30, v128.mul<T>(u, v0));
    c31 = v128.add<T>(c31, v128.mul<T>(u, v1));
  }
  storePair<T>(tile, c00, c01);
  storePair<T>(tile + 32, c10, c11);
  storePair<T>(tile + 64, c20, c21);
  storePair<T>(tile + 96, c30, c31);
}

// @ts-ignore: decorator
@inline
function storePair<T>(at: usize, a: v128, b: v128): void {
  f64.store(at, laneSum<T>(a));
  f64.store(at, laneSum<T>(b), 8);
}
