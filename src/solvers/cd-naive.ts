import { symmetricOf } from '../kernels/shared-symmetric.js';
import { axpy, dot, supportOf, weightedDot } from '../kernels/vector.js';
import {
  atLambda,
  kktDistance,
  proximal,
  restrict,
  type Separable,
  strongRuleSlack,
  withoutCrumbs,
} from '../penalties/elastic-net.js';
import { gaussianTarget } from '../problem/gaussian-target.js';
import type { Problem } from '../problem/problem.js';
import { solveQuadratic } from './quadratic.js';
import type { Solver } from './solver.js';
import { firstToJoin } from './strongest.js';

/** Sweeps over the active set before its Gram matrix is worth making. */
const PATIENT_SWEEPS = 8;

/**
 * Gaussian lasso and elastic net by coordinate descent on the residual ("naive updates"), for more columns than rows:
 * columns that the sequential strong rule discards are looked at only once the others have settled.
 * Source: Friedman, Hastie and Tibshirani (2010); Tibshirani et al. (2012), J. R. Stat. Soc. B 74, "strong rules".
 */
export function cdNaive(problem: Problem): Solver {
  const run = new NaiveDescent(problem);
  return {
    name: 'cd-naive',
    solve: (lambda, warm, stopping) => run.solve(lambda, warm?.beta ?? null, stopping),
  };
}

class NaiveDescent {
  private readonly columns: number;
  private readonly squares: Float64Array;
  private readonly intercept: number;
  private readonly centred: Float64Array;
  private readonly gradient: Float64Array;
  private readonly uniform: number | null;
  private residual: Float64Array;
  private previousLambda = Infinity;

  constructor(private readonly problem: Problem) {
    const { design, v } = problem;
    this.columns = design.columns;
    const target = gaussianTarget(problem);
    this.intercept = target.intercept;
    this.centred = target.centred;
    this.residual = target.centred.slice();
    this.gradient = new Float64Array(this.columns);
    this.uniform = v.every((x) => x === v[0]) ? v[0] : null;
    this.squares = new Float64Array(this.columns);
    for (let j = 0; j < this.columns; j++) this.squares[j] = this.inner(j, design.column(j));
  }

  solve(lambda: number, warm: Float64Array | null, stopping: { violation: number; maxIterations: number }) {
    const beta = warm === null ? new Float64Array(this.columns) : warm.slice();
    const penalty = atLambda(this.problem.penalty, lambda);
    this.refresh(beta);
    let working = this.withStrongest(supportOf(beta), this.strong(penalty, lambda), beta);
    let iterations = 0;
    while (iterations < stopping.maxIterations) {
      iterations += this.descend(
        beta,
        penalty,
        working,
        stopping.violation,
        stopping.maxIterations - iterations,
      );
      this.refresh(beta);
      const violators = this.violators(beta, penalty, stopping.violation);
      if (violators.length === 0) break;
      working = this.withStrongest(working, violators, beta);
    }
    this.previousLambda = lambda;
    const clean = withoutCrumbs(this.problem.penalty, beta);
    return { intercept: this.intercept, beta: clean, iterations };
  }

  /** z_j' V x. */
  private inner(j: number, x: Float64Array): number {
    const z = this.problem.design.column(j);
    return this.uniform === null ? weightedDot(this.problem.v, z, x) : this.uniform * dot(z, x);
  }

  /** The residual and the whole gradient, anew from the coefficients. */
  private refresh(beta: Float64Array): void {
    const { design, v } = this.problem;
    this.residual = this.centred.slice();
    design.addPrediction(
      beta.map((b) => -b),
      this.residual,
    );
    design.gradient(
      this.residual.map((r, i) => v[i] * r),
      this.gradient,
    );
  }

  /** Columns that may enter: |gradient_j| >= l1_j (2 - previous / lambda). */
  private strong(penalty: Separable, lambda: number): Int32Array {
    const slack = strongRuleSlack(this.previousLambda, lambda);
    const { lower, upper } = penalty;
    const mayMove = (j: number) => lower[j] < upper[j];
    return allWhere(this.columns, (j) => mayMove(j) && Math.abs(this.gradient[j]) >= slack * penalty.l1[j]);
  }

  /** A working set and the strongest of some candidates, ascending. */
  private withStrongest(working: Int32Array, candidates: Int32Array, beta: Float64Array): Int32Array {
    const marked = new Uint8Array(this.columns);
    for (const j of working) marked[j] = 1;
    const outside = candidates.filter((j) => marked[j] === 0);
    const { factor } = this.problem.penalty;
    for (const j of firstToJoin(outside, this.gradient, factor, supportOf(beta).length)) marked[j] = 1;
    return allWhere(this.columns, (j) => marked[j] === 1);
  }

  private violators(beta: Float64Array, penalty: Separable, violation: number): Int32Array {
    return allWhere(this.columns, (j) => kktDistance(penalty, j, beta[j], this.gradient[j]) > violation);
  }

  /** Alternates a sweep over the working set with work on its non-zero part; returns sweeps made. */
  private descend(
    beta: Float64Array,
    penalty: Separable,
    working: Int32Array,
    violation: number,
    maxSweeps: number,
  ): number {
    let sweeps = 0;
    while (sweeps < maxSweeps) {
      sweeps++;
      if (this.sweep(beta, penalty, working) <= violation) break;
      const active = working.filter((j) => beta[j] !== 0);
      let settled = false;
      for (let k = 0; k < PATIENT_SWEEPS && sweeps < maxSweeps && !settled; k++, sweeps++) {
        settled = this.sweep(beta, penalty, active) <= violation;
      }
      if (!settled) sweeps += this.settleByCovariance(beta, penalty, active, violation, maxSweeps - sweeps);
    }
    return sweeps;
  }

  /**
   * Where naive sweeps crawl (an active set nearly as large as the rows), the active set's own Gram matrix is made and
   * the rest is covariance updates with Newton steps on the support. Cost: rows |A|^2.
   */
  private settleByCovariance(
    beta: Float64Array,
    penalty: Separable,
    active: Int32Array,
    violation: number,
    maxSweeps: number,
  ): number {
    const { design, v } = this.problem;
    const weighted = this.residual.map((r, i) => v[i] * r);
    const h = symmetricOf(design, design.gram(v, active), active.length);
    const state = { b: Float64Array.from(active, (j) => beta[j]), c: h.vector(0) };
    design.gradient(weighted, state.c, active);
    const quadratic = { h, factor: h.factor(), penalty: restrict(penalty, active) };
    const sweeps = solveQuadratic(quadratic, state, violation, maxSweeps);
    active.forEach((j, a) => {
      axpy(beta[j] - state.b[a], design.column(j), this.residual);
      beta[j] = state.b[a];
    });
    return sweeps;
  }

  /** One pass of coordinate descent; returns the largest violation it met. */
  private sweep(beta: Float64Array, penalty: Separable, order: Int32Array): number {
    let worst = 0;
    for (const j of order) {
      const curvature = this.squares[j];
      const updated = proximal(penalty, j, this.inner(j, this.residual) + curvature * beta[j], curvature);
      const step = updated - beta[j];
      if (step === 0) continue;
      beta[j] = updated;
      axpy(-step, this.problem.design.column(j), this.residual);
      worst = Math.max(worst, Math.abs(step) * (curvature + penalty.l2[j]));
    }
    return worst;
  }
}

function allWhere(count: number, test: (j: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let j = 0; j < count; j++) if (test(j)) found.push(j);
  return Int32Array.from(found);
}
