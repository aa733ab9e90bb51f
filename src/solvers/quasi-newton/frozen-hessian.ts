import type { Dense } from '../../linalg/dense.js';
import { appended, divided } from '../../linalg/vector.js';
import { allColumns, type Problem } from '../../problem/problem.js';
import { type CentredGram, centredGram } from '../gaussian/centred-gram.js';
import type { RidgeExtent, RidgeShares } from '../gaussian/ridge-extent.js';
import { type RidgeSystem, ridgeSystem } from '../gaussian/ridge-system.js';

/**
 * The Hessian of the loss in all coefficients and the intercept, taken at one point and kept: at other points it is scaled to
 * the curvature there, sum_i w_i. With it any lambda is solved for columns^2.
 */
export class FrozenHessian {
  private readonly gram: CentredGram;
  private readonly system: RidgeSystem;
  private scale = 1;

  /** @param w curvature; length rows; @param dense the algebra beside the design. Cost: rows columns^2 + 8/3 columns^3. */
  constructor(problem: Problem, w: Float64Array, dense: Dense) {
    this.gram = centredGram(problem, w, allColumns(problem.design.columns));
    this.system = ridgeSystem(this.gram.h, problem.penalty.factor, dense);
  }

  /** What a build costs, in passes over the data: multiplications, those of a pass being 2 columns and the exponential. */
  static passes({ design: { rows, columns } }: Problem): number {
    return (columns * columns * (rows / 4 + 8 * columns)) / (rows * (2 * columns + 100));
  }

  /** Scales the matrix to the curvature of another point. @param total sum_i w_i there */
  scaleTo(total: number): void {
    const built = this.gram.eliminated.total;
    this.scale = built > 0 && total > 0 ? total / built : 1;
  }

  /**
   * (H + lambda D)^-1 r, the intercept's entry last.
   * Cost: 8 columns^2.
   */
  solve(lambda: number, r: Float64Array): Float64Array {
    const { scale } = this;
    const { eliminated } = this.gram;
    const [beta] = this.system.solve([lambda / scale], [eliminated.withoutIntercept(r)]);
    const step = appended(beta, eliminated.interceptOf(r[beta.length], beta));
    return divided(step, scale);
  }

  /** Between which lambdas the penalty matters, where the curvature is that of the build; null where what it is on has no rank. */
  extent(shares: RidgeShares): RidgeExtent | null {
    return this.system.extent(shares);
  }
}
