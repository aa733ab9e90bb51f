import type { ElasticNet } from '../../penalties/elastic-net.js';
import type { Problem } from '../../problem/problem.js';
import { byTwo, type Decomposed } from '../../solvers/screening/cauchy-schwarz-bound.js';
import { type FoldView, viewedGradient, viewedGradients } from './fold-view.js';

/** A gradient this share below its threshold is below it whatever the solution's remaining error. */
const STRICTLY = 1e-4;

/** At every so many lambdas the gradients of all columns are taken; those between follow from bounds. */
const STRIDE = 10;

/** A path of which the residuals are known, on the rows of a view. */
export interface ViewedPath {
  readonly view: FoldView;
  readonly lambdas: readonly number[];
  /** Minus the derivatives of the loss by eta at each lambda: on all rows of the design, 0 where held out. */
  readonly residuals: readonly Float64Array[];
}

/** Columns that may not be 0 in every solution, and the first lambda at which. */
export interface OpenColumns {
  /** Ascending; empty where nothing is open. */
  readonly columns: Int32Array;
  /** Position among the lambdas. */
  readonly first: number;
}

/** Some of the lambdas: every tenth or so, and the last. */
export function referencesOf(count: number): number[] {
  const steps = Math.max(1, Math.ceil((count - 1) / STRIDE));
  return Array.from({ length: steps + 1 }, (_, r) => Math.min(r * STRIDE, count - 1));
}

/**
 * The largest share of its threshold that the gradient of each column reaches; Infinity for a column without a threshold, or one that can
 * not be judged in the view. Cost: a pass over the data.
 */
export function shareOfThreshold(
  { design, penalty }: Problem,
  { view, lambdas, residuals }: ViewedPath,
): Float64Array {
  const { factor, l1Ratio } = penalty;
  const out = new Float64Array(factor.length);
  viewedGradients(design, view, residuals).forEach((gradient, k) => {
    for (let j = 0; j < out.length; j++) {
      const share = Math.abs(gradient[j]) / (lambdas[k] * l1Ratio * factor[j]);
      if (!(share <= out[j])) out[j] = Number.isNaN(share) ? Infinity : share;
    }
  });
  return out;
}

/**
 * Of the columns that a path was solved without, those that are not shown to be 0 in every solution. All solutions at a lambda have the
 * same residual, and where the gradient of a column is strictly below its threshold its coefficient is 0 in all of them. All gradients are
 * known at some lambdas; between two of them the bound of `cauchy-schwarz-bound.ts` holds. What it leaves open is evaluated.
 * @param inside whether the path was solved with a column; all that can not be judged in the view must be
 * @param tolerance of the path, in the units of the gradient
 * Cost: a pass over the data for ten gradients at a time, and few columns more.
 * Source: Tibshirani (2013), Electron. J. Stat. 7, lemma 1.
 */
export function openColumns(
  { design, penalty }: Problem,
  { view, lambdas, residuals }: ViewedPath,
  inside: Uint8Array,
  tolerance: number,
): OpenColumns {
  const references = referencesOf(lambdas.length);
  const at = references.map((k) => residuals[k]);
  const known = viewedGradients(design, view, at);
  const outside = new OutsideColumns(penalty, inside, tolerance, view.norms);
  const open = new Uint8Array(inside.length);
  let first = lambdas.length;
  lambdas.forEach((lambda, k) => {
    const r = Math.min(Math.floor(k / STRIDE), references.length - 2);
    const parts = byTwo(view.v, at[r], at[r + 1], residuals[k]);
    const columns = outside.mayReach(lambda, parts, known[r], known[r + 1]);
    if (columns.length === 0) return;
    viewedGradient(design, view, residuals[k], columns).forEach((g, a) => {
      const j = columns[a];
      if (Math.abs(g) < outside.level(lambda, j)) return;
      open[j] = 1;
      first = Math.min(first, k);
    });
  });
  return { columns: Int32Array.from(open.keys()).filter((j) => open[j] === 1), first };
}

/** The columns that a path was solved without, and what their gradients have to stay below. */
class OutsideColumns {
  private readonly columns: Int32Array;
  private readonly found: Int32Array;

  constructor(
    private readonly penalty: ElasticNet,
    inside: Uint8Array,
    private readonly tolerance: number,
    private readonly norms: Float64Array,
  ) {
    this.columns = Int32Array.from(inside.keys()).filter((j) => inside[j] === 0);
    this.found = new Int32Array(this.columns.length);
  }

  level(lambda: number, j: number): number {
    const threshold = lambda * this.penalty.l1Ratio * this.penalty.factor[j];
    return threshold - Math.max(STRICTLY * threshold, this.tolerance);
  }

  /** Those whose bound does not show that they stay below. @param before, after gradients of all columns at the two known residuals */
  mayReach(
    lambda: number,
    { c, d, rest }: Decomposed,
    before: Float64Array,
    after: Float64Array,
  ): Int32Array {
    const { columns, norms, found } = this;
    let count = 0;
    for (let a = 0; a < columns.length; a++) {
      const j = columns[a];
      const bound = Math.abs(c * before[j] + d * after[j]) + rest * norms[j];
      if (!(bound < this.level(lambda, j))) found[count++] = j;
    }
    return found.slice(0, count);
  }
}
