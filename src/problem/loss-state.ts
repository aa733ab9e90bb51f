import type { Design } from '../design/design.js';
import { type EvaluatedPoint, evaluatedAt } from '../design/evaluate-points.js';
import { sum } from '../linalg/vector.js';
import { Float32LogisticLoss } from './float32-logistic-loss.js';
import { LogisticLoss } from './logistic-loss.js';
import { linearPredictor, type Problem } from './problem.js';

/** The precision of the cells of a state. */
export type Precision = 'single' | 'double';

/** Where Z_A' diag(w) Z_A and Z_A' w come from. */
export type WeightedProducts = Pick<Design, 'gramRows' | 'gradient'>;

/**
 * The loss along a fit: the linear predictor of the current point and what follows from it. A step moves the predictor and
 * gives the new loss and gradient in one pass over the data.
 */
export interface LossState {
  /** Puts the predictor at offset + intercept + Z beta. */
  reset(intercept: number, beta: Float64Array): void;
  /**
   * eta += intercept + Z_A delta.
   * @param gradient filled with Z_A' residual, the same columns
   */
  step(columns: Int32Array, delta: Float64Array, intercept: number, gradient: Float64Array): void;
  /** The loss at the predictor. */
  loss(): number;
  /** Z' residual for every column. */
  fullGradient(out: Float64Array): void;
  /** Z_A' residual for the columns A. */
  gradientOf(columns: Int32Array, out: Float64Array): void;
  /** v_i times minus the derivative of the loss by eta_i; read only, and valid until the next step. */
  rowResiduals(): Float64Array;
  /** sum_i residual_i: minus the derivative of the loss by the intercept. */
  residualSum(): number;
  /** The sum of v_i times the second derivative of the loss. */
  curvatureSum(): number;
  /** A copy of v_i times the second derivative of the loss; length rows. */
  curvature(): Float64Array;
  /** What Hessians are built from: the design, or a copy that is as precise as they need it. */
  readonly products: WeightedProducts;
  /** A copy of the linear predictor. */
  predictor(): Float64Array;
}

/** The fastest state that suits the problem. @param precision see `precisionFor` */
export function lossState(problem: Problem, precision: Precision = 'double'): LossState {
  const { family, y, v, offset } = problem;
  const { blocks } = problem.design;
  if (family.kernels !== 'binomial' || blocks === null) return new PlainLossState(problem);
  return precision === 'single'
    ? new Float32LogisticLoss(blocks, y, v, offset)
    : new LogisticLoss(blocks, y, v, offset);
}

/** The errors to compute together with gradients. */
export interface WantedErrors {
  /** Weights of the rows. */
  readonly w: Float64Array;
  /** Whether to rank scores too, which costs more than everything else. */
  readonly ranked: boolean;
}

/**
 * Minus the derivatives of the loss at several points: Z' residual, and the sum of the residuals.
 * @param wanted the errors on the same rows, which compiled kernels then sum in the same pass; null for none
 * @param look maps a point to the result; the gradient is freed when it returns
 */
export function lossGradients<T>(
  problem: Problem,
  points: readonly { readonly intercept: number; readonly beta: Float64Array }[],
  wanted: WantedErrors | null,
  look: (evaluated: EvaluatedPoint, k: number) => T,
): T[] {
  const { design, family, y, v, offset } = problem;
  if (family.kernels !== null && design.blocks !== null) {
    const { w, ranked } = wanted ?? { w: v, ranked: false };
    const task = {
      family: family.kernels,
      design: design.blocks,
      y,
      offset,
      v,
      w,
      errors: wanted !== null,
      ranked,
    };
    return evaluatedAt(task, points, look);
  }
  return points.map(({ intercept, beta }, k) => {
    const residual = new Float64Array(design.rows);
    family.residual(y, linearPredictor(problem, intercept, beta), v, residual);
    const gradient = new Float64Array(design.columns);
    design.gradient(residual, gradient);
    return look({ gradient, interceptGradient: sum(residual), errors: null }, k);
  });
}

/** For every family and every design. */
class PlainLossState implements LossState {
  private readonly eta: Float64Array;
  private readonly residual: Float64Array;
  /** The loss, if it was requested. */
  private value: number | null = null;

  readonly products: WeightedProducts;

  constructor(private readonly problem: Problem) {
    this.products = problem.design;
    this.eta = new Float64Array(problem.design.rows);
    this.residual = new Float64Array(problem.design.rows);
  }

  reset(intercept: number, beta: Float64Array): void {
    const { design, family, y, v, offset } = this.problem;
    this.value = null;
    for (let i = 0; i < this.eta.length; i++) this.eta[i] = offset[i] + intercept;
    design.addPrediction(beta, this.eta);
    family.residual(y, this.eta, v, this.residual);
  }

  step(columns: Int32Array, delta: Float64Array, intercept: number, gradient: Float64Array): void {
    const { design, family, y, v } = this.problem;
    this.value = null;
    for (let i = 0; i < this.eta.length; i++) this.eta[i] += intercept;
    design.addPrediction(delta, this.eta, columns);
    family.residual(y, this.eta, v, this.residual);
    design.gradient(this.residual, gradient, columns);
  }

  loss(): number {
    const { family, y, v } = this.problem;
    this.value ??= family.loss(y, this.eta, v);
    return this.value;
  }

  fullGradient(out: Float64Array): void {
    this.problem.design.gradient(this.residual, out);
  }

  gradientOf(columns: Int32Array, out: Float64Array): void {
    this.problem.design.gradient(this.residual, out, columns);
  }

  rowResiduals(): Float64Array {
    return this.residual;
  }

  residualSum(): number {
    return sum(this.residual);
  }

  curvatureSum(): number {
    return sum(this.curvature());
  }

  curvature(): Float64Array {
    const w = new Float64Array(this.eta.length);
    this.problem.family.curvature(this.eta, this.problem.v, w);
    return w;
  }

  predictor(): Float64Array {
    return this.eta.slice();
  }
}
