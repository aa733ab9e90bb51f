import { along, appended, dot, gather, joined, scaled, scattered, supportOf } from '../../linalg/vector.js';
import {
  atLambdaOn,
  kktDistance,
  netOn,
  penaltyValue,
  type Separable,
  strongRuleSlack,
  within,
  withoutRoundOff,
} from '../../penalties/elastic-net.js';
import type { Precision } from '../../problem/loss-state.js';
import type { Problem } from '../../problem/problem.js';
import { type Separation, separationAlong } from '../../problem/separation.js';
import { ConvergenceRate } from '../convergence-rate.js';
import { backtrack, suffices } from '../line-search.js';
import { IdleSteps } from '../newton-progress.js';
import { inPrecision } from '../precision.js';
import type { Solution, Solver, Stopping } from '../solver.js';
import { Entrants } from './entrants.js';
import { NewtonPoint } from './iterate.js';
import { NewtonModel } from './model.js';
import type { Place } from './snapshots.js';

/** Descents of a lambda that may end by rounding. */
const MAX_STALLS = 50;

/** A new Hessian is due at the beginning of a lambda, and within one only after more steps than this. */
const LATE = 3;

/** Share of lambda from which on the gradient of a column is kept for when it enters. */
const SOON = 0.5;

/** The inner problem is solved to this share of the violation that the step starts from; where it is the problem itself, to the end at once. */
const INNER_SHARE = 0.003;

/**
 * Any smooth family under the elastic net: Newton's quadratic model of the loss over a working set of columns, minimised
 * with the penalty, then a line search on the true objective. The set is made by the sequential strong rule, and columns
 * that it discards join when they violate. The last step of a lambda is left untested where its outcome is predicted: the
 * path then goes on from the point before it.
 * Source: Lee, Sun and Saunders (2014), SIAM J. Optim. 24; Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33.
 */
export function proximalNewton(problem: Problem): Solver {
  const solve = inPrecision(problem, (precision) => new ProximalNewton(problem, precision));
  return { name: 'proximal-newton', solve };
}

/** What lives as long as the path, and what is of the current lambda. */
class ProximalNewton {
  private readonly point: NewtonPoint;
  private readonly model: NewtonModel;
  private readonly rate = new ConvergenceRate();
  /** Whether a column is in the working set. */
  private readonly inside: Uint8Array;
  private readonly entrants: Entrants;
  private previousLambda = Infinity;
  /** Share of lambda from which on a gradient makes its column strong. */
  private slack = 0;

  private lambda = 0;
  /** On the working set. */
  private penalty: Separable;
  private iterations = 0;
  /** The last step over the working set, where it is left untested. */
  private untested: Float64Array | null = null;
  private separation: Separation | null = null;

  constructor(
    private readonly problem: Problem,
    private readonly precision: Precision,
  ) {
    this.point = new NewtonPoint(problem, precision);
    this.model = new NewtonModel(problem, this.point.products);
    this.inside = new Uint8Array(problem.design.columns);
    this.entrants = new Entrants(problem, this.point, this.inside);
    this.penalty = atLambdaOn(problem.penalty, 0, this.model.columns);
  }

  solve(lambda: number, warm: Solution | null, stopping: Stopping): Solution {
    const { point, model } = this;
    this.lambda = lambda;
    this.slack = strongRuleSlack(this.previousLambda, lambda);
    this.iterations = 0;
    this.separation = null;
    point.moveTo(warm);
    model.turnTo(lambda);
    const strong = this.entrants.strong(this.strongFrom);
    const start = model.learns ? this.place() : null;
    if (model.isSpent) model.account.invalidate();
    this.admit(strong);
    this.descendEverywhere(stopping);
    if (start !== null) model.learn(lambda, start, this.place());
    this.previousLambda = lambda;
    return this.solution();
  }

  private solution(): Solution {
    const { problem, point, model, iterations, separation, untested } = this;
    const { columns } = model;
    const step = untested ?? new Float64Array(columns.length + 1);
    const end = within(this.penalty, along(gather(point.beta, columns), 1, step));
    // What is outside the working set is 0.
    const clean = withoutRoundOff(netOn(problem.penalty, columns), end);
    const { beta } = scattered(columns, clean, point.beta.length);
    const intercept = point.intercept + step[columns.length];
    point.leave(beta, intercept);
    const found = { intercept, beta, iterations };
    return separation === null ? found : { ...found, separation };
  }

  /** The point, as later lambdas will look back at it: over the working set, and columns that may soon be in it. */
  private place(): Place {
    return this.point.place(this.inside, SOON * this.lambda);
  }

  /** The strength from which on a column may move, by the sequential strong rule. */
  private get strongFrom(): number {
    return this.slack * this.lambda;
  }

  /** Columns outside the working set that are not right where they are, or may not be after an untested step. */
  private violatorsOutside(violation: number): Int32Array {
    // Such a step moves the gradients of the working set by what they violate, and others hardly more.
    const margin = this.untested === null ? 0 : this.measure().violation;
    return this.entrants.violators(this.lambda, violation, margin);
  }

  /** Takes the strongest of some columns outside into the working set, and all of them that are not 0. */
  private admit(candidates: Int32Array): void {
    const { model, entrants } = this;
    const columns = entrants.first(candidates);
    if (!model.account.isValid) this.rebuild(joined(this.strongInside(), columns));
    else if (!model.hasRoomFor(columns.length)) this.rebuild(joined(this.supportInside(), columns));
    else {
      const entering = entrants.lookingAhead(columns, model.lookAheadFor(columns.length));
      model.extend(entering, supportOf(this.point.beta).length);
    }
    this.takeIn();
  }

  private strongInside(): Int32Array {
    return this.model.columns.filter((j) => this.entrants.isStrong(j, this.strongFrom));
  }

