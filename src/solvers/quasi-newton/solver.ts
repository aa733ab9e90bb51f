import { Dense } from '../../linalg/dense.js';
import { axpy, dot, equal, maxAbs, minus, weightedDot } from '../../linalg/vector.js';
import type { Precision } from '../../problem/loss-state.js';
import { type LossState, lossState } from '../../problem/loss-state.js';
import { allColumns, type Problem } from '../../problem/problem.js';
import { type Separation, separationAlong } from '../../problem/separation.js';
import { backtrack, suffices } from '../line-search.js';
import { HessianAccount, IdleSteps } from '../newton-progress.js';
import { inPrecision } from '../precision.js';
import type { Solution, Solver, Stopping } from '../solver.js';
import { FrozenHessian } from './frozen-hessian.js';
import { SecantMemory } from './lbfgs.js';
import { PathPredictor } from './predictor.js';
import { UntestedSteps } from './untested-steps.js';

/**
 * Any smooth family under a ridge penalty: Newton's method with a Hessian that is kept along the path, scaled to the
 * curvature of the point, and corrected by what the last steps showed of it. A lambda begins where the path so far leads.
 * A new Hessian is built when the steps since the last one have cost as much as it would, or no longer contract.
 * On large problems a last step that is sure to suffice may be left untested: it is taken together with the leap to the next lambda,
 * in one pass. The certificate tells what it was worth.
 * Cost: one pass over the data a step. Source: Nocedal and Wright (2006), 7.2; Allgower and Georg (2003), Introduction to
 * Numerical Continuation Methods, 2 (predictor and corrector).
 */
export function quasiNewton(problem: Problem): Solver {
  const dense = new Dense(problem.design.engine, 'last');
  /** Built before the first lambda was known, and taken by what solves it. */
  let ahead: FrozenHessian | null = null;
  const solve = inPrecision(problem, (precision) => {
    const hessian = ahead;
    ahead = null;
    return new QuasiNewton(problem, precision, dense, hessian);
  });
  return {
    name: 'quasi-newton',
    solve,
    extent(curvature, shares) {
      ahead = new FrozenHessian(problem, curvature, dense);
      return ahead.extent(shares);
    },
  };
}

/** The point and what is known there; it lives as long as the path. Vectors hold the intercept last. */
class QuasiNewton {
  private readonly state: LossState;
  private readonly columns: Int32Array;
  private readonly predictor = new PathPredictor();
  private readonly secants = new SecantMemory();
  private point: Float64Array;
  /** Minus the derivative of the loss. */
  private gradient: Float64Array;
  private readonly account = new HessianAccount();
  /** What is missing from the point to the last solution: a step that has not been tested. */
  private pending: Float64Array | null = null;
  private readonly untested: UntestedSteps;

  // Of the current lambda.
  private lambda = 0;
  private ridge: Float64Array;
  private iterations = 0;
  private separation: Separation | null = null;

  constructor(
    private readonly problem: Problem,
    private readonly precision: Precision,
    private readonly dense: Dense,
    private hessian: FrozenHessian | null,
  ) {
    const { columns } = problem.design;
    this.untested = new UntestedSteps(problem);
    if (hessian !== null) this.account.renew();
    this.state = lossState(problem, precision);
    this.columns = allColumns(columns);
    this.point = new Float64Array(columns + 1);
    this.ridge = new Float64Array(columns + 1);
    this.gradient = new Float64Array(columns + 1);
    this.state.reset(0, this.point.subarray(0, columns));
    this.readGradient();
  }

  solve(lambda: number, warm: Solution | null, stopping: Stopping): Solution {
    this.lambda = lambda;
    this.problem.penalty.factor.forEach((f, j) => {
      this.ridge[j] = lambda * f;
    });
    this.iterations = 0;
    this.separation = null;
    this.moveTo(warm);
    const start = this.reached();
    if (this.pending !== null || this.violation() > stopping.violation) {
      this.leap(this.predictor.predict(lambda));
    }
    this.descend(stopping);
    this.predictor.learn(lambda, minus(this.reached(), start));
    return this.solution();
  }

  private solution(): Solution {
    const { iterations, separation } = this;
    const point = this.reached();
    const beta = point.slice(0, -1);
    const found = { intercept: point[beta.length], beta, iterations };
    return separation === null ? found : { ...found, separation };
  }

  /** The solution, as far as it goes: the point and what is missing. Not to be written to. */
  private reached(): Float64Array {
    if (this.pending === null) return this.point;
    const reached = this.point.slice();
    axpy(1, this.pending, reached);
    return reached;
  }

  /** Takes up a point that is not the one left last. */
  private moveTo(warm: Solution | null): void {
    const { v, offset, intercept, design } = this.problem;
    const point = new Float64Array(design.columns + 1);
    if (warm !== null) point.set(warm.beta);
    // A cold start uses minus the mean offset as intercept; far from it the loss is flat.
    point[design.columns] = warm?.intercept ?? (intercept ? -dot(v, offset) : 0);
    if (equal(point, this.reached())) return;
    this.point = point;
    this.pending = null;
    this.state.reset(point[design.columns], point.subarray(0, -1));
    this.gradient = new Float64Array(point.length);
    this.readGradient();
  }

