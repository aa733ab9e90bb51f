import { addTo, dot, minus, weightedDeviations } from '../kernels/vector.js';
import type { Problem } from './problem.js';

/** What the right-hand side of a problem depends on. */
type Rows = Pick<Problem, 'design' | 'y' | 'v' | 'offset' | 'intercept'>;

/** The linear problem's right-hand side; with centred columns the intercept separates from the coefficients. */
export class GaussianTarget {
  /** Weighted mean of y - offset, or 0 without an intercept. */
  readonly intercept: number;
  /** y - offset - intercept; length rows. */
  readonly centred: Float64Array;
  private correlations: Float64Array | null = null;

  private sums: { readonly first: number; readonly squares: number } | null = null;

  constructor(private readonly problem: Rows) {
    const { y, v, offset, intercept } = problem;
    const centred = minus(y, offset);
    const mean = intercept ? dot(v, centred) : 0;
    if (intercept) addTo(centred, -mean);
    // One correction makes the weighted sum of the centred target vanish to the last digit.
    const rest = intercept ? dot(v, centred) : 0;
    if (intercept) addTo(centred, -rest);
    this.centred = centred;
    this.intercept = mean + rest;
  }

  /** Z' V centred; length columns. Cost: one pass over the data, once. */
  get q(): Float64Array {
    if (this.correlations === null) {
      const { design, v } = this.problem;
      this.correlations = new Float64Array(design.columns);
      design.gradient(weightedDeviations(this.centred, v, 0), this.correlations);
    }
    return this.correlations;
  }

  /** sum_i v_i t_i and sum_i v_i t_i^2 of the centred target t. */
  get moments(): { readonly first: number; readonly squares: number } {
    if (this.sums === null) {
      const { v } = this.problem;
      const t = this.centred;
      let [first, squares] = [0, 0];
      for (let i = 0; i < t.length; i++) {
        first += v[i] * t[i];
        squares += v[i] * t[i] * t[i];
      }
      this.sums = { first, squares };
    }
    return this.sums;
  }
}

const known = new WeakMap<Rows, GaussianTarget>();

/** The right-hand side of a problem, made once and kept as long as the problem is. */
export function gaussianTarget(problem: Problem): GaussianTarget {
  const made = known.get(problem) ?? new GaussianTarget(problem);
  known.set(problem, made);
  return made;
}

/** Keeps for a problem the right-hand side that was made of the same rows before it was complete. */
export function keepTarget(problem: Problem, target: GaussianTarget): void {
  known.set(problem, target);
}
