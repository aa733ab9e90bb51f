/** The weights of the last values of a series, by order. Beyond the last order what the values are off by would grow. */
const WEIGHTS = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]] as const;
export const MAX_ORDER = WEIGHTS.length - 1;

/** How far the ratio of neighbouring lambdas may differ before the grid counts as irregular. */
const REGULAR = 1e-6;

/**
 * The next vector of a series whose entries change smoothly, by its differences:
 *
 *     order 1: x1      order 2: 2 x1 - x2      order 3: 3 x1 - 3 x2 + x3      order 4: 4 x1 - 6 x2 + 4 x3 - x4
 *
 * @param last x1, x2, ...: the latest first; as many as the highest order, at least one, of one length
 * @param orderOf by entry; order 0 gives 0
 */
export function extrapolated(last: readonly Float64Array[], orderOf: (j: number) => number): Float64Array {
  return last[0].map((_, j) => {
    const weights = WEIGHTS[orderOf(j)];
    let total = 0;
    for (let k = 0; k < weights.length; k++) total += weights[k] * last[k][j];
    return total;
  });
}

/** The order, from 1 to `highest`, that would have come closest last time: the one with the least error. */
export function bestOrder(highest: number, errorOf: (order: number) => number): number {
  let [best, least] = [1, Infinity];
  for (let order = 1; order <= highest; order++) {
    const error = errorOf(order);
    if (error < least) [best, least] = [order, error];
  }
  return best;
}

/** sum_j |guess_j - came_j| where both are known. */
export function distance(guess: Float64Array, came: Float64Array): number {
  return guess.reduce((total, x, j) => total + (Math.abs(x - came[j]) || 0), 0);
}

/** Whether three lambdas, the latest first, are evenly spaced in their logarithms. */
export function isRegular(lambda: number, last: number, before: number): boolean {
  return lambda > 0 && Math.abs((lambda * before) / (last * last) - 1) < REGULAR;
}
