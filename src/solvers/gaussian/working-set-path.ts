import { largestExcess } from '../../design/zero-violation.js';
import { type Coefficients, gather, scattered, supportIn } from '../../linalg/vector.js';
import { kktDistanceAt, netOn, withoutRoundOff } from '../../penalties/elastic-net.js';
import { gaussianTarget } from '../../problem/gaussian-target.js';
import { lossGradients } from '../../problem/loss-state.js';
import { allColumns, type Problem } from '../../problem/problem.js';
import { WorkingHessian } from '../proximal-newton/hessian.js';
import { firstToJoin, isDense, roomFor, strongest } from '../screening/strongest.js';
import { solveAll } from '../solve-all.js';
import type { Solution, Solver, Stopping } from '../solver.js';
import { walkPaths } from './quadratic-path.js';

/** Most lambdas per batch, and the share of its first lambda that they stay above. */
const STRETCH = 6;
const SHARE = 0.5;

/** The working set has at most this many columns more than the support, plus a share of the support. */
const SPARE = 96;
const SPARE_SHARE = 0.5;

/** A column whose gradient is above this share of a batch's last lambda is a likely next one. */
const NEXT = 0.5;

type Point = Solution & { readonly lambda: number; readonly support: Int32Array };

/**
 * Gaussian lasso and elastic net with more columns than rows: covariance updates over a working set of columns. A batch of lambdas is
 * solved on their Gram matrix, then the gradients of all columns at these solutions are computed from the data. Solutions before the first
 * lambda at which an excluded column violates are kept; the violators join, and the path continues from there.
 * Source: Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33, "covariance updates"; Tibshirani et al. (2012), J. R. Stat. Soc. B
 * 74, section 7, for working sets that the optimality conditions correct.
 * Cost: a pass over the data per batch, and rows |A|^2 for the Gram matrix.
 * @param dense what solves where many coefficients are not 0 (`isDense`): their Gram matrix would be larger than the data
 */
export function workingSetSolver(problem: Problem, dense: () => Solver): Solver {
  const path = new WorkingSetPath(problem, dense);
  return {
    name: 'working-set-path',
    solve: (lambda, warm, stopping) => path.solveAll([lambda], warm, stopping)[0],
    solveAll: (lambdas, warm, stopping, onSolved) => path.solveAll(lambdas, warm, stopping, onSolved),
  };
}

class WorkingSetPath {
  private readonly hessian: WorkingHessian;
  /** Whether a column is in the working set. */
  private readonly inside: Uint8Array;
  /** Minus the derivatives of the loss at the last point that was looked at. */
  private readonly gradient: Float64Array;

  constructor(
    private readonly problem: Problem,
    private readonly dense: () => Solver,
  ) {
    const { design, penalty, v } = problem;
    this.hessian = new WorkingHessian(problem);
    this.hessian.rebuild(new Int32Array(0), v);
    this.inside = new Uint8Array(design.columns);
    this.gradient = gaussianTarget(problem).q.slice();
    this.admit(allColumns(design.columns).filter((j) => penalty.factor[j] === 0));
  }

  solveAll(
    lambdas: readonly number[],
    warm: Solution | null,
    stopping: Stopping,
    onSolved: () => void = () => {},
  ): Solution[] {
    const { problem } = this;
    const found: Solution[] = [];
    let start = warm === null ? null : { ...warm, support: supportIn(warm) };
    while (found.length < lambdas.length) {
      if (start !== null && this.isDense(start.support)) {
        const rest = lambdas.slice(found.length);
        return [...found, ...solveAll(this.dense(), rest, start, stopping, onSolved)];
      }
      if (start !== null) this.admit(start.support);
      const stretch = lambdas
        .slice(found.length, found.length + STRETCH)
        .filter((lambda, k) => k === 0 || lambda > SHARE * lambdas[found.length]);
      this.admit(this.likely(stretch, start));
      const points = this.walk(stretch, start, stopping);
      const { right, violators } = this.judge(points, stopping);
      for (const { lambda: _, ...point } of points.slice(0, right)) {
        found.push(point);
        onSolved();
      }
      // A solution that a few columns violate is still a better start than the one before it.
      start = points[Math.min(right, points.length - 1)];
      const first = firstToJoin(violators, this.gradient, problem.penalty.factor, start.support.length);
      this.makeRoom(first.length, start);
      this.admit(first);
    }
    return found;
  }

