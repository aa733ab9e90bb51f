// Several coefficient vectors at once. Predictions go strip by strip: eight rows of all columns that matter are packed side by
// side, stay in the first-level cache, and meet four vectors at a time in registers. Gradients take four columns and two
// vectors at a time. Neither changes the order in which a number's terms are added: predictions add column by column, a
// gradient has a running sum for each number of a register. Cells, coefficients and predictors are of type T, results are doubles.
import { BASE, blockAddress, blockCount, blockRows, bytesOf, COLUMNS, HEIGHT, laneSum, ROWS } from './layout';

// Words of a table of points, as src/design/points.ts lays it out.
/** How many groups of four points. */
const GROUPS: usize = 4;
/** The columns in which some point is not zero: list, count. */
const USED: usize = 8;
const USED_COUNT: usize = 12;
/** Four words a group: places in that list, how many, four coefficients for each, four intercepts. */
const TABLE: usize = 16;
/** Length rows. */
const OFFSET: usize = 20;

/** Rows of a strip. */
const STRIP: usize = 8;

/** Bytes of two registers, of which a tile of predictions is so many rows. */
const TILE: usize = 32;

/** Bytes of scratch memory that predictions take beside their results. */
// @ts-ignore: decorator
@inline
export function stripBytes<T>(points: usize): usize {
  return bytesOf<T>(<usize>load<u32>(points, USED_COUNT) * STRIP);
}

/** How many points there are places for: the number of points rounded up to fours. */
// @ts-ignore: decorator
@inline
export function placesOf(points: usize): u32 {
  return load<u32>(points, GROUPS) * 4;
}

/**
 * eta_k,i = offset_i + intercept_k + z_i'beta_k for the rows `from` (a multiple of eight) to `to` - 1 of a panel.
 * @param eta address of row 0 of point 0; the points are `stride` bytes apart, and up to seven rows more than `to` are written
 * @param at bytes from the first offset to that of the panel's row 0; @param strip stripBytes of scratch memory
 */
export function predictStrips<T>(
  points: usize,
  z: usize,
  rows: u32,
  from: u32,
  to: u32,
  at: usize,
  eta: usize,
  stride: usize,
  strip: usize,
): void {
  const groups = load<u32>(points, GROUPS);
  const offset = <usize>load<u32>(points, OFFSET) + at;
  for (let i = from; i < to; i += 8) {
    packStrip<T>(points, z, rows, i, to - i < 8 ? to - i : 8, strip);
    const row = bytesOf<T>(i);
    for (let g: u32 = 0; g < groups; g++) {
      const group = <usize>load<u32>(points, TABLE) + (<usize>g << 4);
      const out = eta + <usize>g * 4 * stride + row;
      for (let part: usize = 0; part < bytesOf<T>(STRIP); part += TILE) {
        predictTile<T>(group, strip + part, offset + row + part, out + part, stride);
      }
    }
  }
}

/** Copies `count` rows (even) of the used columns, eight places each; the places that are left are zeros. */
function packStrip<T>(points: usize, z: usize, rows: u32, first: u32, count: u32, strip: usize): void {
  const used = <usize>load<u32>(points, USED);
  const end = used + (<usize>load<u32>(points, USED_COUNT) << 2);
  const stride = bytesOf<T>(rows);
  const source = z + bytesOf<T>(first);
  if (count < 8) memory.fill(strip, 0, stripBytes<T>(points));
  for (let at = used; at < end; at += 4) {
    const x = source + <usize>load<u32>(at) * stride;
    if (count == 8) {
      v128.store(strip, v128.load(x));
      v128.store(strip, v128.load(x, 16), 16);
      if (sizeof<T>() == 8) {
        v128.store(strip, v128.load(x, 32), 32);
        v128.store(strip, v128.load(x, 48), 48);
      }
    } else memory.copy(strip, x, bytesOf<T>(count));
    strip += bytesOf<T>(STRIP);
  }
}

