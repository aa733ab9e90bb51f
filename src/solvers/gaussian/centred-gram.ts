import { sum } from '../../linalg/vector.js';
import type { Problem } from '../../problem/problem.js';
import { EliminatedIntercept } from '../eliminated-intercept.js';

/** Z_A' W Z_A about the weighted mean of each column (with an intercept). */
export interface CentredGram {
  /** |A| x |A|, row-major, full. */
  readonly h: Float64Array;
  readonly eliminated: EliminatedIntercept;
}

/** Eliminates the intercept from the weighted Gram matrix. Cost: rows |A|^2. */
export function centredGram(
  { design, intercept }: Problem,
  w: Float64Array,
  subset: Int32Array,
): CentredGram {
  const m = subset.length;
  const h = design.gram(w, subset);
  const eliminated = new EliminatedIntercept(intercept);
  eliminated.reset(sum(w));
  eliminated.add(m, (out) => design.gradient(w, out, subset));
  const { sums, total, isCentred } = eliminated;
  if (!isCentred) return { h, eliminated };
  for (let a = 0; a < m; a++) {
    const scaled = sums[a] / total;
    for (let b = 0; b < m; b++) h[a * m + b] -= scaled * sums[b];
  }
  return { h, eliminated };
}
