import { appended, joined, minus } from '../../linalg/vector.js';
import type { Separable } from '../../penalties/elastic-net.js';
import type { Problem } from '../../problem/problem.js';
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
    super(problem);
    this.system = new RowSystem(problem.design);
  }

  extend(added: Int32Array): void {
    if (added.length === 0) return;
    const old = this.columns.length;
    const sums = new Float64Array(old + added.length);
    sums.set(this.sums);
    if (this.isCentred) this.problem.design.gradient(this.w, sums.subarray(old), added);
    this.columns = joined(this.columns, added);
    this.sums = sums;
  }

  protected clear(): void {}

  steps(): number {
    return 0;
  }

  times(step: Float64Array): Float64Array {
    const { problem, columns, w, scale, isCentred } = this;
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
    const { columns, system, scale } = this;
    const root = this.w.map((w) => Math.sqrt(scale * w));
    system.weigh(root, this.isCentred);
    const g = this.withoutIntercept(gradient);
    const model = { system, columns, g, start, unit: scale * this.total };
    const b = proximalPoint(model, penalty, violation, maxSteps);
    const step = minus(b, start);
    return appended(step, this.interceptOf(gradient, step));
  }
}