/** The rows of two registers and four points. */
function predictTile<T>(group: usize, strip: usize, offset: usize, eta: usize, stride: usize): void {
  let place = <usize>load<u32>(group);
  const end = place + (<usize>load<u32>(group, 4) << 2);
  let beta = <usize>load<u32>(group, 8);
  const intercepts = <usize>load<u32>(group, 12);
  const o0 = v128.load(offset);
  const o1 = v128.load(offset, 16);
  let b = v128.load_splat<T>(intercepts);
  let a00 = v128.add<T>(o0, b);
  let a01 = v128.add<T>(o1, b);
  b = v128.load_splat<T>(intercepts, sizeof<T>());
  let a10 = v128.add<T>(o0, b);
  let a11 = v128.add<T>(o1, b);
  b = v128.load_splat<T>(intercepts, 2 * sizeof<T>());
  let a20 = v128.add<T>(o0, b);
  let a21 = v128.add<T>(o1, b);
  b = v128.load_splat<T>(intercepts, 3 * sizeof<T>());
  let a30 = v128.add<T>(o0, b);
  let a31 = v128.add<T>(o1, b);
  for (; place < end; place += 4) {
    const z = strip + bytesOf<T>(<usize>load<u32>(place) * STRIP);
    const z0 = v128.load(z);
    const z1 = v128.load(z, 16);
    b = v128.load_splat<T>(beta);
    a00 = v128.add<T>(a00, v128.mul<T>(b, z0));
    a01 = v128.add<T>(a01, v128.mul<T>(b, z1));
    b = v128.load_splat<T>(beta, sizeof<T>());
    a10 = v128.add<T>(a10, v128.mul<T>(b, z0));
    a11 = v128.add<T>(a11, v128.mul<T>(b, z1));
    b = v128.load_splat<T>(beta, 2 * sizeof<T>());
    a20 = v128.add<T>(a20, v128.mul<T>(b, z0));
    a21 = v128.add<T>(a21, v128.mul<T>(b, z1));
    b = v128.load_splat<T>(beta, 3 * sizeof<T>());
    a30 = v128.add<T>(a30, v128.mul<T>(b, z0));
    a31 = v128.add<T>(a31, v128.mul<T>(b, z1));
    beta += 4 * sizeof<T>();
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

/**
 * out_k,j += sum_i z_ij r_k,i for the panel's columns `from` to `to` - 1 and `vectors` vectors r, which are `stride` bytes
 * apart; the results of two vectors are `pitch` bytes apart.
 */
export function gradientTiles<T>(
  z: usize,
  rows: u32,
  from: u32,
  to: u32,
  r: usize,
  stride: usize,
  vectors: u32,
  out: usize,
  pitch: usize,
): void {
  const column = bytesOf<T>(rows);
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const x = z + <usize>j * column;
    const target = out + (<usize>j << 3);
    let k: u32 = 0;
    for (; k + 2 <= vectors; k += 2) {
      gradientTile<T>(x, column, r + <usize>k * stride, stride, target + <usize>k * pitch, pitch);
    }
    for (; k < vectors; k++) {
      for (let c: usize = 0; c < 4; c++) {
        addDot<T>(x + c * column, r + <usize>k * stride, column, target + <usize>k * pitch + (c << 3));
      }
    }
  }
  for (; j < to; j++) {
    for (let k: u32 = 0; k < vectors; k++) {
      addDot<T>(z + <usize>j * column, r + <usize>k * stride, column, out + <usize>k * pitch + (<usize>j << 3));
    }
  }
}

/** Four columns and two vectors. */
function gradientTile<T>(z: usize, column: usize, r: usize, stride: usize, out: usize, pitch: usize): void {
  const z1 = z + column;
  const z2 = z1 + column;
  const z3 = z2 + column;
  const s = r + stride;
  let a0 = v128.splat<T>(0);
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
    a0 = v128.add<T>(a0, v128.mul<T>(u, x));
    b0 = v128.add<T>(b0, v128.mul<T>(v, x));
    x = v128.load(z1 + i);
    a1 = v128.add<T>(a1, v128.mul<T>(u, x));
    b1 = v128.add<T>(b1, v128.mul<T>(v, x));
    x = v128.load(z2 + i);
    a2 = v128.add<T>(a2, v128.mul<T>(u, x));
    b2 = v128.add<T>(b2, v128.mul<T>(v, x));
    x = v128.load(z3 + i);
    a3 = v128.add<T>(a3, v128.mul<T>(u, x));
    b3 = v128.add<T>(b3, v128.mul<T>(v, x));
  }
  addSums<T>(out, a0, a1, a2, a3);
  addSums<T>(out + pitch, b0, b1, b2, b3);
}

