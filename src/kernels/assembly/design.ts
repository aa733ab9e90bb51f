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
