import type { Design } from '../../design/design.js';
import { appended, gather, minus } from '../../linalg/vector.js';
import { restrict, type Separable } from '../../penalties/elastic-net.js';
import { allColumns } from '../../problem/problem.js';
import { CentredHessian } from '../../solvers/centred-hessian.js';

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
  private readonly matrix: CentredHessian;

  /** @param design beside which the matrix is kept */
  constructor(design: Design, intercept: boolean) {
    this.matrix = new CentredHessian(design.engine, intercept);
  }

  /** Takes another matrix. */
  set(columns: Int32Array, { gram, sums, total }: Curvature): void {
    this.columns = columns;
    this.matrix.reset(total);
    this.matrix.append(gram, columns.length, (out) => out.set(sums));
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
    const { columns, matrix } = this;
    const last = at.length - 1;
    const centre = gather(at, columns);
    const b = gather(start, columns);
    const c = matrix.h.vector(0);
    c.set(matrix.withoutIntercept(appended(gather(gradient, columns), gradient[last])));
    matrix.h.addRows(allColumns(columns.length), minus(centre, b), c);
    matrix.factor.minimise(restrict(penalty, columns), { b, c }, violation, maxSweeps);
    const found = new Float64Array(last + 1);
    columns.forEach((j, a) => {
      found[j] = b[a];
    });
    found[last] = at[last] + matrix.interceptOf(gradient[last], minus(b, centre));
    return found;
  }

  /** H d over these columns and the intercept, zeros elsewhere. @param d over all columns, the intercept last. Cost: |A|^2. */
  times(d: Float64Array): Float64Array {
    const { columns } = this;
    const last = d.length - 1;
    const product = this.matrix.times(appended(gather(d, columns), d[last]));
    const out = new Float64Array(d.length);
    columns.forEach((j, a) => {
      out[j] = product[a];
    });
    out[last] = product[columns.length];
    return out;
  }
}
