/**
 * max_j |g_j| - lambda f_j l1Ratio over the columns that are not in an ascending list: by so much at most the conditions of
 * optimality are missed where coefficients are 0. -Infinity where there is no such column, NaN where one is not a number.
 * @param gradient, factor doubles; @param list words
 */
export function largestExcess(
  gradient: usize,
  factor: usize,
  count: u32,
  list: usize,
  listed: u32,
  lambda: f64,
  l1Ratio: f64,
): f64 {
  let largest = -Infinity;
  let j: u32 = 0;
  for (let a: u32 = 0; a <= listed; a++) {
    const end = a < listed ? load<u32>(list + (<usize>a << 2)) : count;
    for (; j < end; j++) {
      const at = <usize>j << 3;
      const excess = Math.abs(f64.load(gradient + at)) - lambda * f64.load(factor + at) * l1Ratio;
      if (excess <= largest) continue;
      if (excess != excess) return excess;
      largest = excess;
    }
    j++;
  }
  return largest;
}