  private supportInside(): Int32Array {
    return this.model.columns.filter((j) => this.point.beta[j] !== 0);
  }

  private rebuild(columns: Int32Array): void {
    this.inside.fill(0);
    this.model.rebuild(columns, this.point.curvature(), supportOf(this.point.beta).length);
  }

  private takeIn(): void {
    const { columns } = this.model;
    for (const j of columns) this.inside[j] = 1;
    this.penalty = atLambdaOn(this.problem.penalty, this.lambda, columns);
  }

  /**
   * Descends, lets in what violates outside the working set, and so on until nothing does. Where rounding ends the descent before the violation
   * is reached, columns outside may violate all the same: they are let in too, so often.
   */
  private descendEverywhere(stopping: Stopping): void {
    for (let stalls = 0; stalls < MAX_STALLS; ) {
      this.untested = null;
      if (!this.descend(stopping)) stalls++;
      if (this.separation !== null || this.iterations >= stopping.maxIterations) return;
      const violators = this.violatorsOutside(stopping.violation);
      if (violators.length === 0) return;
      this.admit(violators);
    }
  }

  /** Steps on the working set until its KKT conditions hold; false where no step makes progress. */
  private descend(stopping: Stopping): boolean {
    const { model, point } = this;
    let at = this.measure();
    if (at.violation > stopping.violation) model.scaleTo(point.curvatureSum());
    const idle = new IdleSteps();
    for (let taken = 0; at.violation > stopping.violation; taken++) {
      if (this.iterations >= stopping.maxIterations) return true;
      model.account.charge(taken);
      const inner = Math.max(0.1 * stopping.violation, model.learns ? INNER_SHARE * at.violation : 0);
      const isPredicted = stopping.untested === true && this.predictsReaching(at, inner, stopping.violation);
      const isLate = taken > (model.isFree ? 0 : LATE);
      const isFresh = !isPredicted && (!model.account.isValid || (isLate && model.isSpent));
      if (isFresh) at = this.renewed();
      this.iterations++;
      const step = model.step(at.gradient, at.beta, this.penalty, inner, stopping.maxIterations);
      if (isPredicted) {
        this.rate.age();
        this.untested = step;
        return true;
      }
      const next = this.lineSearch(at, step);
      if (this.iterations > 1 && !isFresh) this.rate.learn(at.violation, next.violation);
      if (this.separation !== null) return true;
      const isIdle = idle.areMany(at, next);
      if ((!next.moved && isFresh) || isIdle) return false;
      if (next.moved) model.account.note(at.violation, next.violation);
      else model.account.invalidate();
      at = next;
    }
    return true;
  }

  /** Whether a step is predicted to reach the violation; the first one of a lambda never is. */
  private predictsReaching(at: WorkingPoint, inner: number, violation: number): boolean {
    return this.iterations > 0 && this.rate.predict(at.violation) + inner <= violation;
  }

  /** A new Hessian over the columns of the working set that are still strong, and the point restricted to them. */
  private renewed(): WorkingPoint {
    this.rebuild(this.strongInside());
    this.takeIn();
    return this.measure();
  }

  /** The point over the working set, whose gradient is known. */
  private measure(): WorkingPoint {
    const { gradient } = this.point;
    return this.workingPoint(
      appended(gather(gradient.values, this.model.columns), this.point.interceptGradient()),
    );
  }

  private workingPoint(gradient: Float64Array): WorkingPoint {
    const { penalty } = this;
    const beta = gather(this.point.beta, this.model.columns);
    const loss = this.precision === 'double' ? this.point.loss() : Number.NaN;
    const objective = loss + penaltyValue(penalty, beta);
    let violation = Math.abs(gradient[beta.length]);
    for (let a = 0; a < beta.length; a++) {
      violation = Math.max(violation, kktDistance(penalty, a, beta[a], gradient[a]));
    }
    return { beta, gradient, violation, objective };
  }

  /** Takes the step as far as the objective falls, or none of it. */
  private lineSearch(from: WorkingPoint, step: Float64Array): WorkingPoint & { readonly moved: boolean } {
    const { penalty, point } = this;
    const { columns } = this.model;
    const last = columns.length;
    const before = penaltyValue(penalty, from.beta);
    const saved = before - penaltyValue(penalty, along(from.beta, 1, step));
    const promised = dot(from.gradient, step) + saved;
    let [here, gradient] = [0, from.gradient];
    const go = (t: number): void => {
      gradient = point.shift(columns, scaled(t - here, step));
      here = t;
    };
    const objectiveAt = (t: number): number => {
      if (t !== here) go(t);
      return point.loss() + penaltyValue(penalty, along(from.beta, t, step));
    };
    const isSeen = (): boolean => {
      go(1);
      return suffices((dot(from.gradient, step) + dot(gradient, step)) / 2 + saved, promised);
    };
    const isWhole = this.precision === 'single' && isSeen();
    const t = isWhole ? 1 : backtrack(objectiveAt, objectiveAt(0), promised);
    const reached = within(penalty, along(from.beta, t, step));
    for (let a = 0; a < last; a++) point.beta[columns[a]] = reached[a];
    point.intercept += t * step[last];
    point.gradient.moved(columns, gradient);
    if (t === 0) return { ...this.workingPoint(gradient), moved: false };
    const direction = { columns, beta: step.subarray(0, last), intercept: step[last] };
    this.separation = separationAlong(this.problem, this.lambda, direction);
    return { ...this.workingPoint(gradient), moved: true };
  }
}

/** What is known at a point, over the working set; the gradient holds the intercept last. */
interface WorkingPoint {
  readonly beta: Float64Array;
  readonly gradient: Float64Array;
  readonly violation: number;
  /** NaN where the loss is not known. */
  readonly objective: number;
}
