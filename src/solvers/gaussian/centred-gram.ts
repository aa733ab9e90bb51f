import { sum } from '../../linalg/vector.js';
import type { Problem } from '../../problem/problem.js';

/** Z_A' W Z_A about the weighted mean of each column (with an intercept), with the pieces the intercept needs. */
export interface CentredGram {
  /** |A| x |A|, row-major, full. */
  readonly h: Float64Array;
  /** Z_A' w; length |A|; zeros without an intercept. */
  readonly sums: Float64Array;
  /** sum_i w_i. */
  readonly total: number;
}

/** Eliminates the intercept from the weighted Gram matrix. Cost: rows |A|^2. */
export function centredGram(
  { design, intercept }: Problem,
  w: Float64Array,
  subset: Int32Array,
): CentredGram {
  const m = subset.length;
  const h = design.gram(w, subset);
  const sums = new Float64Array(m);
  const total = sum(w);
  if (!intercept || !(total > 0)) return { h, sums, total };
  design.gradient(w, sums, subset);
  for (let a = 0; a < m; a++) {
    const scaled = sums[a] / total;
    for (let b = 0; b < m; b++) h[a * m + b] -= scaled * sums[b];
  }
  return { h, sums, total };
}
