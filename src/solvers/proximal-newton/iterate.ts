import { appended, dot, equal, gather } from '../../linalg/vector.js';
import type { Precision } from '../../problem/loss-state.js';
import { type LossState, lossState, type WeightedProducts } from '../../problem/loss-state.js';
import type { Problem } from '../../problem/problem.js';
import { ScreenedGradient } from '../screening/screened-gradient.js';
import type { Solution } from '../solver.js';
import type { Place } from './snapshots.js';

/** The point of a fit: coefficients and intercept, the loss there, and of its gradient what is known. It lives as long as the path. */
export class NewtonPoint {
  readonly beta: Float64Array;
  readonly gradient: ScreenedGradient;
  intercept = 0;
  /** The solution that was given last: a path that starts there goes on from this point. */
  private left: { readonly beta: Float64Array; readonly intercept: number };
  private readonly state: LossState;

  constructor(
    private readonly problem: Problem,
    readonly precision: Precision,
  ) {
    this.state = lossState(problem, precision);
    this.beta = new Float64Array(problem.design.columns);
    this.left = { beta: this.beta.slice(), intercept: 0 };
    this.state.reset(0, this.beta);
    this.gradient = new ScreenedGradient(problem, this.state);
    this.gradient.computeAbove(0);
  }

  /** Takes note of the solution that is given; it need not be this point itself. @param beta kept, and not to be changed any more */
  leave(beta: Float64Array, intercept: number): void {
    this.left = { beta, intercept };
  }

  /** Takes up a point that is not the one left last. */
  moveTo(warm: Solution | null): void {
    const { beta } = this;
    const { v, offset } = this.problem;
    // A cold start uses minus the mean offset as intercept; far from it the loss is flat.
    const intercept = warm?.intercept ?? (this.problem.intercept ? -dot(v, offset) : 0);
    const isLeft = warm === null ? isZero(this.left.beta) : isSame(this.left.beta, warm.beta);
    if (isLeft && this.left.intercept === intercept) return;
    if (warm === null) beta.fill(0);
    else beta.set(warm.beta);
    this.intercept = intercept;
    this.state.reset(intercept, beta);
    this.gradient.moved(new Int32Array(0), beta);
    this.gradient.computeAbove(0);
  }

  /** The loss; in single precision it takes a pass over the rows. */
  loss(): number {
    return this.state.loss();
  }

  /** Minus the derivative of the loss by the intercept. */
  interceptGradient(): number {
    return this.problem.intercept ? this.state.residualSum() : 0;
  }

  /** sum_i v_i times the second derivative of the loss. */
  curvatureSum(): number {
    return this.state.curvatureSum();
  }

  /** v_i times the second derivative of the loss. */
  curvature(): Float64Array {
    return this.state.curvature();
  }

  /** What Hessians are built from. */
  get products(): WeightedProducts {
    return this.state.products;
  }

  /**
   * Moves the predictor; coefficients are left to the caller.
   * @param step over the columns, the intercept last; @returns the gradient likewise
   */
  shift(columns: Int32Array, step: Float64Array): Float64Array {
    const last = columns.length;
    const gradient = new Float64Array(last + 1);
    this.state.step(columns, step.subarray(0, last), step[last], gradient.subarray(0, last));
    gradient[last] = this.interceptGradient();
    return gradient;
  }

  /** What is known here of the columns that are marked, and of those whose gradient is strength l1Ratio factor_j or more in size. */
  place(marked: Uint8Array, strength: number): Place {
    const { beta, intercept, gradient } = this;
    const columns = gradient.markedOrReaching(marked, strength, beta);
    return {
      columns,
      at: appended(gather(beta, columns), intercept),
      gradient: appended(gather(gradient.values, columns), this.interceptGradient()),
    };
  }
}

/** Most often it is the very vector that was left. */
function isSame(left: Float64Array, beta: Float64Array): boolean {
  return left === beta || equal(left, beta);
}

function isZero(beta: Float64Array): boolean {
  return beta.every((b) => b === 0);
}
