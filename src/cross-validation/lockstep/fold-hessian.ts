import type { Design } from '../../design/design.js';
import { Symmetric } from '../../linalg/symmetric.js';
import type { SupportFactor } from '../../linalg/updated-cholesky.js';
import { dot, gather } from '../../linalg/vector.js';
import { restrict, type Separable } from '../../penalties/elastic-net.js';
import { allColumns } from '../../problem/problem.js';

/** Z_A'WZ_A (|A| x |A|, row-major, lower triangle), Z_A'w and sum_i w_i over some rows. */
export interface Curvature {
  readonly gram: Float64Array;
  readonly sums: Float64Array;
  readonly total: number;
}

/** A point with minus the gradient of the loss there; over all columns, the intercept last. */
export interface GradientAt {
  readonly at: Float64Array;
  readonly gradient: Float64Array;
}

/** A Hessian of the loss over some columns and the intercept, from sums made elsewhere; where other columns are zero. */
export class FoldHessian {
  columns: Int32Array = new Int32Array(0);
  /** About the weighted mean where there is an intercept. */
  private readonly h: Symmetric;
  private readonly factor: SupportFactor;
  private sums: Float64Array = new Float64Array(0);
  private total = 0;

  /** @param design beside which the matrix is kept */
  constructor(
    design: Design,
    private readonly intercept: boolean,
  ) {
    this.h = new Symmetric(design.engine);
    this.factor = this.h.factor();
  }

  /** Takes another matrix. */
  set(columns: Int32Array, { gram, sums, total }: Curvature): void {
    const size = columns.length;
    this.columns = columns;
    this.total = total;
    this.sums = this.isCentred ? sums : new Float64Array(size);
    this.h.resize(0);
    this.h.resize(size);
    this.factor.clear();
    for (let a = 0; a < size; a++) {
      const scaled = this.isCentred ? this.sums[a] / total : 0;
      for (let b = 0; b <= a; b++) this.h.set(a, b, gram[a * size + b] - scaled * this.sums[b]);
    }
  }

  /**
   * The minimum of the quadratic model of the loss at a point, plus the penalty:
   *
   *     minimise  1/2 d'Hd - gradient'd + penalty(at + d)
   *
   * @param start coefficients to begin with; length columns of the design
   * @param violation to which the conditions of optimality are met; @param maxSweeps of coordinate descent
   * @returns the point, the intercept last
   */
  minimise(
    { at, gradient }: GradientAt,
    penalty: Separable,
    start: Float64Array,
    violation: number,
    maxSweeps: number,
  ): Float64Array {
    const { columns, h, sums, total } = this;
    const last = at.length - 1;
    const centre = gather(at, columns);
    const b = gather(start, columns);
    const interceptStep = this.isCentred ? gradient[last] / total : 0;
    const c = h.vector(0);
    columns.forEach((j, a) => {
      c[a] = gradient[j] - sums[a] * interceptStep;
    });
    h.addRows(
      allColumns(columns.length),
      centre.map((x, a) => x - b[a]),
      c,
    );
    this.factor.minimise(restrict(penalty, columns), { b, c }, violation, maxSweeps);
    const found = new Float64Array(last + 1);
    columns.forEach((j, a) => {
      found[j] = b[a];
    });
    const shift = sums.reduce((s, x, a) => s + x * (b[a] - centre[a]), 0);
    found[last] = at[last] + (this.isCentred ? interceptStep - shift / total : 0);
    return found;
  }

  /** H d over these columns and the intercept, zeros elsewhere. @param d over all columns, the intercept last. Cost: |A|^2. */
  times(d: Float64Array): Float64Array {
    const { columns, h, sums, total } = this;
    const moved = gather(d, columns);
    const product = h.vector(0);
    h.addRows(allColumns(columns.length), moved, product);
    const shift = this.isCentred ? dot(sums, moved) / total + d[d.length - 1] : 0;
    const out = new Float64Array(d.length);
    columns.forEach((j, a) => {
      out[j] = product[a] + sums[a] * shift;
    });
    out[d.length - 1] = total * shift;
    return out;
  }

  private get isCentred(): boolean {
    return this.intercept && this.total > 0;
  }
}
