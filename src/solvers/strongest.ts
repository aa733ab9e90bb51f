/**
 * Of some columns the `count` with the largest |gradient_j| / factor_j, in the order in which they are given; more where they are alike.
 * @param gradient, factor by column of the design
 */
export function strongest(
  columns: Int32Array,
  gradient: Float64Array,
  factor: Float64Array,
  count: number,
): Int32Array {
  if (columns.length <= count) return columns;
  const strengths = Float64Array.from(columns, (j) => Math.abs(gradient[j]) / factor[j]);
  const least = strengths.slice().sort()[columns.length - count];
  return columns.filter((_, k) => strengths[k] >= least);
}
