import { dot } from '../linalg/vector.js';

/**
 * What is left of a Hessian over some columns and the intercept when the intercept is eliminated. With s = Z_A'w and total = sum_i w_i the
 * Hessian is
 *
 *     [ Z_A'WZ_A  s ]
 *     [    s'  total ],
 *
 * and h = Z_A'WZ_A - s s' / total answers for the columns alone. Vectors hold the intercept last. Without an intercept, or without weight,
 * s is 0 and the intercept stays where it is.
 */
export class EliminatedIntercept {
  /** Z_A'w of the columns so far. */
  sums: Float64Array = new Float64Array(0);
  /** sum_i w_i. */
  total = 0;

  constructor(private readonly hasIntercept: boolean) {}

  /** Whether there is an intercept to be eliminated. */
  get isCentred(): boolean {
    return this.hasIntercept && this.total > 0;
  }

  /** Forgets all columns. @param total sum_i w_i of the new weights */
  reset(total: number): void {
    this.total = total;
    this.sums = new Float64Array(0);
  }

  /** Adds columns. @param sumsOf fills in Z'w of theirs; asked only where it counts */
  add(count: number, sumsOf: (out: Float64Array) => void): void {
    const old = this.sums.length;
    const sums = new Float64Array(old + count);
    sums.set(this.sums);
    if (this.isCentred) sumsOf(sums.subarray(old));
    this.sums = sums;
  }

  /** The step of the intercept where no column moves. @param gradient minus the derivative of the loss by it */
  stepOf(gradient: number): number {
    return this.isCentred ? gradient / this.total : 0;
  }

  /** Its step where the columns take another. @param gradient as above; @param step of the columns */
  interceptOf(gradient: number, step: Float64Array): number {
    return this.isCentred ? this.stepOf(gradient) - dot(this.sums, step) / this.total : 0;
  }

  /** Takes the intercept out of a gradient: what is left for h alone to answer. */
  withoutIntercept(gradient: Float64Array): Float64Array {
    const { sums } = this;
    const step = this.stepOf(gradient[sums.length]);
    const out = new Float64Array(sums.length);
    for (let a = 0; a < out.length; a++) out[a] = gradient[a] - sums[a] * step;
    return out;
  }
}
