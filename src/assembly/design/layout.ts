// A design in memory, as the TypeScript side lays it out: blocks of `height` rows one after the other (the last may be
// shorter), each column-major. Row counts are even: an odd last row is followed by a row of zeros. Cells are doubles, or singles in a copy
// whose row counts are multiples of four: what is the same for both has their type T, f64 or f32, as a parameter.

/** Fields of a design descriptor, in 32-bit words. */
export const BASE: usize = 0;
export const ROWS: usize = 4;
export const COLUMNS: usize = 8;
export const HEIGHT: usize = 12;

// @ts-ignore: decorator
@inline
export function blockCount(design: usize): u32 {
  const height = load<u32>(design, HEIGHT);
  return (load<u32>(design, ROWS) + height - 1) / height;
}

/** Rows of block b. */
// @ts-ignore: decorator
@inline
export function blockRows(design: usize, b: u32): u32 {
  const height = load<u32>(design, HEIGHT);
  const rest = load<u32>(design, ROWS) - b * height;
  return rest < height ? rest : height;
}

/** Address of block b. */
// @ts-ignore: decorator
@inline
export function blockAddress<T>(design: usize, b: u32): usize {
  const before = <usize>b * <usize>load<u32>(design, HEIGHT) * <usize>load<u32>(design, COLUMNS);
  return <usize>load<u32>(design, BASE) + bytesOf<T>(before);
}

/** Address of column subset[a] of a block. @param stride bytes of a column */
// @ts-ignore: decorator
@inline
export function column(z: usize, subset: usize, a: u32, stride: usize): usize {
  return z + <usize>load<u32>(subset + (<usize>a << 2)) * stride;
}

/** Argument k of a job. */
// @ts-ignore: decorator
@inline
export function word(job: usize, k: usize): u32 {
  return load<u32>(job + (k << 2));
}

/** Bytes of so many numbers. */
// @ts-ignore: decorator
@inline
export function bytesOf<T>(count: usize): usize {
  return count << alignof<T>();
}

/** The sum of two doubles. */
// @ts-ignore: decorator
@inline
export function horizontalSum(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** The sum of the numbers in a register, two doubles or four singles, in double precision. */
// @ts-ignore: decorator
@inline
export function laneSum<T>(x: v128): f64 {
  if (sizeof<T>() == 8) return horizontalSum(x);
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
  return horizontalSum(f64x2.add(low, high));
}

/**
 * [design, source, list, count]: the lane's blocks of a design whose row i is row list[i] of the source; a row beyond `count` is zero.
 * @param scratch two words for each row of a block
 */
export function selectRows(job: usize, lane: u32, lanes: u32, scratch: usize): void {
  const design = <usize>load<u32>(job);
  const source = <usize>load<u32>(job, 4);
  const list = <usize>load<u32>(job, 8);
  const count = load<u32>(job, 12);
  const columns = load<u32>(design, COLUMNS);
  const height = load<u32>(design, HEIGHT);
  const blocks = blockCount(design);
  for (let b = lane; b < blocks; b += lanes) {
    const rows = blockRows(design, b);
    const chosen = min(rows, count - b * height);
    locate(source, list + (<usize>(b * height) << 2), chosen, scratch);
    let out = blockAddress<f64>(design, b);
    for (let j: u32 = 0; j < columns; j++, out += <usize>rows << 3) {
      for (let i: usize = 0; i < <usize>chosen; i++) {
        const place = scratch + (i << 3);
        const cell = load<u32>(place);
        store<u64>(out + (i << 3), load<u64>(<usize>cell));
        store<u32>(place, cell + load<u32>(place, 4));
      }
      memory.fill(out + (<usize>chosen << 3), 0, <usize>(rows - chosen) << 3);
    }
  }
}

/** For each of some rows of a design the address of its first cell, and how many bytes further the next one is. */
function locate(design: usize, list: usize, count: u32, out: usize): void {
  const height = load<u32>(design, HEIGHT);
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = load<u32>(list + (i << 2));
    const block = row / height;
    store<u32>(out + (i << 3), <u32>blockAddress<f64>(design, block) + ((row % height) << 3));
    store<u32>(out + (i << 3), blockRows(design, block) << 3, 4);
  }
}
