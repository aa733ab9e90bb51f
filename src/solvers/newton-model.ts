import { minus } from '../kernels/vector.js';
import type { Separable } from '../penalties/elastic-net.js';
import type { WeightedProducts } from '../problem/loss-state.js';
import type { Problem } from '../problem/problem.js';
import { ModelErrors } from './model-errors.js';
import { proximalStep } from './proximal-step.js';
import { supportStep } from './support-step.js';
import { WorkingHessian } from './working-hessian.js';
import { type Move, MoveLookup, type Place, WorkingMoves } from './working-moves.js';

/** The Hessian takes columns by fours, and when it grows then by this share of the working set at least. */
const TILE = 4;
const SHARE = 0.1;

/**
 * Newton's model of the loss over a working set of columns, and the steps that follow from it. The Hessian is kept along the
 * path and corrected by what the last lambdas and the last steps showed of it. An account is kept of the steps since it was
 * built that a newer one might have saved: when they have cost as much as that, or no longer contract, it is spent.
 */
export class NewtonModel {
  private readonly hessian: WorkingHessian;
  private readonly lookup: MoveLookup;
  private readonly steps: WorkingMoves;
  private readonly errors = new ModelErrors<Move>();
  private readonly factor: Float64Array;
  /** The Hessian of squared error is the same everywhere: nothing is to be learnt of it. */
  readonly learns: boolean;
  /** The lambda of which no step was made yet; NaN where there is none, or nothing is learnt. */
  private ahead = Number.NaN;
  /** Steps on the account; Infinity where steps do not contract. */
  private spent = Infinity;

  constructor(problem: Problem, products: WeightedProducts = problem.design) {
    this.hessian = new WorkingHessian(problem, products);
    this.lookup = new MoveLookup(problem.design.columns);
    this.steps = new WorkingMoves(this.lookup);
    this.factor = problem.penalty.factor;
    this.learns = problem.family.name !== 'gaussian';
  }

  /** The working set. */
  get columns(): Int32Array {
    return this.hessian.columns;
  }

  get isSpent(): boolean {
    return this.spent >= this.hessian.steps();
  }

  /** Whether columns can be added: there is a Hessian and it is trusted. */
  get canGrow(): boolean {
    return this.spent < Infinity;
  }

  /** How many columns may come along with some that join: a few more cost the Hessian little, another extension much. */
  companyFor(joining: number): number {
    const least = Math.max(joining, SHARE * this.columns.length);
    return TILE * Math.ceil(least / TILE) - joining;
  }

  /** Puts one step on the account. */
  charge(): void {
    this.spent++;
  }

  /** Steps with this Hessian do not contract. */
  distrust(): void {
    this.spent = Infinity;
  }

  /** Adds columns at the curvature of the last build. */
  extend(columns: Int32Array): void {
    this.hessian.extend(columns);
  }

  /** Builds the Hessian anew. @param curvature of the point at hand, length rows */
  rebuild(columns: Int32Array, curvature: Float64Array): void {
    this.hessian.rebuild(columns, curvature);
    // What the last Hessian got wrong is nothing to this one.
    this.steps.clear();
    this.spent = 0;
  }

  /** Scales the Hessian to another point. @param total sum_i w_i there */
  scaleTo(total: number): void {
    this.hessian.scaleTo(total);
  }

  /** Turns to another lambda: what the last ones taught may be used for one step. */
  turnTo(lambda: number): void {
    this.ahead = this.learns ? lambda : Number.NaN;
  }

  /**
   * The next step over the working set, the intercept last: the first one of a lambda by what the last lambdas say of the
   * Hessian, the others by what the steps themselves say.
   * @param gradient minus the derivative of the loss, the intercept last
   * @param start coefficients of the working set; @param penalty on them
   * @param violation to which the model is minimised
   */
  step(
    gradient: Float64Array,
    start: Float64Array,
    penalty: Separable,
    violation: number,
    maxSweeps: number,
  ): Float64Array {
    const { hessian } = this;
    const error = this.errors.expect(this.ahead, (move) => this.errorOf(move));
    this.ahead = Number.NaN;
    if (error !== null) {
      return proximalStep(hessian, this.led(gradient, error), start, penalty, violation, maxSweeps);
    }
    const plain = proximalStep(hessian, gradient, start, penalty, violation, maxSweeps);
    return supportStep(hessian, this.steps, gradient, start, penalty, plain);
  }

  /**
   * The gradient with what the model is expected to get wrong. What is unpenalised follows lambda only by way of the others, and where it
   * separates the classes a small error would be a long step: it is left as it is.
   */
  private led(gradient: Float64Array, error: Float64Array): Float64Array {
    const { columns } = this;
    const led = gradient.slice();
    for (let a = 0; a < columns.length; a++) if (this.factor[columns[a]] !== 0) led[a] += error[a];
    led[columns.length] += error[columns.length];
    return led;
  }

  /** What the model as it is gets wrong about a move, over the working set. */
  private errorOf(move: Move): Float64Array {
    const { step, change } = this.lookup.over(this.columns, move);
    return minus(this.hessian.times(step), change);
  }

  /** Takes note of a step over the working set and of the change of the gradient there. */
  remember(step: Float64Array, change: Float64Array): void {
    if (this.learns) this.steps.learn({ columns: this.columns, step, change });
  }

  /** Takes note of the way to the solution at lambda. */
  learn(lambda: number, from: Place, to: Place): void {
    this.errors.learn(lambda, this.lookup.between(from, to));
  }
}
