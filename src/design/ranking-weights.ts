/**
 * The weights of rows for counting pairs, multiplied by a number that no share of pairs depends on: equal weights become 1, so that
 * pairs are counted in whole numbers; others are multiplied by a power of two that leaves the largest below 2, which rounds nothing and
 * keeps products of two from overflow. Weights of 0 stay; the vector itself where nothing changes.
 * @param w not negative
 */
export function rankingWeights(w: Float64Array): Float64Array {
  let [least, most] = [Infinity, 0];
  for (let i = 0; i < w.length; i++) {
    if (w[i] > most) most = w[i];
    if (w[i] > 0 && w[i] < least) least = w[i];
  }
  if (least === most) return most === 1 ? w : w.map((x) => (x > 0 ? 1 : 0));
  // Where all are 0 this is 2^1023, and they stay 0.
  const factor = 2 ** Math.min(-Math.floor(Math.log2(most)), 1023);
  return factor === 1 ? w : w.map((x) => x * factor);
}
