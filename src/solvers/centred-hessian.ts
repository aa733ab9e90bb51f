import { Symmetric } from '../linalg/symmetric.js';
import type { SupportFactor } from '../linalg/updated-cholesky.js';
import { dot, sequence } from '../linalg/vector.js';
import type { Engine } from '../runtime/engine.js';
import { EliminatedIntercept } from './eliminated-intercept.js';

/** A Hessian over a growing set of columns as a matrix, the intercept eliminated, with the factor that solves with it. */
export class CentredHessian extends EliminatedIntercept {
  /** |A| x |A|. */
  readonly h: Symmetric;
  readonly factor: SupportFactor;

  constructor(engine: Engine, hasIntercept: boolean) {
    super(hasIntercept);
    this.h = new Symmetric(engine);
    this.factor = this.h.factor();
  }

  override reset(total: number): void {
    super.reset(total);
    this.h.resize(0);
    this.factor.clear();
  }

  /**
   * Adds columns.
   * @param rows what they add to the lower triangle of Z_A'WZ_A: as many rows of |A| entries each; @param sumsOf as for `add`
   */
  append(rows: Float64Array, count: number, sumsOf: (out: Float64Array) => void): void {
    this.add(count, sumsOf);
    const { h, sums, total, isCentred } = this;
    const size = sums.length;
    const old = size - count;
    h.resize(size);
    for (let a = old; a < size; a++) {
      const scaled = isCentred ? sums[a] / total : 0;
      for (let b = 0; b <= a; b++) h.set(a, b, rows[(a - old) * size + b] - scaled * sums[b]);
    }
  }

  /** The whole matrix, intercept included and scaled, times a step. Cost: |A|^2. */
  times(step: Float64Array, scale = 1): Float64Array {
    const { h, sums, total, isCentred } = this;
    const size = sums.length;
    const columns = step.subarray(0, size);
    const product = h.vector(0);
    h.addRows(sequence(size), columns, product);
    const shift = isCentred ? dot(sums, columns) / total + step[size] : 0;
    const out = new Float64Array(size + 1);
    for (let a = 0; a < size; a++) out[a] = scale * (product[a] + sums[a] * shift);
    out[size] = scale * total * shift;
    return out;
  }
}
