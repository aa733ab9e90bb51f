import { Symmetric } from '../../linalg/symmetric.js';
import type { SupportFactor } from '../../linalg/updated-cholesky.js';
import { appended, divided, dot, gather, maxAbs, minus } from '../../linalg/vector.js';
import type { Separable } from '../../penalties/elastic-net.js';
import type { WeightedProducts } from '../../problem/loss-state.js';
import { allColumns, type Problem } from '../../problem/problem.js';
import { ModelHessian } from './model-hessian.js';

/** Share of a right side that a solve may leave. */
const EXACT = 1e-13;

/**
 * The Hessian as a matrix, columns by columns: h = Z_A' W Z_A about the weighted mean. New columns are added at the same curvature, so that one
 * build serves many steps and many lambdas. Cost of a build: rows |A|^2.
 */
export class WorkingHessian extends ModelHessian {
  /** |A| x |A|, the intercept eliminated, not scaled. */
  readonly h: Symmetric;
  readonly factor: SupportFactor;

  /** @param products of the columns, from a copy of the design where that is faster */
  constructor(
    problem: Problem,
    private readonly products: WeightedProducts = problem.design,
  ) {
    super(problem);
    this.h = new Symmetric(problem.design.engine);
    this.factor = this.h.factor();
  }

  protected clear(): void {
    this.h.resize(0);
    this.factor.clear();
  }

  /** Cost: rows |A| times the number added. */
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

  steps(): number {
    const { rows } = this.problem.design;
    const size = this.columns.length;
    return (size * size * (rows / 4 + 1.3 * size)) / (rows * (2 * size + 100) + 10 * size * size);
  }

  /** Cost: |A|^2. */
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
    const interceptStep = this.isCentred ? r[size] / scale / total : 0;
    const added = new Float64Array(this.h.size);
    free.forEach((a, k) => {
      added[a] = ridge[k] / scale;
    });
    const side = sums.map((s, k) => r[k] / scale - s * interceptStep);
    const x = this.factor.solve(free, added, side, EXACT * maxAbs(side));
    const out = new Float64Array(size + 1);
    out.set(x);
    if (this.isCentred) out[size] = interceptStep - dot(sums, x) / total;
    return out;
  }

  /** Model and penalty are both divided by the scale. */
  proximalStep(
    gradient: Float64Array,
    start: Float64Array,
    penalty: Separable,
    violation: number,
    maxSweeps: number,
  ): Float64Array {
    const { h, factor, scale } = this;
    const state = { b: start.slice(), c: h.vector(0) };
    state.c.set(divided(this.withoutIntercept(gradient), scale));
    const [l1, l2] = [divided(penalty.l1, scale), divided(penalty.l2, scale)];
    factor.minimise({ ...penalty, l1, l2 }, state, violation / scale, maxSweeps);
    const step = minus(state.b, start);
    return appended(step, this.interceptOf(gradient, step));
  }
}
