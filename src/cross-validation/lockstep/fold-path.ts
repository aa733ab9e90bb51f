import type { Design } from '../../design/design.js';
import { appended, maxAbs, minus } from '../../linalg/vector.js';
import { atLambda, type ElasticNet, kktDistance, type Separable } from '../../penalties/elastic-net.js';
import type { Precision } from '../../problem/loss-state.js';
import { bestOrder, extrapolated, MAX_ORDER } from '../../solvers/extrapolation.js';
import { type Curvature, FoldHessian, type GradientAt } from './fold-hessian.js';
import type { FoldLoss, FoldPoint } from './fold-losses.js';

/** What the rows that are left without a fold are in the coordinates of all rows. */
export interface RestOfRows {
  readonly fold: number;
  /** sum_i v_i over them. */
  readonly weight: number;
  /** The mean of each column where there is an intercept (else 0), and its deviation (or 1); 0 for a constant. */
  readonly centre: Float64Array;
  readonly scale: Float64Array;
  /** The largest KKT violation of a solution, in coordinates standardized on these rows. */
  readonly violation: number;
}

/** A step that leaves more than this share of the violation requires a new Hessian. */
const CONTRACTION = 0.3;

/** The inner problem is solved to this share of the violation that is asked for. */
const INNER_SHARE = 0.1;

/** How a fold's solution, and minus the gradient of its loss there, differ from those at the solution on all rows. */
interface Deviation {
  readonly move: Float64Array;
  readonly change: Float64Array;
}

/**
 * The path of one fold beside that of all rows, in the coordinates of all rows. Leaving some rows out moves the solution
 * little, and from lambda to lambda this move and what it does to the gradient change smoothly. So both are predicted from the last
 * lambdas, and one Newton step leads from there to a candidate that is often good enough. What is predicted is a start and
 * nothing more: a solution is judged by the exact gradient of its own loss. Vectors hold the intercept last.
 * Source: Allgower and Georg (2003), Introduction to Numerical Continuation Methods, 2 (predictor and corrector).
 */
export class FoldPath {
  /** Whether the last step left more of the violation than it should. */
  isSlow = false;
  private readonly hessian: FoldHessian;
  /** At the last lambdas, the latest first. */
  private readonly deviations: Deviation[] = [];
  private order = 1;
  /** Of the last candidate of this lambda. */
  private violation = Infinity;
  private penalty: Separable;
  /** The current point, and minus the gradient of the loss there as soon as it is known. */
  private point: Float64Array;
  private gradient: Float64Array;
  /** Solution of all rows at the current lambda, and minus the gradient of this fold's loss there. */
  private reference: GradientAt;

  constructor(
    design: Design,
    private readonly intercept: boolean,
    private readonly net: ElasticNet,
    readonly rest: RestOfRows,
    private readonly precision: Precision = 'double',
  ) {
    this.hessian = new FoldHessian(design, intercept);
    this.penalty = atLambda(net, 0);
    this.point = new Float64Array(design.columns + 1);
    this.gradient = new Float64Array(design.columns + 1);
    this.reference = { at: this.point, gradient: this.gradient };
  }

  get candidate(): FoldPoint {
    const last = this.point.length - 1;
    return { fold: this.rest.fold, intercept: this.point[last], beta: this.point.subarray(0, last) };
  }

  /** The penalty on the coefficients of all rows' coordinates: the coefficient of a column standardized anew is scale times that. */
  penaltyAt(lambda: number): Separable {
    const { scale } = this.rest;
    const { l1, l2, lower, upper } = atLambda(this.net, lambda);
    return {
      l1: l1.map((x, j) => x * scale[j]),
      l2: l2.map((x, j) => x * scale[j] * scale[j]),
      lower: lower.map((x, j) => (scale[j] === 0 ? 0 : x)),
      upper: upper.map((x, j) => (scale[j] === 0 ? 0 : x)),
    };
  }

  /** Takes a Hessian of the loss of all rows but the fold's, weights as they are there. */
  setHessian(columns: Int32Array, { gram, sums, total }: Curvature): void {
    const { weight } = this.rest;
    const share = (x: Float64Array) => x.map((value) => value / weight);
    this.hessian.set(columns, { gram: share(gram), sums: share(sums), total: total / weight });
  }

