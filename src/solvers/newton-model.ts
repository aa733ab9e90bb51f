import { gather, minus } from '../kernels/vector.js';
import type { Separable } from '../penalties/elastic-net.js';
import type { WeightedProducts } from './loss-state.js';
import { ModelErrors, type Move } from './model-errors.js';
import type { Problem } from './problem.js';
import { proximalStep } from './proximal-step.js';
import { SecantMemory } from './secant-memory.js';
import { supportStep } from './support-step.js';
import { WorkingHessian } from './working-hessian.js';

/**
 * Newton's model of the loss over a working set of columns, and the steps that follow from it. The Hessian is kept along the
 * path and corrected by what the last lambdas and the last steps showed of it. An account is kept of the steps since it was
 * built that a newer one might have saved: when they have cost as much as that, or no longer contract, it is spent.
 */
export class NewtonModel {
  private readonly hessian: WorkingHessian;
  private readonly secants = new SecantMemory();
  private readonly errors = new ModelErrors();
  private readonly count: number;
  private readonly factor: Float64Array;
  /** The Hessian of squared error is the same everywhere: nothing is to be learnt of it. */
  readonly learns: boolean;
  /** The lambda of which no step was made yet; NaN where there is none, or nothing is learnt. */
  private ahead = Number.NaN;
  /** Steps on the account; Infinity where steps do not contract. */
  private spent = Infinity;

  constructor(problem: Problem, products: WeightedProducts = problem.design) {
    this.hessian = new WorkingHessian(problem, products);
    this.count = problem.design.columns;
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
    this.secants.clear();
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
      const places = this.places();
      // What is unpenalised follows lambda only by way of the others, and where it separates the classes a small error would be
      // a long step.
      const led = gradient.map((g, a) => (this.factor[places[a]] === 0 ? g : g + error[a]));
      return proximalStep(hessian, led, start, penalty, violation, maxSweeps);
    }
    const plain = proximalStep(hessian, gradient, start, penalty, violation, maxSweeps);
    return supportStep(hessian, this.secants, gradient, start, penalty, plain);
  }

  /** What the model as it is gets wrong about a move, over the working set. */
  private errorOf({ step, change }: Move): Float64Array {
    const places = this.places();
    return minus(this.hessian.times(gather(step, places)), gather(change, places));
  }

  /** Takes note of a step over the working set and of the change of the gradient there. */
  remember(step: Float64Array, change: Float64Array): void {
    if (!this.learns) return;
    const [moved, changed] = [
      new Float64Array(this.count + 1),
      new Float64Array(this.count + 1).fill(Number.NaN),
    ];
    const places = this.places();
    for (let a = 0; a < places.length; a++) {
      moved[places[a]] = step[a];
      changed[places[a]] = change[a];
    }
    this.secants.learn(moved, changed);
  }

  /** Takes note of the way to the solution at lambda. Columns first, the intercept last; gradients NaN where not known. */
  learn(lambda: number, from: Place, to: Place): void {
    this.errors.learn(lambda, { step: minus(to.at, from.at), change: minus(from.gradient, to.gradient) });
  }

  /** Where columns and intercept stand in vectors over all of them. */
  private places(): Int32Array {
    const places = new Int32Array(this.columns.length + 1).fill(this.count);
    places.set(this.columns);
    return places;
  }
}

/** A point and the gradient there, over all columns, the intercept last. */
export interface Place {
  readonly at: Float64Array;
  readonly gradient: Float64Array;
}
