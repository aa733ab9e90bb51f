import { appended, joined, minus } from '../../linalg/vector.js';
import type { Separable } from '../../penalties/elastic-net.js';
import type { Problem } from '../../problem/problem.js';
import { EliminatedIntercept } from '../eliminated-intercept.js';
import { ModelHessian } from './model-hessian.js';
import { proximalPoint } from './proximal-point.js';
import { RowSystem } from './row-system.js';

/**
 * The Hessian over more columns than rows. The matrix itself, columns by columns, is never made: a product with it is two passes over the data, and
 * steps are made in its rows. A build costs a pass, so every step has the curvature of its point. For penalties with a quadratic part.
 * Memory: a few rows^2.
 */
export class HessianByRows extends ModelHessian {
  private readonly system: RowSystem;

  constructor(problem: Problem) {
    super(problem, new EliminatedIntercept(problem.intercept));
    this.system = new RowSystem(problem.design);
  }

  extend(added: Int32Array): void {
    if (added.length === 0) return;
    this.eliminated.add(added.length, (out) => this.problem.design.gradient(this.w, out, added));
    this.columns = joined(this.columns, added);
  }

  steps(): number {
    return 0;
  }

  times(step: Float64Array): Float64Array {
    const { problem, columns, w, scale } = this;
    const { isCentred } = this.eliminated;
    const size = columns.length;
    const moved = new Float64Array(w.length).fill(isCentred ? step[size] : 0);
    problem.design.addPrediction(step.subarray(0, size), moved, columns);
    for (let i = 0; i < moved.length; i++) moved[i] *= scale * w[i];
    const out = new Float64Array(size + 1);
    problem.design.gradient(moved, out.subarray(0, size), columns);
    out[size] = isCentred ? moved.reduce((s, x) => s + x, 0) : 0;
    return out;
  }

  proximalStep(
    gradient: Float64Array,
    start: Float64Array,
    penalty: Separable,
    violation: number,
    maxSteps: number,
  ): Float64Array {
    const { columns, system, scale, eliminated } = this;
    const root = this.w.map((w) => Math.sqrt(scale * w));
    system.weigh(root, eliminated.isCentred);
    const g = eliminated.withoutIntercept(gradient);
    const model = { system, columns, g, start, unit: scale * eliminated.total };
    const b = proximalPoint(model, penalty, violation, maxSteps);
    const step = minus(b, start);
    return appended(step, this.interceptOf(gradient, step));
  }
}
