import type { Symmetric } from '../kernels/symmetric.js';
import { dot } from '../kernels/vector.js';
import {
  atLambda,
  kktDistance,
  penaltyValue,
  restrict,
  type Separable,
  strongRuleSlack,
  withoutCrumbs,
} from '../penalties/elastic-net.js';
import { penalisedTrace } from './degrees-of-freedom.js';
import { type LossState, lossState } from './loss-state.js';
import type { Problem, Solution, Solver, Stopping } from './problem.js';
import { solveQuadratic } from './quadratic.js';
import { type Separation, separationAlong } from './separation.js';
import { WorkingHessian } from './working-hessian.js';

/** Armijo's share of the predicted decrease, and how often a step may be halved. */
const SUFFICIENT_DECREASE = 1e-4;
const MAX_HALVINGS = 40;

/** Steps in a row that lower neither objective nor violation: what is left is rounding. */
const MAX_IDLE_STEPS = 3;

/** The inner problem is solved to this share of the violation that the step starts from. */
const INNER_SHARE = 0.01;

/**
 * Any smooth family under the elastic net: Newton's quadratic model of the loss over a working set of columns, minimised
 * with the penalty, then a line search on the true objective. The Hessian is kept along the path while steps with it
 * contract, and built anew when they do not. Columns that the sequential strong rule discards join when they violate.
 * Source: Lee, Sun and Saunders (2014), SIAM J. Optim. 24; Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33.
 */
export function proximalNewton(problem: Problem): Solver {
  const run = new ProximalNewton(problem);
  return { name: 'proximal-newton', solve: (lambda, warm, stopping) => run.solve(lambda, warm, stopping) };
}

/** The point and what is known there; it lives as long as the path. */
class ProximalNewton {
  private readonly state: LossState;
  private readonly hessian: WorkingHessian;
  private readonly everyGradient: Float64Array;
  private beta: Float64Array;
  private intercept = 0;
  private loss: number;
  private previousLambda = Infinity;
  /** The Hessian is of another point, and steps with it have stopped contracting. */
  private stale = true;

  // Of the lambda at hand.
  private lambda = 0;
  private penalty: Separable;
  private iterations = 0;
  private separation: Separation | null = null;

  constructor(private readonly problem: Problem) {
    this.state = lossState(problem);
    this.hessian = new WorkingHessian(problem);
    this.everyGradient = new Float64Array(problem.design.columns);
    this.beta = new Float64Array(problem.design.columns);
    this.penalty = atLambda(problem.penalty, 0);
    this.loss = this.state.reset(0, this.beta);
    this.state.fullGradient(this.everyGradient);
  }

  solve(lambda: number, warm: Solution | null, stopping: Stopping): Solution {
    this.lambda = lambda;
    this.penalty = atLambda(this.problem.penalty, lambda);
    this.iterations = 0;
    this.separation = null;
    this.moveTo(warm);
    this.admit(this.strongColumns());
    for (;;) {
      const progressed = this.descend(stopping);
      this.state.fullGradient(this.everyGradient);
      if (!progressed || this.separation !== null || this.iterations >= stopping.maxIterations) break;
      const violators = this.outsideWhere(
        (j) => this.distance(j, this.everyGradient[j]) > stopping.violation,
      );
      if (violators.length === 0) break;
      this.admit(violators);
    }
    this.previousLambda = lambda;
    return this.solution();
  }

  private solution(): Solution {
    const { problem, lambda, intercept, iterations, separation } = this;
    const beta = withoutCrumbs(problem.penalty, this.beta);
    const df = penalisedTrace(problem, lambda, beta, this.state.curvature());
    const found = { intercept, beta, iterations, df };
    return separation === null ? found : { ...found, separation };
  }

  /** Takes up a point that is not the one left last. */
  private moveTo(warm: Solution | null): void {
    const beta = warm?.beta ?? new Float64Array(this.beta.length);
    const { v, offset } = this.problem;
    // A cold start is in the middle of the offsets, for far from it the loss has no curvature.
    const intercept = warm?.intercept ?? (this.problem.intercept ? -dot(v, offset) : 0);
    if (intercept === this.intercept && beta.every((b, j) => b === this.beta[j])) return;
    this.beta = beta.slice();
    this.intercept = intercept;
    this.loss = this.state.reset(intercept, this.beta);
    this.state.fullGradient(this.everyGradient);
    this.stale = true;
  }

  private distance(j: number, gradient: number): number {
    return kktDistance(this.penalty, j, this.beta[j], gradient);
  }

  /** Columns outside the working set that pass a test. */
  private outsideWhere(test: (j: number) => boolean): Int32Array {
    const inside = new Uint8Array(this.beta.length);
    for (const j of this.hessian.columns) inside[j] = 1;
    const found: number[] = [];
    for (let j = 0; j < inside.length; j++) if (inside[j] === 0 && test(j)) found.push(j);
    return Int32Array.from(found);
  }

  /** Columns that may move, by the sequential strong rule, and are not in the working set yet. */
  private strongColumns(): Int32Array {
    return this.outsideWhere((j) => this.isStrong(j));
  }

  private isStrong(j: number): boolean {
    const { l1, lower, upper } = this.penalty;
    const slack = strongRuleSlack(this.previousLambda, this.lambda);
    return lower[j] < upper[j] && (this.beta[j] !== 0 || !(Math.abs(this.everyGradient[j]) < slack * l1[j]));
  }

  private admit(columns: Int32Array): void {
    if (columns.length === 0) return;
    if (this.stale)
      this.rebuild(Int32Array.from([...this.hessian.columns.filter((j) => this.isStrong(j)), ...columns]));
    else this.hessian.extend(columns);
  }

