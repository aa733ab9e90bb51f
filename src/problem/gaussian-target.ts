import { dot, maxAbs, minus } from '../linalg/vector.js';
import type { Problem } from './problem.js';

/** What the right-hand side of a problem depends on. */
type Rows = Pick<Problem, 'design' | 'y' | 'v' | 'offset' | 'intercept'>;

/** The linear problem's right-hand side; with centred columns the intercept separates from the coefficients. */
export class GaussianTarget {
  /** Weighted mean of y - offset, or 0 without an intercept. */
  readonly intercept: number;
  /** y - offset - intercept; length rows. */
  readonly centred: Float64Array;
  /** sum_i v_i t_i and sum_i v_i t_i^2 of the centred target t. */
  readonly moments: { readonly first: number; readonly squares: number };
  /** v_i t_i; length rows. */
  private readonly weighted: Float64Array;
  private correlations: Float64Array | null = null;

  constructor(private readonly problem: Rows) {
    const { y, v, offset, intercept } = problem;
    const centred = minus(y, offset);
    const mean = intercept ? dot(v, centred) : 0;
    // One correction makes the weighted sum of the centred target vanish to the last digit.
    let rest = 0;
    if (intercept) {
      for (let i = 0; i < centred.length; i++) {
        centred[i] -= mean;
        rest += v[i] * centred[i];
      }
    }
    const weighted = new Float64Array(centred.length);
    let [first, squares] = [0, 0];
    for (let i = 0; i < centred.length; i++) {
      const t = centred[i] - rest;
      const share = v[i] * t;
      centred[i] = t;
      weighted[i] = share;
      first += share;
      squares += share * t;
    }
    this.centred = centred;
    this.weighted = weighted;
    this.intercept = mean + rest;
    this.moments = { first, squares };
  }

  /** The root of the mean square of the centred target, without overflow. */
  get deviation(): number {
    const largest = maxAbs(this.centred);
    const { v } = this.problem;
    let squares = 0;
    for (let i = 0; i < v.length; i++) squares += v[i] * (this.centred[i] / largest) ** 2;
    return largest > 0 ? largest * Math.sqrt(squares) : 0;
  }

  /** Z' V centred; length columns. Cost: one pass over the data, once. */
  get q(): Float64Array {
    if (this.correlations === null) {
      const { design } = this.problem;
      this.correlations = new Float64Array(design.columns);
      design.gradient(this.weighted, this.correlations);
    }
    return this.correlations;
  }
}

const known = new WeakMap<Rows, GaussianTarget>();

/** The right-hand side of a problem, computed once and kept as long as the problem. */
export function gaussianTarget(problem: Problem): GaussianTarget {
  const made = known.get(problem) ?? new GaussianTarget(problem);
  known.set(problem, made);
  return made;
}

/** Stores the right-hand side of a problem that was computed from the same rows before the problem was complete. */
export function keepTarget(problem: Problem, target: GaussianTarget): void {
  known.set(problem, target);
}