  /** Begins a lambda: a candidate by what is predicted. @param reference its gradient as `evaluated` takes it */
  begin(lambda: number, reference: GradientAt): void {
    this.penalty = this.penaltyAt(lambda);
    this.violation = Infinity;
    this.reference = { at: reference.at, gradient: this.scaled(reference.gradient) };
    const { at, gradient } = this.reference;
    const { move, change } = this.predicted(this.order);
    this.step({ at: sumOf(at, move), gradient: sumOf(gradient, change) });
  }

  /** Begins the lambda again, from the current point or from the reference, after the Hessian was changed. */
  retry(): void {
    this.step({ at: this.point, gradient: this.gradient });
  }

  /** Takes the gradient at the candidate (weights as in all rows). @returns whether it is a solution */
  accepts({ gradient, interceptGradient }: FoldLoss): boolean {
    this.gradient = this.scaled(appended(gradient, interceptGradient));
    const worst = this.worst();
    this.isSlow = worst > CONTRACTION * this.violation;
    this.violation = worst;
    return worst <= this.rest.violation;
  }

  /** Columns without a part in the Hessian that violate. */
  outsiders(): number[] {
    const inside = new Uint8Array(this.point.length - 1);
    for (const j of this.hessian.columns) inside[j] = 1;
    const found: number[] = [];
    for (let j = 0; j < inside.length; j++) {
      if (inside[j] === 0 && this.distance(j) > this.rest.violation) found.push(j);
    }
    return found;
  }

  /** Takes note of a solution. */
  learn(): void {
    const { deviations, hessian, reference } = this;
    const move = minus(this.point, reference.at);
    const change = minus(this.gradient, reference.gradient);
    this.order = bestOrder(deviations.length, (order) => {
      const told = this.predicted(order);
      const missed = hessian.times(minus(told.move, move));
      return maxAbs(missed.map((x, j) => x + told.change[j] - change[j]));
    });
    deviations.unshift({ move, change });
    deviations.length = Math.min(deviations.length, MAX_ORDER);
  }

  private predicted(order: number): Deviation {
    const { deviations } = this;
    const known = Math.min(order, deviations.length);
    if (known === 0) {
      const none = new Float64Array(this.point.length);
      return { move: none, change: none };
    }
    const extrapolate = (last: readonly Float64Array[]) => extrapolated(last, () => known);
    return {
      move: extrapolate(deviations.map(({ move }) => move)),
      change: extrapolate(deviations.map(({ change }) => change)),
    };
  }

  private step(slope: GradientAt): void {
    const { hessian, penalty, point, rest } = this;
    const inner = INNER_SHARE * rest.violation * this.leastScale;
    const found = hessian.minimise(slope, penalty, point.subarray(0, -1), inner, MAX_SWEEPS);
    this.point = this.precision === 'single' ? found.map(Math.fround) : found;
  }

  /** A violation here is the scale of its column times that in coordinates standardized on the rows without the fold. */
  private get leastScale(): number {
    return this.rest.scale.reduce((least, s) => (s > 0 ? Math.min(least, s) : least), 1);
  }

  /** Gradient divided by the weight of the rows. */
  private scaled(gradient: Float64Array): Float64Array {
    const out = gradient.map((g) => g / this.rest.weight);
    if (!this.intercept) out[out.length - 1] = 0;
    return out;
  }

  private worst(): number {
    const last = this.point.length - 1;
    let worst = Math.abs(this.gradient[last]);
    for (let j = 0; j < last; j++) worst = Math.max(worst, this.distance(j));
    return worst;
  }

  /** The KKT distance of a column in coordinates standardized on the rows without the fold. */
  private distance(j: number): number {
    const { centre, scale } = this.rest;
    if (scale[j] === 0) return 0;
    const interceptGradient = this.gradient[this.gradient.length - 1];
    const centred = this.gradient[j] - centre[j] * interceptGradient;
    return kktDistance(this.penalty, j, this.point[j], centred) / scale[j];
  }
}

/** Sweeps of coordinate descent for one step. */
const MAX_SWEEPS = 10_000;

function sumOf(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((value, j) => value + y[j]);
}