  /** Columns outside the working set that may be next: the strongest, as many as there is room for. */
  private likely(lambdas: readonly number[], start: Coefficients | null): Int32Array {
    const { gradient, problem, hessian } = this;
    const { factor, l1Ratio } = problem.penalty;
    const support = start === null ? 0 : supportIn(start).length;
    const room = Math.ceil((1 + SPARE_SHARE) * support + SPARE) - hessian.columns.length;
    if (room <= 0) return new Int32Array(0);
    const least = NEXT * lambdas[lambdas.length - 1] * l1Ratio;
    const near = this.outside().filter((j) => Math.abs(gradient[j]) / factor[j] >= least);
    return strongest(near, gradient, factor, room);
  }

  /** The columns that are not in the working set, ascending. */
  private outside(): Int32Array {
    return allColumns(this.inside.length).filter((j) => this.inside[j] === 0);
  }

  /** Whether so many coefficients are non-zero that the Gram matrix of their columns would be too large. */
  private isDense(support: Int32Array): boolean {
    return this.problem.penalty.l1Ratio < 1 && isDense(this.problem.design, support.length);
  }

  /** Adds columns that can move to the working set. */
  private admit(columns: Int32Array): void {
    const { inside, problem } = this;
    const { lower, upper } = problem.penalty;
    const joining = columns.filter((j) => inside[j] === 0 && lower[j] < upper[j]);
    for (const j of joining) inside[j] = 1;
    this.hessian.extend(joining);
  }

  /** Cuts the working set down to what is not 0 or not penalised, where it would grow too large by so many columns. */
  private makeRoom(joining: number, { beta }: Coefficients): void {
    const { inside, hessian, problem } = this;
    if (hessian.columns.length + joining <= roomFor(problem.design)) return;
    const kept = hessian.columns.filter((j) => beta[j] !== 0 || problem.penalty.factor[j] === 0);
    inside.fill(0);
    for (const j of kept) inside[j] = 1;
    hessian.rebuild(kept, problem.v);
  }

  /** The solutions over the working set. */
  private walk(lambdas: readonly number[], start: Coefficients | null, stopping: Stopping): Point[] {
    const { design, penalty } = this.problem;
    const { columns, matrix } = this.hessian;
    const { factor } = matrix;
    const { q, intercept } = gaussianTarget(this.problem);
    const net = netOn(penalty, columns);
    const path = {
      factor,
      q: gather(q, columns),
      l1Factor: net.factor,
      l2Factor: net.l2Factor ?? net.factor,
      l1Ratio: net.l1Ratio,
      lower: net.lower,
      upper: net.upper,
      start: start === null ? null : gather(start.beta, columns),
    };
    return walkPaths(design.engine, [path], lambdas, stopping)[0].map((step, k) => {
      const found = scattered(columns, withoutRoundOff(net, step.beta), design.columns);
      return { lambda: lambdas[k], intercept, ...found, iterations: step.sweeps };
    });
  }

  /** How many of the solutions hold for all columns, and the excluded columns that violate the next one. */
  private judge(points: readonly Point[], { violation }: Stopping): { right: number; violators: Int32Array } {
    const { problem, gradient } = this;
    const { design, penalty } = problem;
    const inside = this.hessian.columns.slice().sort();
    let right = 0;
    let violators: Int32Array = new Int32Array(0);
    lossGradients(problem, points, null, (judged, k) => {
      if (right < k) return;
      const { lambda } = points[k];
      gradient.set(judged.gradient);
      const excess = largestExcess(design.engine, judged.gradient, inside, { ...penalty, lambda });
      if (excess > violation) violators = this.violatorsAt(lambda, violation);
      if (violators.length === 0) right++;
    });
    return { right, violators };
  }

  private violatorsAt(lambda: number, violation: number): Int32Array {
    const { gradient, problem } = this;
    return this.outside().filter(
      (j) => kktDistanceAt(problem.penalty, lambda, j, 0, gradient[j]) > violation,
    );
  }
}
