import type { DesignPoint, LossGradient } from '../../design/evaluate-points.js';
import { gather, sum } from '../../linalg/vector.js';
import type { Precision } from '../../problem/loss-state.js';
import { linearPredictor, type Problem } from '../../problem/problem.js';
import { BlocksByFold, type FoldLoss, type FoldPoint } from './blocks-by-fold.js';

export type { FoldLoss, FoldPoint };

/** The loss of a problem whose rows are dealt to folds: sums over the rows of each fold, and over those left without it. */
export interface FoldLosses {
  /** Of `evaluate`: in single precision points have to be singles too, or what they are rounded by would not average out. */
  readonly precision: Precision;
  /** Of each fold. */
  readonly rows: readonly Int32Array[];
  /** Minus the derivatives of sum_i v_i loss_i over each fold's rows: for each point, for each fold. */
  gradients(points: readonly DesignPoint[]): LossGradient[][];
  /** What each point is for the fold that it belongs to, over the rows without the fold and over its rows. */
  evaluate(points: readonly FoldPoint[]): FoldLoss[];
  /** Z_A'r over each fold's rows. @param r length rows */
  products(r: Float64Array, subset: Int32Array): Float64Array[];
  /** Z_A' diag(w) Z_A over each fold's rows: |A| x |A|, row-major, of which the lower triangle counts. @param w length rows */
  grams(w: Float64Array, subset: Int32Array): Float64Array[];
}

/**
 * The fastest losses that suit the problem.
 * @param rows of each fold; every row is in one
 * @param precision see `precisionFor`
 * @returns null where the compiled kernels would have to fill up too many rows
 */
export function foldLosses(
  problem: Problem,
  rows: readonly Int32Array[],
  precision: Precision = 'double',
): FoldLosses | null {
  const { design, family } = problem;
  if (design.blocks === null) return new PlainFoldLosses(problem, rows);
  const pays = family.kernels === 'binomial' && BlocksByFold.pays(rows);
  return pays ? new BlocksByFold(design.blocks, rows, problem, precision) : null;
}

/** For any design: each fold's rows are a problem of their own. */
class PlainFoldLosses implements FoldLosses {
  readonly precision = 'double';
  private readonly parts: readonly Problem[];

  constructor(
    problem: Problem,
    readonly rows: readonly Int32Array[],
  ) {
    const { design, y, v, offset } = problem;
    this.parts = rows.map((held) => ({
      ...problem,
      design: design.selectRows(held),
      y: gather(y, held),
      v: gather(v, held),
      offset: gather(offset, held),
    }));
  }

  gradients(points: readonly DesignPoint[]): LossGradient[][] {
    return points.map((point) => this.parts.map((part) => gradientOf(part, point)));
  }

  evaluate(points: readonly FoldPoint[]): FoldLoss[] {
    return points.map((point) => {
      const gradient = new Float64Array(point.beta.length);
      let interceptGradient = 0;
      this.parts.forEach((part, fold) => {
        if (fold === point.fold) return;
        const of = gradientOf(part, point);
        of.gradient.forEach((g, j) => {
          gradient[j] += g;
        });
        interceptGradient += of.interceptGradient;
      });
      return { gradient, interceptGradient, heldLoss: lossOf(this.parts[point.fold], point) };
    });
  }

  products(r: Float64Array, subset: Int32Array): Float64Array[] {
    return this.parts.map(({ design }, fold) => {
      const out = new Float64Array(subset.length);
      design.gradient(gather(r, this.rows[fold]), out, subset);
      return out;
    });
  }

  grams(w: Float64Array, subset: Int32Array): Float64Array[] {
    return this.parts.map(({ design }, fold) => design.gram(gather(w, this.rows[fold]), subset));
  }
}

function lossOf(problem: Problem, { intercept, beta }: DesignPoint): number {
  return problem.family.loss(problem.y, linearPredictor(problem, intercept, beta), problem.v);
}

function gradientOf(problem: Problem, { intercept, beta }: DesignPoint): LossGradient {
  const { design, family, y, v } = problem;
  const residual = new Float64Array(design.rows);
  family.residual(y, linearPredictor(problem, intercept, beta), v, residual);
  const gradient = new Float64Array(design.columns);
  design.gradient(residual, gradient);
  return { gradient, interceptGradient: sum(residual) };
}