  /** What is to be known of a point that no step led to. */
  private readGradient(): void {
    this.hessian?.scaleTo(this.state.curvatureSum());
    this.state.fullGradient(this.gradient.subarray(0, -1));
    this.gradient[this.columns.length] = this.problem.intercept ? this.state.residualSum() : 0;
  }

  /** Minus the derivative of the objective. */
  private slope(): Float64Array {
    const { gradient, ridge, point } = this;
    const slope = new Float64Array(gradient.length);
    for (let j = 0; j < slope.length; j++) slope[j] = gradient[j] - ridge[j] * point[j];
    return slope;
  }

  private violation(): number {
    return maxAbs(this.slope());
  }

  private objective(): number {
    return this.state.loss() + weightedDot(this.ridge, this.point, this.point) / 2;
  }

  /** NaN where it would take a pass over the rows. */
  private knownObjective(): number {
    return this.precision === 'double' ? this.objective() : Number.NaN;
  }

  /** Takes what is missing, and goes where the path so far leads; back where that is no better. */
  private leap(predicted: Float64Array | null): void {
    const move = predicted ?? this.pending;
    if (move === null) return;
    if (predicted !== null && this.pending !== null) axpy(1, this.pending, move);
    this.pending = null;
    this.iterations++;
    if (!this.lowers(move)) this.go(move, -1);
  }

  /** Goes along a move, and tells whether the objective fell: in single precision by the slopes at both ends. */
  private lowers(move: Float64Array): boolean {
    if (this.precision === 'double') {
      const before = this.objective();
      this.go(move, 1);
      return this.objective() <= before;
    }
    const slope = dot(this.slope(), move);
    this.go(move, 1);
    return slope + dot(this.slope(), move) >= 0;
  }

  /** point += t step, with the gradient there, and the loss in double precision, in one pass over the data. */
  private go(step: Float64Array, t: number): void {
    const { columns, state, gradient } = this;
    const last = columns.length;
    const moved = new Float64Array(last + 1);
    axpy(t, step, moved);
    const next = new Float64Array(last + 1);
    state.step(columns, moved.subarray(0, last), moved[last], next.subarray(0, last));
    next[last] = this.problem.intercept ? state.residualSum() : 0;
    this.point = this.point.slice();
    axpy(1, moved, this.point);
    this.gradient = next;
    this.secants.learn(moved, minus(gradient, next));
  }

  /** Steps until the optimality conditions hold, or no step makes progress. */
  private descend(stopping: Stopping): void {
    const idle = new IdleSteps();
    for (let taken = 0; ; taken++) {
      const before = this.violation();
      if (!(before > stopping.violation) || this.iterations >= stopping.maxIterations) return;
      this.account.charge(taken);
      const fresh = this.renew();
      if (stopping.untested === true && this.untested.isSure(before, stopping.violation)) {
        this.defer();
        return;
      }
      const objective = this.knownObjective();
      this.iterations++;
      const moved = this.lineSearch();
      if (this.separation !== null) return;
      const after = this.violation();
      const reached = { violation: after, objective: this.knownObjective() };
      const isIdle = idle.areMany({ violation: before, objective }, reached);
      if ((!moved && fresh) || isIdle) return;
      if (moved) this.account.note(before, after);
      else this.account.invalidate();
      this.untested.learn(before, after);
    }
  }

  /** Makes a step without testing where it leads. */
  private defer(): void {
    this.pending = this.newtonStep(this.slope());
    this.iterations++;
    this.untested.add();
  }

  /** Builds the Hessian anew where that is due; whether it did. */
  private renew(): boolean {
    if (!this.account.isSpent(FrozenHessian.passes(this.problem))) return false;
    this.hessian = new FrozenHessian(this.problem, this.state.curvature(), this.dense);
    this.secants.clear();
    this.account.renew();
    return true;
  }

  private newtonStep(slope: Float64Array): Float64Array {
    const hessian = this.hessian as FrozenHessian;
    return this.secants.solve(slope, this.ridge, (r) => hessian.solve(this.lambda, r));
  }

  /** Takes a step as far as the objective falls; false, and back, where it does not. */
  private lineSearch(): boolean {
    const { lambda, point: origin } = this;
    const slope = this.slope();
    const step = this.newtonStep(slope);
    let here = 0;
    const objectiveAt = (t: number): number => {
      if (t !== here) this.go(step, t - here);
      here = t;
      return this.objective();
    };
    const promised = dot(step, slope);
    const isSeen = (): boolean => {
      this.go(step, 1);
      here = 1;
      return suffices((promised + dot(step, this.slope())) / 2, promised);
    };
    const isWhole = this.precision === 'single' && isSeen();
    if (!isWhole && backtrack(objectiveAt, objectiveAt(0), promised) === 0) {
      this.point = origin;
      return false;
    }
    const last = this.columns.length;
    const { columns } = this;
    const direction = { columns, beta: step.subarray(0, last), intercept: step[last] };
    this.separation = separationAlong(this.problem, lambda, direction);
    return true;
  }
}
