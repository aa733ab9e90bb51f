import { appended, dot, gather, minus } from '../kernels/vector.js';
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
import { LastMove, type Move } from './last-move.js';
import { backtrack } from './line-search.js';
import { type LossState, lossState } from './loss-state.js';
import type { Problem, Solution, Solver, Stopping } from './problem.js';
import { proximalStep } from './proximal-step.js';
import { SecantMemory } from './secant-memory.js';
import { type Separation, separationAlong } from './separation.js';
import { supportStep } from './support-step.js';
import { WorkingHessian } from './working-hessian.js';

/** Steps in a row that lower neither objective nor violation: what is left is rounding. */
const MAX_IDLE_STEPS = 3;

/** A step that leaves more than this share of the violation calls for a new Hessian. */
const CONTRACTION = 0.7;

/** Steps of a lambda that cost nothing on the account of the next Hessian. */
const FREE_STEPS = 1;

/** The inner problem is solved to this share of the violation that the step starts from. */
const INNER_SHARE = 0.01;

/**
 * Any smooth family under the elastic net: Newton's quadratic model of the loss over a working set of columns, minimised
 * with the penalty, then a line search on the true objective. The Hessian is kept along the path, corrected by what the last
 * lambda and the last steps showed of it, and built anew when the steps since have cost as much as that, or no longer contract.
 * Columns that the sequential strong rule discards join when they violate.
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
  private readonly secants = new SecantMemory();
  private readonly lastMove = new LastMove();
  private readonly everyGradient: Float64Array;
  private beta: Float64Array;
  private intercept = 0;
  private loss: number;
  private previousLambda = Infinity;
  /** Steps since the Hessian was built that a newer one might have saved; Infinity where steps with it do not contract. */
  private spent = Infinity;

  // Of the lambda at hand.
  private lambda = 0;
  private penalty: Separable;
  /** The penalty on the working set. */
  private working: Separable;
  private expected: Move | null = null;
  private iterations = 0;
  private separation: Separation | null = null;

  constructor(private readonly problem: Problem) {
    this.state = lossState(problem);
    this.hessian = new WorkingHessian(problem);
    this.everyGradient = new Float64Array(problem.design.columns);
    this.beta = new Float64Array(problem.design.columns);
    this.penalty = atLambda(problem.penalty, 0);
    this.working = restrict(this.penalty, this.hessian.columns);
    this.loss = this.state.reset(0, this.beta);
    this.state.fullGradient(this.everyGradient);
  }

  solve(lambda: number, warm: Solution | null, stopping: Stopping): Solution {
    this.lambda = lambda;
    this.penalty = atLambda(this.problem.penalty, lambda);
    this.iterations = 0;
    this.separation = null;
    this.moveTo(warm);
    // The Hessian of squared error is the same everywhere: nothing is to be learnt of it.
    this.expected = this.problem.family.name === 'gaussian' ? null : this.lastMove.expect(lambda);
    const [start, gradient] = [appended(this.beta, this.intercept), this.wholeGradient()];
    this.admit(this.outsideWhere((j) => this.isStrong(j)));
    this.descendEverywhere(stopping);
    const [end, after] = [appended(this.beta, this.intercept), this.wholeGradient()];
    this.lastMove.learn(lambda, { step: minus(end, start), change: minus(gradient, after) });
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
  }

  private wholeGradient(): Float64Array {
    return appended(this.everyGradient, this.atIntercept());
  }

  private atIntercept(): number {
    return this.problem.intercept ? this.state.residualSum() : 0;
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

  /** Whether a column may move, by the sequential strong rule. */
  private isStrong(j: number): boolean {
    const { l1, lower, upper } = this.penalty;
    const slack = strongRuleSlack(this.previousLambda, this.lambda);
    return lower[j] < upper[j] && (this.beta[j] !== 0 || !(Math.abs(this.everyGradient[j]) < slack * l1[j]));
  }

  private admit(columns: Int32Array): void {
    if (this.spent < Infinity) this.hessian.extend(columns);
    else this.rebuild(Int32Array.from([...this.hessian.columns.filter((j) => this.isStrong(j)), ...columns]));
    this.working = restrict(this.penalty, this.hessian.columns);
  }

  /** A new Hessian over the columns of the working set that are still strong, and the point restricted to them. */
  private renew(at: Point): void {
    const { columns } = this.hessian;
    columns.forEach((j, a) => {
      this.everyGradient[j] = at.gradient[a];
    });
    const kept = columns.filter((j) => this.isStrong(j));
    this.rebuild(kept);
    this.working = restrict(this.penalty, kept);
    at.gradient = appended(gather(this.everyGradient, kept), at.gradient[columns.length]);
  }

  private rebuild(columns: Int32Array): void {
    this.hessian.rebuild(columns, this.state.curvature());
    // What the last Hessian got wrong is nothing to this one.
    this.secants.clear();
    this.expected = null;
    this.spent = 0;
  }

  /** Descends, lets in what violates outside the working set, and so on until nothing does. */
  private descendEverywhere(stopping: Stopping): void {
    for (;;) {
      const progressed = this.descend(stopping);
      this.state.fullGradient(this.everyGradient);
      if (!progressed || this.separation !== null || this.iterations >= stopping.maxIterations) return;
      const violators = this.outsideWhere(
        (j) => this.distance(j, this.everyGradient[j]) > stopping.violation,
      );
      if (violators.length === 0) return;
      this.admit(violators);
    }
  }

  /** Steps on the working set until its KKT conditions hold; false where no step makes progress. */
  private descend(stopping: Stopping): boolean {
    const at = this.measure();
    if (at.violation > stopping.violation) this.hessian.scaleTo(this.state.curvature());
    for (let taken = 0, idle = 0; at.violation > stopping.violation; taken++) {
      if (this.iterations >= stopping.maxIterations) return true;
      if (taken > FREE_STEPS) this.spent++;
      const fresh = this.spent >= this.hessian.steps();
      if (fresh) this.renew(at);
      this.iterations++;
      const before = at.violation;
      const objective = this.objective();
      const inner = Math.max(0.1 * stopping.violation, INNER_SHARE * before);
      const moved = this.lineSearch(at, this.nextStep(at.gradient, inner, stopping.maxIterations));
      if (this.separation !== null) return true;
      const flat = this.objective() >= objective - 8 * Number.EPSILON * Math.abs(objective);
      idle = flat && at.violation > before / 2 ? idle + 1 : 0;
      if ((!moved && fresh) || idle === MAX_IDLE_STEPS) return false;
      if (!moved || at.violation > CONTRACTION * before) this.spent = Infinity;
    }
    return true;
  }

  private objective(): number {
    return this.loss + penaltyValue(this.penalty, this.beta);
  }

  /** Gradient and violation over the working set at the current point, where the whole gradient is known. */
  private measure(): Point {
    const gradient = appended(gather(this.everyGradient, this.hessian.columns), this.atIntercept());
    return { gradient, violation: this.violationOf(gradient) };
  }

  private violationOf(gradient: Float64Array): number {
    let worst = Math.abs(gradient[gradient.length - 1]);
    this.hessian.columns.forEach((j, a) => {
      worst = Math.max(worst, this.distance(j, gradient[a]));
    });
    return worst;
  }

  /** The first step of a lambda by what the last lambda says of the Hessian, the others by what the steps themselves say. */
  private nextStep(gradient: Float64Array, inner: number, maxSweeps: number): Float64Array {
    const { expected, hessian, working } = this;
    const start = gather(this.beta, hessian.columns);
    if (expected === null) {
      const plain = proximalStep(hessian, gradient, start, working, inner, maxSweeps);
      return supportStep(hessian, this.secants, gradient, start, working, plain);
    }
    this.expected = null;
    const places = Int32Array.of(...hessian.columns, this.beta.length);
    const foreseen = hessian.times(gather(expected.step, places));
    const error = minus(foreseen, gather(expected.change, places));
    const led = gradient.map((g, a) => g + error[a]);
    return proximalStep(hessian, led, start, working, inner, maxSweeps);
  }

  /** Takes the step as far as the objective falls; false, and back, where it does not. */
  private lineSearch(at: Point, step: Float64Array): boolean {
    const { working, intercept } = this;
    const { columns } = this.hessian;
    const last = columns.length;
    const start = gather(this.beta, columns);
    const before = { gradient: at.gradient, penalty: penaltyValue(working, start) };
    const reach = (t: number) => start.map((b, a) => b + t * step[a]);
    const promised = dot(at.gradient, step) + before.penalty - penaltyValue(working, reach(1));
    let here = 0;
    const objectiveAt = (t: number): number => {
      at.gradient = this.shift(step, t - here);
      here = t;
      return this.loss + penaltyValue(working, reach(t));
    };
    const t = backtrack(objectiveAt, this.loss + before.penalty, promised);
    reach(t).forEach((b, a) => {
      this.beta[columns[a]] = b;
    });
    this.intercept = intercept + t * step[last];
    at.violation = this.violationOf(at.gradient);
    if (t === 0) return false;
    this.remember(
      step.map((d) => t * d),
      minus(before.gradient, at.gradient),
    );
    const direction = { beta: step.subarray(0, last), intercept: step[last] };
    this.separation = separationAlong(this.problem, this.lambda, columns, direction);
    return true;
  }

  /** Moves the predictor by t step: the loss there, and the gradient. */
  private shift(step: Float64Array, t: number): Float64Array {
    const { columns } = this.hessian;
    const last = columns.length;
    const delta = step.map((d) => t * d);
    const gradient = new Float64Array(last + 1);
    this.loss = this.state.step(columns, delta.subarray(0, last), delta[last], gradient.subarray(0, last));
    gradient[last] = this.atIntercept();
    return gradient;
  }

  /** Takes note of a step over the working set and the change of the gradient, which is not known elsewhere. */
  private remember(step: Float64Array, change: Float64Array): void {
    if (this.problem.family.name === 'gaussian') return;
    const size = this.beta.length + 1;
    const [moved, changed] = [new Float64Array(size), new Float64Array(size).fill(Number.NaN)];
    [...this.hessian.columns, size - 1].forEach((j, a) => {
      moved[j] = step[a];
      changed[j] = change[a];
    });
    this.secants.learn(moved, changed);
  }
}

/** What is known at the current point, over the working set and the intercept (last). */
interface Point {
  gradient: Float64Array;
  violation: number;
}