// @ts-ignore: decorator
@inline
function addSums<T>(out: usize, a: v128, b: v128, c: v128, d: v128): void {
  f64.store(out, f64.load(out) + laneSum<T>(a));
  f64.store(out, f64.load(out, 8) + laneSum<T>(b), 8);
  f64.store(out, f64.load(out, 16) + laneSum<T>(c), 16);
  f64.store(out, f64.load(out, 24) + laneSum<T>(d), 24);
}

function addDot<T>(x: usize, r: usize, bytes: usize, out: usize): void {
  let total = v128.splat<T>(0);
  for (let i: usize = 0; i < bytes; i += 16) total = v128.add<T>(total, v128.mul<T>(v128.load(r + i), v128.load(x + i)));
  f64.store(out, f64.load(out) + laneSum<T>(total));
}

/** [points, eta, stride]: the linear predictors of all points, `stride` bytes apart, on the lane's blocks, or rows of the only block. */
export function predictMany(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const points = <usize>load<u32>(job);
  const design = <usize>load<u32>(points);
  const eta = <usize>load<u32>(job, 4);
  const stride = <usize>load<u32>(job, 8);
  const blocks = blockCount(design);
  const height = <usize>load<u32>(design, HEIGHT) << 3;
  for (let b = lane; b < blocks && blocks > 1; b += lanes) {
    const rows = blockRows(design, b);
    const at = <usize>b * height;
    predictStrips<f64>(points, blockAddress<f64>(design, b), rows, 0, rows, at, eta + at, stride, scratch);
  }
  if (blocks > 1) return;
  const rows = load<u32>(design, ROWS);
  const strips = (rows + 7) / 8;
  const from = <u32>((<u64>strips * lane) / lanes) * 8;
  const end = <u32>((<u64>strips * (lane + 1)) / lanes) * 8;
  const to = end < rows ? end : rows;
  predictStrips<f64>(points, load<u32>(design, BASE), rows, from, to, 0, eta, stride, scratch);
}

/**
 * [design, vectors, r, stride, out]: out[lane][k] = Z' r_k on the lane's blocks, r_k being `stride` bytes apart; for a
 * design of one block out[k] is whole, divided by columns.
 */
export function gradientMany(job: usize, lane: u32, lanes: u32, _scratch: usize): void {
  const design = <usize>load<u32>(job);
  const vectors = load<u32>(job, 4);
  const r = <usize>load<u32>(job, 8);
  const stride = <usize>load<u32>(job, 12);
  const columns = load<u32>(design, COLUMNS);
  const pitch = <usize>columns << 3;
  const blocks = blockCount(design);
  let out = <usize>load<u32>(job, 16);
  if (blocks == 1) {
    const fours = (columns + 3) / 4;
    const from = <u32>((<u64>fours * lane) / lanes) * 4;
    const end = <u32>((<u64>fours * (lane + 1)) / lanes) * 4;
    const to = end < columns ? end : columns;
    for (let k: u32 = 0; k < vectors && from < to; k++) {
      memory.fill(out + <usize>k * pitch + (<usize>from << 3), 0, <usize>(to - from) << 3);
    }
    gradientTiles<f64>(load<u32>(design, BASE), load<u32>(design, ROWS), from, to, r, stride, vectors, out, pitch);
    return;
  }
  out += <usize>lane * <usize>vectors * pitch;
  memory.fill(out, 0, <usize>vectors * pitch);
  const height = <usize>load<u32>(design, HEIGHT) << 3;
  for (let b = lane; b < blocks; b += lanes) {
    const at = r + <usize>b * height;
    gradientTiles<f64>(blockAddress<f64>(design, b), blockRows(design, b), 0, columns, at, stride, vectors, out, pitch);
  }
}