  /** A new Hessian over the columns of the working set that are still strong, and the point restricted to them. */
  private renew(at: Point): Point {
    const { columns } = this.hessian;
    columns.forEach((j, a) => {
      this.everyGradient[j] = at.gradient[a];
    });
    const kept = columns.filter((j) => this.isStrong(j));
    this.rebuild(kept);
    return { ...at, gradient: Float64Array.from(kept, (j) => this.everyGradient[j]) };
  }

  private rebuild(columns: Int32Array): void {
    this.hessian.rebuild(columns, this.state.curvature());
    this.stale = false;
  }

  /** Steps on the working set until its KKT conditions hold; false where no step makes progress. */
  private descend(stopping: Stopping): boolean {
    let at = this.measure();
    let fresh = false;
    let idle = 0;
    while (at.violation > stopping.violation) {
      if (this.iterations >= stopping.maxIterations) return true;
      if (this.stale) {
        at = this.renew(at);
        fresh = true;
      }
      this.iterations++;
      const before = at.violation;
      const objective = this.objective();
      const inner = Math.max(0.1 * stopping.violation, INNER_SHARE * before);
      const moved = this.lineSearch(at, this.newtonStep(at, inner, stopping.maxIterations));
      if (this.separation !== null) return true;
      const flat = this.objective() >= objective - 8 * Number.EPSILON * Math.abs(objective);
      idle = flat && at.violation > before / 2 ? idle + 1 : 0;
      if ((!moved && fresh) || idle === MAX_IDLE_STEPS) return false;
      this.stale = !moved || at.violation > this.contraction() * before;
      fresh = false;
    }
    return true;
  }

  private objective(): number {
    return this.loss + penaltyValue(this.penalty, this.beta);
  }

  /** By how much a step should shrink the violation to keep the Hessian: the dearer a new one, the less is asked. */
  private contraction(): number {
    return Math.min(0.5, 0.05 + this.hessian.columns.length / 1000);
  }

  /** Gradient and violation over the working set at the current point, where the whole gradient is known. */
  private measure(): Point {
    const gradient = Float64Array.from(this.hessian.columns, (j) => this.everyGradient[j]);
    const point = { gradient, atIntercept: 0, violation: 0 };
    this.judge(point);
    return point;
  }

  private judge(point: Point): void {
    point.atIntercept = this.problem.intercept ? this.state.residualSum() : 0;
    point.violation = Math.abs(point.atIntercept);
    this.hessian.columns.forEach((j, a) => {
      point.violation = Math.max(point.violation, this.distance(j, point.gradient[a]));
    });
  }

  /** Minimises the quadratic model plus the penalty over the working set. */
  private newtonStep({ gradient, atIntercept }: Point, violation: number, maxSweeps: number): NewtonStep {
    const { columns, h, sums, total } = this.hessian;
    const pull = total > 0 ? atIntercept / total : 0;
    const c = gradient.map((g, a) => g - sums[a] * pull);
    const start = Float64Array.from(columns, (j) => this.beta[j]);
    const beta = this.coordinateStep(h, c, start, violation, maxSweeps);
    const intercept = this.problem.intercept && total > 0 ? pull - dot(sums, beta) / total : 0;
    return { start, beta, intercept };
  }

  private coordinateStep(
    h: Symmetric,
    c: Float64Array,
    start: Float64Array,
    violation: number,
    maxSweeps: number,
  ): Float64Array {
    const penalty = restrict(this.penalty, this.hessian.columns);
    const state = { b: start.slice(), c: h.vector(0) };
    state.c.set(c);
    solveQuadratic({ h, factor: this.hessian.factor, penalty }, state, violation, maxSweeps);
    return state.b.map((b, a) => b - start[a]);
  }

  /** Takes the step, halved until the objective falls as far as promised; false, and back, where it never does. */
  private lineSearch(at: Point, step: NewtonStep): boolean {
    const { columns } = this.hessian;
    const penalty = restrict(this.penalty, columns);
    const reach = (t: number) => step.start.map((b, a) => b + t * step.beta[a]);
    const before = penaltyValue(penalty, step.start);
    const promised =
      penaltyValue(penalty, reach(1)) -
      before -
      dot(at.gradient, step.beta) -
      at.atIntercept * step.intercept;
    const current = this.loss + before;
    const rounding = 8 * Number.EPSILON * Math.abs(current);
    let here = 0;
    const go = (t: number): number => {
      const by = t - here;
      here = t;
      return this.state.step(
        columns,
        step.beta.map((d) => by * d),
        by * step.intercept,
        at.gradient,
      );
    };
    for (let halvings = 0, t = 1; halvings < MAX_HALVINGS; halvings++, t /= 2) {
      const loss = go(t);
      const b = reach(t);
      if (!(loss + penaltyValue(penalty, b) <= current + SUFFICIENT_DECREASE * t * promised + rounding))
        continue;
      columns.forEach((j, a) => {
        this.beta[j] = b[a];
      });
      this.intercept += t * step.intercept;
      this.loss = loss;
      this.judge(at);
      this.separation = separationAlong(this.problem, this.lambda, columns, step);
      return true;
    }
    this.loss = go(0);
    this.judge(at);
    return false;
  }
}

/** What is known at the current point, over the working set. */
interface Point {
  readonly gradient: Float64Array;
  atIntercept: number;
  violation: number;
}

/** A step of the coefficients in the working set, and where they started. */
interface NewtonStep {
  readonly start: Float64Array;
  readonly beta: Float64Array;
  readonly intercept: number;
}
