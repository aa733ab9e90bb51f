// x'A x for several sparse x: the rows of A that belong to zeros are not read.
import { horizontalSum } from '../design/layout';

/**
 * [a, stride, size, vectors, count, out]: out_k = x_k'A x_k for the lane's four vectors. A and the vectors have rows of `stride`
 * (even) doubles, of which `size` count and one that follows is zero. The last vectors of a lane beyond `count` are taken again.
 */
export function quadraticForms(job: usize, lane: u32, _lanes: u32, _scratch: usize): void {
  const stride = <usize>load<u32>(job, 4) << 3;
  const bytes = <usize>load<u32>(job, 8) << 3;
  const vectors = <usize>load<u32>(job, 12);
  const last = load<u32>(job, 16) - 1;
  const out = <usize>load<u32>(job, 20);
  const k = lane * 4;
  const x0 = vectors + <usize>k * stride;
  const x1 = vectors + <usize>min(k + 1, last) * stride;
  const x2 = vectors + <usize>min(k + 2, last) * stride;
  const x3 = vectors + <usize>min(k + 3, last) * stride;
  let s0: f64 = 0;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  let row = <usize>load<u32>(job);
  for (let j: usize = 0; j < bytes; j += 8, row += stride) {
    const b0 = f64.load(x0 + j);
    const b1 = f64.load(x1 + j);
    const b2 = f64.load(x2 + j);
    const b3 = f64.load(x3 + j);
    if (b0 == 0 && b1 == 0 && b2 == 0 && b3 == 0) continue;
    let t0 = f64x2.splat(0);
    let t1 = t0;
    let t2 = t0;
    let t3 = t0;
    for (let i: usize = 0; i < stride; i += 16) {
      const a = v128.load(row + i);
      t0 = f64x2.add(t0, f64x2.mul(a, v128.load(x0 + i)));
      t1 = f64x2.add(t1, f64x2.mul(a, v128.load(x1 + i)));
      t2 = f64x2.add(t2, f64x2.mul(a, v128.load(x2 + i)));
      t3 = f64x2.add(t3, f64x2.mul(a, v128.load(x3 + i)));
    }
    s0 += b0 * horizontalSum(t0);
    s1 += b1 * horizontalSum(t1);
    s2 += b2 * horizontalSum(t2);
    s3 += b3 * horizontalSum(t3);
  }
  f64.store(out + (<usize>k << 3), s0);
  if (k + 1 <= last) f64.store(out + (<usize>k << 3), s1, 8);
  if (k + 2 <= last) f64.store(out + (<usize>k << 3), s2, 16);
  if (k + 3 <= last) f64.store(out + (<usize>k << 3), s3, 24);
}
