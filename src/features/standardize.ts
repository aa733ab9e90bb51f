/** z = (x - centre - remainder) / scale; a feature that cannot have a coefficient has scale 0, and z = 0 on every row. */
export interface Standardization {
  readonly centre: number;
  /** The rounding error of the centre: the mean of values like 1e12 + 0.3 has no digits left for it. */
  readonly remainder: number;
  readonly scale: number;
}

/**
 * Learns a feature's standardization from training rows: weighted mean and standard deviation with divisor W.
 * Both are computed about a first estimate, so that 1e12 +- 1 keeps its digits and 1e300 does not overflow.
 *
 * With an intercept a constant adds nothing, so its scale is 0. Without an intercept it is a feature like others, and its scale is its
 * absolute value, so that z is 1 or -1.
 *
 * If the mean is not subtracted and no deviation is requested, the scale is the root mean square: the deviation of a nearly constant column
 * says nothing about its size.
 * @param x values on the training rows; @param v weights that sum to 1
 * @param options `intercept` false leaves the values uncentred
 */
export function learnStandardization(
  x: Float64Array,
  v: Float64Array,
  { intercept, standardize }: { readonly intercept: boolean; readonly standardize: boolean },
): Standardization {
  const constant = constantOf(x, v);
  if (constant !== null) return { centre: 0, remainder: 0, scale: intercept ? 0 : Math.abs(constant) };
  if (!intercept && !standardize) return { centre: 0, remainder: 0, scale: deviation(x, v, 0, 0) };
  const mean = weightedMean(x, v);
  const remainder = meanAbout(mean, x, v);
  const scale = deviation(x, v, mean, remainder);
  return intercept ? { centre: mean, remainder, scale } : { centre: 0, remainder: 0, scale };
}

/** The value of all rows with weight, or null if they differ. Exact: the computed deviation of a constant need not be 0. */
function constantOf(x: Float64Array, v: Float64Array): number | null {
  const first = v.findIndex((weight) => weight > 0);
  for (let i = first + 1; i < x.length; i++) if (x[i] !== x[first] && v[i] > 0) return null;
  return x[first];
}

function weightedMean(x: Float64Array, v: Float64Array): number {
  const mean = meanAbout(0, x, v);
  return mean + meanAbout(mean, x, v);
}

/** The weighted mean of x - origin: two running sums, for even and odd rows, as the compiled kernel has them. */
function meanAbout(origin: number, x: Float64Array, v: Float64Array): number {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < x.length; i += 2) even += v[i] * (x[i] - origin);
  for (let i = 1; i < x.length; i += 2) odd += v[i] * (x[i] - origin);
  return even + odd;
}

function deviation(x: Float64Array, v: Float64Array, mean: number, remainder: number): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) if (v[i] > 0) largest = Math.max(largest, Math.abs(x[i] - mean));
  const sums = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const d = (x[i] - mean - remainder) / largest;
    sums[i % 2] += v[i] * d * d;
  }
  return largest * Math.sqrt(sums[0] + sums[1]);
}

/** Standardizes values in place. */
export function standardizeInPlace(x: Float64Array, { centre, remainder, scale }: Standardization): void {
  if (scale === 0) x.fill(0);
  else for (let i = 0; i < x.length; i++) x[i] = (x[i] - centre - remainder) / scale;
}
