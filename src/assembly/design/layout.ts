// A design in memory, as the TypeScript side lays it out: blocks of `height` rows one after the other (the last may be
// shorter), each column-major. Row counts are even: an odd last row is followed by a row of zeros.

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
export function blockAddress(design: usize, b: u32): usize {
  return (
    <usize>load<u32>(design, BASE) +
    (<usize>b * <usize>load<u32>(design, HEIGHT) * <usize>load<u32>(design, COLUMNS) << 3)
  );
}

// @ts-ignore: decorator
@inline
export function horizontalSum(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
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
    let out = blockAddress(design, b);
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
    store<u32>(out + (i << 3), <u32>blockAddress(design, block) + ((row % height) << 3));
    store<u32>(out + (i << 3), blockRows(design, block) << 3, 4);
  }
}
