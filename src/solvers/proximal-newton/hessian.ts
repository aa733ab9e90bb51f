import { appended, divided, joined, minus } from '../../linalg/vector.js';
import type { Separable } from '../../penalties/elastic-net.js';
import type { WeightedProducts } from '../../problem/loss-state.js';
import type { Problem } from '../../problem/problem.js';
import { CentredHessian } from '../centred-hessian.js';
import { ModelHessian } from './model-hessian.js';

/**
 * The Hessian as a matrix, columns by columns. New columns are added at the same curvature, so that one build serves many steps and many
 * lambdas. Cost of a build: rows |A|^2.
 */
export class WorkingHessian extends ModelHessian {
  /** At the curvature of the last build, not scaled. */
  readonly matrix: CentredHessian;

  /** @param products of the columns, from a copy of the design where that is faster */
  constructor(
    problem: Problem,
    private readonly products: WeightedProducts = problem.design,
  ) {
    const matrix = new CentredHessian(problem.design.engine, problem.intercept);
    super(problem, matrix);
    this.matrix = matrix;
  }

  /** Cost: rows |A| times the number added. */
  extend(added: Int32Array): void {
    if (added.length === 0) return;
    const columns = joined(this.columns, added);
    const rows = this.products.gramRows(this.w, columns, this.columns.length);
    this.matrix.append(rows, added.length, (out) => this.products.gradient(this.w, out, added));
    this.columns = columns;
  }

  steps(): number {
    const { rows } = this.problem.design;
    const size = this.columns.length;
    return (size * size * (rows / 4 + 1.3 * size)) / (rows * (2 * size + 100) + 10 * size * size);
  }

  /** Cost: |A|^2. */
  times(step: Float64Array): Float64Array {
    return this.matrix.times(step, this.scale);
  }

  /** Model and penalty are both divided by the scale. */
  proximalStep(
    gradient: Float64Array,
    start: Float64Array,
    penalty: Separable,
    violation: number,
    maxSweeps: number,
  ): Float64Array {
    const { matrix, scale } = this;
    const state = { b: start.slice(), c: matrix.h.vector(0) };
    state.c.set(divided(matrix.withoutIntercept(gradient), scale));
    const [l1, l2] = [divided(penalty.l1, scale), divided(penalty.l2, scale)];
    matrix.factor.minimise({ ...penalty, l1, l2 }, state, violation / scale, maxSweeps);
    const step = minus(state.b, start);
    return appended(step, this.interceptOf(gradient, step));
  }
}
