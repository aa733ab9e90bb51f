import { dot, sum } from '../../linalg/vector.js';
import type { Separable } from '../../penalties/elastic-net.js';
import type { Problem } from '../../problem/problem.js';
import type { EliminatedIntercept } from '../eliminated-intercept.js';

/**
 * The Hessian of the loss over a growing set of columns, at the curvature of one moment and scaled to that of the current point: scale H =
 * Z_A' W Z_A about the weighted mean. Vectors over the columns hold the intercept last.
 */
export abstract class ModelHessian {
  columns: Int32Array = new Int32Array(0);
  /** What the matrix is multiplied by at the current point. */
  scale = 1;
  /** The curvature at which it was built; length rows. */
  w: Float64Array = new Float64Array(0);

  constructor(
    protected readonly problem: Problem,
    protected readonly eliminated: EliminatedIntercept,
  ) {}

  /** Starts again with these columns at this curvature. */
  rebuild(columns: Int32Array, w: Float64Array): void {
    this.w = w;
    this.scale = 1;
    this.columns = new Int32Array(0);
    this.eliminated.reset(sum(w));
    this.extend(columns);
  }

  /** Adds columns at the curvature of the last build. */
  abstract extend(added: Int32Array): void;

  /** What a build costs, in steps: a pass over the data and the work on the quadratic model. */
  abstract steps(): number;

  /** The whole matrix, intercept included, times a step. */
  abstract times(step: Float64Array): Float64Array;

  /**
   * The step to the minimum of Newton's quadratic model of the loss plus the penalty:
   *
   *     minimise  1/2 d' scale H d - gradient'd + penalty(start + d)
   *
   * @param gradient of the loss over the columns, sign turned; like the step it holds the intercept last
   * @param start coefficients of the columns; @param penalty on them
   * @param violation to which the conditions of optimality are met; @param maxSweeps of coordinate descent
   */
  abstract proximalStep(
    gradient: Float64Array,
    start: Float64Array,
    penalty: Separable,
    violation: number,
    maxSweeps: number,
  ): Float64Array;

  /** Scales the matrix to the curvature of another point. @param total sum_i w_i there */
  scaleTo(total: number): void {
    const built = this.eliminated.total;
    this.scale = built > 0 && total > 0 ? total / built : 1;
  }

  /** The intercept's part of the step whose part on the columns is `step`. */
  protected interceptOf(gradient: Float64Array, step: Float64Array): number {
    const { sums, total, isCentred } = this.eliminated;
    return isCentred ? (gradient[this.columns.length] / this.scale - dot(sums, step)) / total : 0;
  }
}
