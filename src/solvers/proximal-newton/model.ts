import { joined, minus } from '../../linalg/vector.js';
import type { Separable } from '../../penalties/elastic-net.js';
import type { WeightedProducts } from '../../problem/loss-state.js';
import type { Problem } from '../../problem/problem.js';
import { HessianAccount } from '../newton-progress.js';
import { isDense, roomFor } from '../screening/strongest.js';
import { WorkingHessian } from './hessian.js';
import { HessianByRows } from './hessian-by-rows.js';
import { ModelErrors } from './hessian-errors.js';
import type { ModelHessian } from './model-hessian.js';
import { type Move, MoveLookup, type Place } from './snapshots.js';

/** The Hessian takes columns by fours, and when it grows then by this share of the working set at least. */
const TILE = 4;
const SHARE = 0.1;

/**
 * Newton's model of the loss over a working set of columns, and the steps that follow from it. The Hessian is kept along the
 * path and corrected by what the last lambdas showed of it.
 */
export class NewtonModel {
  private hessian: ModelHessian;
  private readonly matrix: WorkingHessian;
  private byRows: HessianByRows | null = null;
  private readonly lookup: MoveLookup;
  private readonly errors = new ModelErrors<Move>();
  private readonly factor: Float64Array;
  /** The Hessian of squared error is the same everywhere: nothing is to be learnt of it. */
  readonly learns: boolean;
  /** The lambda of which no step was made yet; NaN where there is none, or nothing is learnt. */
  private ahead = Number.NaN;
  /** Columns can be added as long as it is valid. */
  readonly account = new HessianAccount();

  constructor(
    private readonly problem: Problem,
    products: WeightedProducts = problem.design,
  ) {
    this.matrix = new WorkingHessian(problem, products);
    this.hessian = this.matrix;
    this.lookup = new MoveLookup(problem.design.columns);
    this.factor = problem.penalty.factor;
    this.learns = !problem.family.isQuadratic;
  }

  /** The working set. */
  get columns(): Int32Array {
    return this.hessian.columns;
  }

  /** Whether a build costs next to nothing. */
  get isFree(): boolean {
    return this.hessian === this.byRows && this.learns;
  }

  get isSpent(): boolean {
    return this.account.isSpent(this.hessian.steps());
  }

  /** How many columns may come along with some that join: a few more cost the Hessian little, another extension much. */
  lookAheadFor(joining: number): number {
    const least = Math.max(joining, SHARE * this.columns.length);
    return TILE * Math.ceil(least / TILE) - joining;
  }

  /** Adds columns at the curvature of the last build. @param support how many coefficients are not 0 */
  extend(added: Int32Array, support: number): void {
    const { hessian } = this;
    const columns = joined(hessian.columns, added);
    if (this.suiting(columns.length, support) === hessian) hessian.extend(added);
    else this.rebuild(columns, hessian.w, support);
  }

  /** Builds the Hessian anew. @param curvature of the current point, length rows; @param support how many coefficients are not 0 */
  rebuild(columns: Int32Array, curvature: Float64Array, support: number): void {
    const suiting = this.suiting(columns.length, support);
    if (suiting !== this.matrix) this.matrix.rebuild(new Int32Array(0), curvature);
    this.hessian = suiting;
    suiting.rebuild(columns, curvature);
    // What the last Hessian got wrong is nothing to this one.
    this.account.renew();
  }

  /** Whether so many columns more stay within what a matrix should take. */
  hasRoomFor(added: number): boolean {
    return this.hessian === this.byRows || this.columns.length + added <= roomFor(this.problem.design);
  }

  /**
   * The Hessian for so many columns: a matrix, or by rows where the penalty has a quadratic part and many coefficients are not 0 (`isDense`), or
   * more columns than a matrix should take. What is by rows stays so until the support is far smaller.
   */
  private suiting(columns: number, support: number): ModelHessian {
    const { design, penalty } = this.problem;
    if (penalty.l1Ratio === 1 || columns <= design.rows) return this.matrix;
    // Once by rows, a matrix is made again where the support is far smaller.
    const counted = this.hessian === this.byRows ? 2 * support : support;
    const isSparse = penalty.l1Ratio > 0 && !isDense(design, counted);
    if (isSparse && columns <= roomFor(design)) return this.matrix;
    this.byRows ??= new HessianByRows(this.problem);
    return this.byRows;
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
   * The next step over the working set, the intercept last; the first one of a lambda takes in what the last lambdas say of the Hessian's
   * errors.
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
    const slope = error === null ? gradient : this.led(gradient, error);
    return hessian.proximalStep(slope, start, penalty, violation, maxSweeps);
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

  /** Takes note of the way to the solution at lambda. */
  learn(lambda: number, from: Place, to: Place): void {
    this.errors.learn(lambda, this.lookup.between(from, to));
  }
}
