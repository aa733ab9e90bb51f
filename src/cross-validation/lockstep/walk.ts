import { appended, gather, minus, sum } from '../../linalg/vector.js';
import { linearPredictor, type Problem } from '../../problem/problem.js';
import type { GradientAt } from './fold-hessian.js';
import type { FoldLosses } from './fold-losses.js';
import { FoldPath, type RestOfRows } from './fold-path.js';

/** Passes over the data for one lambda; folds that are not solved by then are given up. */
const MAX_ROUNDS = 12;

/** Passes per lambda that do not count towards the next Hessian: the predicted candidate, and one step from it. */
const FREE_ROUNDS = 2;

/** What a Hessian costs beside its products: multiplications a row. */
const BUILD_OVERHEAD = 250;

/** Lambdas that a Hessian looks ahead, and the share of its threshold that the gradient of a column then reaches at some of them. */
const AHEAD = 10;
const STRONG = 0.8;

/** What is walked. */
export interface FoldWalk {
  readonly problem: Problem;
  readonly losses: FoldLosses;
  /** Folds to walk. */
  readonly rests: readonly RestOfRows[];
  /** Steps for one lambda. */
  readonly maxIterations: number;
  /** Decreasing, all penalised. */
  readonly lambdas: readonly number[];
  /** Solutions on all rows, one a lambda. */
  readonly reference: readonly { readonly intercept: number; readonly beta: Float64Array }[];
}

/**
 * The paths of all folds in step: at each lambda one pass over the data evaluates a candidate of every fold on the rows without
 * it, and its loss on the fold's rows; folds whose candidate violates the KKT conditions take a Newton step and come again.
 * The Hessian of a fold is that of all rows less that of its own, at the solution of all rows for some lambda, and is renewed
 * when the passes beyond two a lambda have cost as much, or a step hardly contracts.
 * @param onLambda called after each lambda
 * @returns sum_i v_i loss_i over the rows of each fold in `rests`, along the path; null where a fold's steps did not converge
 * Cost: about one pass over the data for each lambda and fold, a dozen Hessians.
 */
export function walkFolds(walk: FoldWalk, onLambda: (done: number) => void): (number[] | null)[] {
  return new Walk(walk).run(onLambda);
}

class Walk {
  private readonly paths: readonly FoldPath[];
  private readonly heldLosses: number[][];
  private readonly alive: Set<FoldPath>;
  /** For each lambda and path: minus the gradient at the solution on all rows, of the loss over the rows without the fold. */
  private readonly gradients: readonly (readonly GradientAt[])[];
  /** Passes since the Hessian was built that a newer one might have saved. */
  private spent = Infinity;
  private builtAt = -1;
  /** Columns of it. */
  private size = 0;

  constructor(private readonly walk: FoldWalk) {
    const { problem, rests } = walk;
    const { design, intercept, penalty } = problem;
    this.paths = rests.map((rest) => new FoldPath(design, intercept, penalty, rest, walk.losses.precision));
    this.heldLosses = rests.map(() => []);
    this.alive = new Set(this.paths);
    this.gradients = this.gradientsAtReference();
  }

  run(onLambda: (done: number) => void): (number[] | null)[] {
    this.walk.lambdas.forEach((_, k) => {
      if (this.alive.size > 0) this.solve(k);
      onLambda(k + 1);
    });
    return this.paths.map((path, i) => (this.alive.has(path) ? this.heldLosses[i] : null));
  }

  private gradientsAtReference(): GradientAt[][] {
    const { losses, reference, rests } = this.walk;
    return losses.gradients(reference).map((parts, k) => {
      const { intercept, beta } = reference[k];
      const at = appended(beta, intercept);
      const pieces = parts.map(({ gradient, interceptGradient }) => appended(gradient, interceptGradient));
      const whole = pieces.reduce((total, piece) => total.map((x, j) => x + piece[j]));
      return rests.map(({ fold }) => ({ at, gradient: minus(whole, pieces[fold]) }));
    });
  }

