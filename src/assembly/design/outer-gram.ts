// Z_A diag(scale) Z_A' for some columns A of a design of one block. A chunk of columns is packed by strips of four rows, so that a tile of the product,
// four rows by four, takes them from the first-level cache and holds its sums in registers.
import { BASE, ROWS } from './layout';

/** Columns that are packed at a time. */
const CHUNK: u32 = 128;

/** Bytes of a strip of a packed chunk, and from one to the next: a little more, for the caches hold few lines at a power of two. */
const STRIP: usize = 4096;
const PITCH: usize = STRIP + 64;

/**
 * [design, scale, partial, subset, count]: partial[lane] = Z_A diag(scale) Z_A' over the lane's chunks of the columns, lower triangle and a
 * little above its diagonal, row-major, the rows rounded up to fours.
 * @param scratch PITCH for each four rows, and STRIP
 */
export function outerGramChunks(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const size = <usize>stripsOf(job) << 5;
  const out = <usize>load<u32>(job, 8) + <usize>lane * <usize>stripsOf(job) * 4 * size;
  memory.fill(out, 0, <usize>stripsOf(job) * 4 * size);
  const columns = load<u32>(job, 16);
  for (let from = lane * CHUNK; from < columns; from += lanes * CHUNK) addChunk(job, from, out, 0, 1, scratch);
}

/**
 * [design, scale, out, subset, count]: the lane's rows of the same, four neighbours at a time, over all columns: no partial sums, for many rows.
 * out begins as zeros. @param scratch as above
 */
export function outerGramTiles(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const columns = load<u32>(job, 16);
  for (let from: u32 = 0; from < columns; from += CHUNK) {
    addChunk(job, from, load<u32>(job, 8), lane, lanes, scratch);
  }
}

/** Strips of four rows. */
// @ts-ignore: decorator
@inline
function stripsOf(job: usize): u32 {
  return (load<u32>(<usize>load<u32>(job), ROWS) + 3) / 4;
}

/** Adds what a chunk of columns makes of the strips `first`, `first` + `step`, ... */
function addChunk(job: usize, from: u32, out: usize, first: u32, step: u32, scratch: usize): void {
  const design = <usize>load<u32>(job);
  const rows = load<u32>(design, ROWS);
  const subset = <usize>load<u32>(job, 12);
  const columns = load<u32>(job, 16);
  const strips = stripsOf(job);
  const row = <usize>strips << 5;
  const scaled = scratch + <usize>strips * PITCH;
  const width = columns - from < CHUNK ? columns - from : CHUNK;
  packColumns(<usize>load<u32>(design, BASE), rows, subset + (<usize>from << 2), width, scratch);
  const weights = <usize>load<u32>(job, 4) + (<usize>from << 3);
  for (let b = first; b < strips; b += step) {
    scaleStrip(scratch + <usize>b * PITCH, weights, width, scaled);
    const target = out + <usize>b * 4 * row;
    for (let a: u32 = 0; a <= b; a++) {
      addTile(scratch + <usize>a * PITCH, scaled, width, target + (<usize>a << 5), row);
    }
  }
}

/** Strip s, column j of a list becomes rows 4 s to 4 s + 3 of it; what the last strip has too many are zeros. */
export function packColumns(z: usize, rows: u32, list: usize, width: u32, packed: usize): void {
  const whole = rows / 4;
  const column = <usize>rows << 3;
  for (let j: u32 = 0; j < width; j++) {
    let from = z + <usize>load<u32>(list + (<usize>j << 2)) * column;
    let to = packed + (<usize>j << 5);
    for (let s: u32 = 0; s < whole; s++, from += 32, to += PITCH) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    if (whole * 4 == rows) continue;
    v128.store(to, v128.load(from));
    v128.store(to, f64x2.splat(0), 16);
  }
}

export function scaleStrip(strip: usize, weights: usize, width: u32, out: usize): void {
  for (let j: u32 = 0; j < width; j++) {
    const w = v128.load64_splat(weights + (<usize>j << 3));
    const at = <usize>j << 5;
    v128.store(out + at, f64x2.mul(w, v128.load(strip + at)));
    v128.store(out + at, f64x2.mul(w, v128.load(strip + at, 16)), 16);
  }
}

/** out_ba += sum_j y_jb x_ja for four rows b and four columns a; its rows are `row` bytes apart. */
export function addTile(x: usize, y: usize, width: u32, out: usize, row: usize): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = x + (<usize>width << 5);
  for (; x < end; x += 32, y += 32) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    let s = v128.load64_splat(y);
    c00 = f64x2.add(c00, f64x2.mul(s, x0));
    c01 = f64x2.add(c01, f64x2.mul(s, x1));
    s = v128.load64_splat(y, 8);
    c10 = f64x2.add(c10, f64x2.mul(s, x0));
    c11 = f64x2.add(c11, f64x2.mul(s, x1));
    s = v128.load64_splat(y, 16);
    c20 = f64x2.add(c20, f64x2.mul(s, x0));
    c21 = f64x2.add(c21, f64x2.mul(s, x1));
    s = v128.load64_splat(y, 24);
    c30 = f64x2.add(c30, f64x2.mul(s, x0));
    c31 = f64x2.add(c31, f64x2.mul(s, x1));
  }
  addPair(out, c00, c01);
  addPair(out + row, c10, c11);
  addPair(out + 2 * row, c20, c21);
  addPair(out + 3 * row, c30, c31);
}

// @ts-ignore: decorator
@inline
function addPair(at: usize, a: v128, b: v128): void {
  v128.store(at, f64x2.add(v128.load(at), a));
  v128.store(at, f64x2.add(v128.load(at, 16), b), 16);
}
