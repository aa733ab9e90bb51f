import { symmetricBeside } from '../kernels/shared-symmetric.js';
import type { Factor } from '../kernels/support-factor.js';
import type { Symmetric } from '../kernels/symmetric.js';
import { dot, gather, maxAbs, sum } from '../kernels/vector.js';
import type { WeightedProducts } from '../problem/loss-state.js';
import { allColumns, type Problem } from '../problem/problem.js';

/** Share of a right side that a solve may leave. */
const EXACT = 1e-13;

/**
 * The Hessian of the loss over a growing set of columns, at the curvature of one moment and scaled to that of the point at
 * hand: scale H = Z_A' W Z_A about the weighted mean. New columns are added at the same curvature, so that one build serves
 * many steps and many lambdas. Vectors over the columns hold the intercept last.
 */
export class WorkingHessian {
  columns: Int32Array = new Int32Array(0);
  /** |A| x |A|, the intercept eliminated, not scaled. */
  readonly h: Symmetric;
  readonly factor: Factor;
  /** What the matrix is multiplied by at the point at hand. */
  scale = 1;
  /** Z_A' w, and sum_i w_i. */
  private sums: Float64Array = new Float64Array(0);
  private total = 0;
  private w: Float64Array = new Float64Array(0);

  /** @param products of the columns, from a copy of the design where that is faster */
  constructor(
    private readonly problem: Problem,
    private readonly products: WeightedProducts = problem.design,
  ) {
    this.h = symmetricBeside(problem.design);
    this.factor = this.h.factor();
  }

  /** Starts again with these columns at this curvature. Cost: rows |A|^2. */
  rebuild(columns: Int32Array, w: Float64Array): void {
    this.w = w;
    this.total = sum(w);
    this.scale = 1;
    this.columns = new Int32Array(0);
    this.h.resize(0);
    this.factor.clear();
    this.sums = new Float64Array(0);
    this.extend(columns);
  }

  /** Adds columns at the curvature of the last build. Cost: rows |A| times the number added. */
  extend(added: Int32Array): void {
    if (added.length === 0) return;
    const old = this.columns.length;
    const size = old + added.length;
    const columns = new Int32Array(size);
    columns.set(this.columns);
    columns.set(added, old);
    const rows = this.products.gramRows(this.w, columns, old);
    const allSums = new Float64Array(size);
    allSums.set(this.sums);
    if (this.isCentred) this.products.gradient(this.w, allSums.subarray(old), added);
    this.h.resize(size);
    for (let a = old; a < size; a++) {
      const scaled = this.total > 0 ? allSums[a] / this.total : 0;
      for (let b = 0; b <= a; b++) this.h.set(a, b, rows[(a - old) * size + b] - scaled * allSums[b]);
    }
    this.columns = columns;
    this.sums = allSums;
  }

  /** Scales the matrix to the curvature of another point. @param total sum_i w_i there */
  scaleTo(total: number): void {
    this.scale = this.total > 0 && total > 0 ? total / this.total : 1;
  }

  /** What a build costs, in steps: a pass over the data and the work on the quadratic model. */
  steps(): number {
    const { rows } = this.problem.design;
    const size = this.columns.length;
    return (size * size * (rows / 4 + 1.3 * size)) / (rows * (2 * size + 100) + 10 * size * size);
  }

  /** Takes the intercept out of a gradient: what is left for H alone to answer. */
  withoutIntercept(gradient: Float64Array): Float64Array {
    const { sums } = this;
    const pull = this.isCentred ? gradient[this.columns.length] / this.total : 0;
    const out = new Float64Array(sums.length);
    for (let a = 0; a < out.length; a++) out[a] = gradient[a] - sums[a] * pull;
    return out;
  }

  /** The intercept's part of the step whose part on the columns is `step`. */
  interceptOf(gradient: Float64Array, step: Float64Array): number {
    if (!this.isCentred) return 0;
    return (gradient[this.columns.length] / this.scale - dot(this.sums, step)) / this.total;
  }

  /** The whole matrix, intercept included, times a step. Cost: |A|^2. */
  times(step: Float64Array): Float64Array {
    const size = this.columns.length;
    const product = this.h.vector(0);
    this.h.addRows(allColumns(size), step.subarray(0, size), product);
    const shift = this.isCentred ? dot(this.sums, step.subarray(0, size)) / this.total + step[size] : 0;
    const out = new Float64Array(size + 1);
    for (let a = 0; a < size; a++) out[a] = this.scale * (product[a] + this.sums[a] * shift);
    out[size] = this.scale * this.total * shift;
    return out;
  }

  /**
   * Solves for some of the columns and the intercept, the other columns staying where they are.
   * @param free places in `columns`; @param ridge added to each of them; @param r for each of them, the intercept last
   */
  solve(free: Int32Array, ridge: Float64Array, r: Float64Array): Float64Array {
    const { scale, total } = this;
    const size = free.length;
    const sums = gather(this.sums, free);
    const pull = this.isCentred ? r[size] / scale / total : 0;
    const added = new Float64Array(this.h.size);
    free.forEach((a, k) => {
      added[a] = ridge[k] / scale;
    });
    const side = sums.map((s, k) => r[k] / scale - s * pull);
    const x = this.factor.solve(free, added, side, EXACT * maxAbs(side));
    const out = new Float64Array(size + 1);
    out.set(x);
    if (this.isCentred) out[size] = pull - dot(sums, x) / total;
    return out;
  }

  private get isCentred(): boolean {
    return this.problem.intercept && this.total > 0;
  }
}