  private solve(k: number): void {
    if (this.spent >= this.costOfHessian()) this.build(k, []);
    this.paths.forEach((path, i) => {
      if (this.alive.has(path)) path.begin(this.walk.lambdas[k], this.gradients[k][i]);
    });
    let open = this.paths.filter((path) => this.alive.has(path));
    for (let round = 1; open.length > 0; round++) {
      open = this.evaluate(open);
      if (open.length > 0 && round === Math.min(MAX_ROUNDS, this.walk.maxIterations)) {
        for (const path of open) this.alive.delete(path);
        return;
      }
      if (round >= FREE_ROUNDS) this.spent += open.length / this.paths.length;
      const outsiders = open.flatMap((path) => path.outsiders());
      const isStale = this.builtAt !== k && open.some((path) => path.isSlow);
      if (outsiders.length > 0 || isStale) this.build(k, outsiders);
      for (const path of open) path.retry();
    }
  }

  /** One pass over the data. @returns the paths whose candidates are no solutions yet */
  private evaluate(open: readonly FoldPath[]): FoldPath[] {
    const found = this.walk.losses.evaluate(open.map((path) => path.candidate));
    return open.filter((path, i) => {
      if (!path.accepts(found[i])) return true;
      path.learn();
      this.heldLosses[this.paths.indexOf(path)].push(found[i].heldLoss);
      return false;
    });
  }

  /** What a build costs, in passes of all folds: multiplications, those of a pass being 2 columns a fold and the exponential. */
  private costOfHessian(): number {
    const { rows, columns } = this.walk.problem.design;
    const folds = this.paths.length;
    const size = this.size;
    return (
      (rows * ((size * size) / 2 + BUILD_OVERHEAD) + (folds * size ** 3) / 6) /
      (folds * rows * (2 * columns + 50))
    );
  }

  /** A new Hessian for every fold, at the solution of all rows. @param extra columns that take part */
  private build(k: number, extra: readonly number[]): void {
    const { problem, losses, reference } = this.walk;
    const { intercept, beta } = reference[k];
    const columns = this.columnsAhead(k, extra);
    const w = new Float64Array(problem.design.rows);
    problem.family.curvature(linearPredictor(problem, intercept, beta), problem.v, w);
    const grams = losses.grams(w, columns);
    const sums = losses.products(w, columns);
    const gram = total(grams);
    const whole = total(sums);
    const totals = Float64Array.from(losses.rows, (rows) => sum(gather(w, rows)));
    const all = sum(totals);
    for (const path of this.alive) {
      const { fold } = path.rest;
      path.setHessian(columns, {
        gram: minus(gram, grams[fold]),
        sums: minus(whole, sums[fold]),
        total: all - totals[fold],
      });
    }
    this.size = columns.length;
    this.spent = 0;
    this.builtAt = k;
  }

  /** Columns that some fold may need at one of the next lambdas; ascending. */
  private columnsAhead(k: number, extra: readonly number[]): Int32Array {
    const marks = new Uint8Array(this.walk.problem.design.columns);
    for (const j of extra) marks[j] = 1;
    this.paths.forEach((path, i) => {
      if (!this.alive.has(path)) return;
      path.candidate.beta.forEach((b, j) => {
        if (b !== 0) marks[j] = 1;
      });
      for (let m = k; m < Math.min(k + AHEAD, this.walk.lambdas.length); m++) {
        const { at, gradient } = this.gradients[m][i];
        const { l1 } = path.penaltyAt(this.walk.lambdas[m]);
        for (let j = 0; j < marks.length; j++) {
          const strong = Math.abs(gradient[j]) >= STRONG * l1[j] * path.rest.weight;
          if (strong || at[j] !== 0) marks[j] = 1;
        }
      }
    });
    return Int32Array.from(marks.keys()).filter((j) => marks[j] === 1);
  }
}

function total(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts[0].length);
  for (const part of parts) for (let k = 0; k < out.length; k++) out[k] += part[k];
  return out;
}
