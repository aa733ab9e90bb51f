// Solves with a lower triangular matrix, the twins of test/reference/triangle.ts: row i begins `stride` doubles after row i - 1.
import { horizontalSum } from '../design/layout';

/** L x = b in place with the first `size` rows: four running sums a row. */
export function forwardSolve(lower: usize, stride: u32, size: u32, x: usize): void {
  const step = <usize>stride << 3;
  let row = lower;
  for (let i: u32 = 0; i < size; i++, row += step) {
    const whole = <usize>(i & ~3) << 3;
    const end = <usize>i << 3;
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let k: usize = 0;
    for (; k < whole; k += 32) {
      s0 = f64x2.add(s0, f64x2.mul(v128.load(row + k), v128.load(x + k)));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(row + k, 16), v128.load(x + k, 16)));
    }
    let sum = horizontalSum(f64x2.add(s0, s1));
    for (; k < end; k += 8) sum += f64.load(row + k) * f64.load(x + k);
    f64.store(x + end, (f64.load(x + end) - sum) / f64.load(row + end));
  }
}

/** L' x = b likewise. */
export function backwardSolve(lower: usize, stride: u32, size: u32, x: usize): void {
  const step = <usize>stride << 3;
  for (let i = size; i > 0; ) {
    i--;
    const row = lower + <usize>i * step;
    const end = <usize>i << 3;
    const whole = <usize>(i & ~1) << 3;
    const value = f64.load(x + end) / f64.load(row + end);
    f64.store(x + end, value);
    const factor = f64x2.splat(value);
    let k: usize = 0;
    for (; k < whole; k += 16) {
      v128.store(x + k, f64x2.sub(v128.load(x + k), f64x2.mul(factor, v128.load(row + k))));
    }
    if (k < end) f64.store(x + k, f64.load(x + k) - value * f64.load(row + k));
  }
}
