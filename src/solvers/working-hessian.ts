import { symmetricBeside } from '../kernels/shared-symmetric.js';
import { SupportFactor } from '../kernels/support-factor.js';
import type { Symmetric } from '../kernels/symmetric.js';
import type { Problem } from './problem.js';

/**
 * The Hessian of the loss over a growing set of columns, at the curvature of one moment: H = Z_A' W Z_A about the weighted
 * mean. New columns are added at the same curvature, so that one build serves many steps and many lambdas.
 */
export class WorkingHessian {
  columns: Int32Array = new Int32Array(0);
  /** |A| x |A|, the intercept eliminated. */
  readonly h: Symmetric;
  readonly factor: SupportFactor;
  /** Z_A' w, and sum_i w_i. */
  sums: Float64Array = new Float64Array(0);
  total = 0;
  private w: Float64Array = new Float64Array(0);

  constructor(private readonly problem: Problem) {
    this.h = symmetricBeside(problem.design);
    this.factor = new SupportFactor(this.h);
  }

  /** Starts again with these columns at this curvature. Cost: rows |A|^2. */
  rebuild(columns: Int32Array, w: Float64Array): void {
    this.w = w;
    this.total = w.reduce((a, b) => a + b, 0);
    this.columns = new Int32Array(0);
    this.h.resize(0);
    this.factor.clear();
    this.sums = new Float64Array(0);
    this.extend(columns);
  }

  /** Adds columns at the curvature of the last build. Cost: rows |A| times the number added. */
  extend(added: Int32Array): void {
    if (added.length === 0) return;
    const { design, intercept } = this.problem;
    const old = this.columns.length;
    const columns = Int32Array.from([...this.columns, ...added]);
    const size = columns.length;
    const rows = design.gramRows(this.w, columns, old);
    const sums = new Float64Array(added.length);
    if (intercept && this.total > 0) design.gradient(this.w, sums, added);
    const allSums = Float64Array.from([...this.sums, ...sums]);
    this.h.resize(size);
    for (let a = old; a < size; a++) {
      const scaled = this.total > 0 ? allSums[a] / this.total : 0;
      for (let b = 0; b <= a; b++) this.h.set(a, b, rows[(a - old) * size + b] - scaled * allSums[b]);
    }
    this.columns = columns;
    this.sums = allSums;
  }
}
