import type { Design } from '../design/design.js';
import type { PivotedFactor } from '../linalg/cholesky.js';
import { Symmetric } from '../linalg/symmetric.js';
import type { Triangle } from '../linalg/triangle.js';

/** Solves with a pivoted factor K = F F', in the memory of a design: with L, the rows of F at the pivots. */
export class PivotedSolve {
  private readonly triangle: Triangle;
  private pivots: Int32Array = new Int32Array(0);
  private size = 0;

  constructor(design: Design) {
    this.triangle = new Symmetric(design.engine).triangle();
  }

  /** Takes up a factor. */
  take({ factor, size, pivots, rank }: PivotedFactor): this {
    const { triangle } = this;
    triangle.reserve(rank, 0);
    for (let k = 0; k < rank; k++) {
      for (let c = 0; c <= k; c++) triangle.data[k * triangle.stride + c] = factor[c * size + pivots[k]];
    }
    this.pivots = pivots;
    this.size = size;
    return this;
  }

  /** F^-T theta: L' x = theta on the pivot rows, 0 on all others. */
  dualOf(theta: Float64Array): Float64Array {
    const x = this.triangle.work.subarray(0, theta.length);
    x.set(theta);
    this.triangle.backward(x);
    return this.spread(x);
  }

  /** K^-1 b where K is regular. */
  solve(b: Float64Array): Float64Array {
    const { pivots, triangle } = this;
    const x = triangle.work.subarray(0, pivots.length);
    for (let k = 0; k < x.length; k++) x[k] = b[pivots[k]];
    triangle.forward(x);
    triangle.backward(x);
    return this.spread(x);
  }

  private spread(x: Float64Array): Float64Array {
    const out = new Float64Array(this.size);
    for (let k = 0; k < x.length; k++) out[this.pivots[k]] = x[k];
    return out;
  }
}
