import type { Symmetric } from './symmetric.js';

/** A pivot below this share of its diagonal entry is rounding: the column depends on those before it. */
const RELATIVE_PIVOT = 1e-13;

/**
 * The Cholesky factor of H_AA + diag(ridge) for a set A that changes by a few columns at a time: a column joins or leaves
 * for |A|^2, where a new factorization would cost |A|^3 / 3. A column that depends on those already in is left out, and
 * its unknown is 0: a basic solution, exact for a consistent system.
 * Source: Golub and Van Loan (2013), 6.5; Osborne, Presnell and Turlach (2000) for its use along a lasso path.
 */
export class SupportFactor {
  private columns: number[] = [];
  private ridges: number[] = [];
  private lower = new Float64Array(0);
  private stride = 0;

  constructor(private readonly h: Symmetric) {}

  /** Forgets everything: the matrix has changed. */
  clear(): void {
    this.columns = [];
    this.ridges = [];
  }

  /**
   * Solves (H_AA + diag(ridge)) x = b.
   * @param set A; @param ridge of each of A; @param b of each of A
   */
  solve(set: Int32Array, ridge: (j: number) => number, b: Float64Array): Float64Array {
    this.align(set, ridge);
    const place = new Map(this.columns.map((j, k) => [j, k]));
    const x = new Float64Array(this.columns.length);
    set.forEach((j, a) => {
      const k = place.get(j);
      if (k !== undefined) x[k] = b[a];
    });
    this.forward(x);
    this.backward(x);
    return Float64Array.from(set, (j) => x[place.get(j) ?? -1] ?? 0);
  }

  /** Lets columns leave and join until the factor is that of the set. */
  private align(set: Int32Array, ridge: (j: number) => number): void {
    const wanted = new Set(set);
    const leaving = this.columns.filter((j, k) => !wanted.has(j) || this.ridges[k] !== ridge(j));
    if (3 * leaving.length > this.columns.length) this.clear();
    else for (const j of leaving) this.remove(this.columns.indexOf(j));
    const present = new Set(this.columns);
    for (const j of set) if (!present.has(j)) this.append(j, ridge(j));
  }

  private append(j: number, ridge: number): void {
    const size = this.columns.length;
    if (size === this.stride) this.grow();
    const { lower, stride, h } = this;
    const row = lower.subarray(size * stride, size * stride + size + 1);
    for (let k = 0; k < size; k++) row[k] = h.entry(j, this.columns[k]);
    this.forward(row.subarray(0, size));
    const diagonal = h.entry(j, j) + ridge;
    let pivot = diagonal;
    for (let k = 0; k < size; k++) pivot -= row[k] * row[k];
    if (!(pivot > RELATIVE_PIVOT * diagonal)) return;
    row[size] = Math.sqrt(pivot);
    this.columns.push(j);
    this.ridges.push(ridge);
  }

  /** Takes row `at` out and turns what sticks out above the diagonal back below it by plane rotations. */
  private remove(at: number): void {
    const { lower, stride } = this;
    const last = this.columns.length - 1;
    lower.copyWithin(at * stride, (at + 1) * stride, (last + 1) * stride);
    for (let j = at; j < last; j++) {
      const row = j * stride;
      const r = Math.hypot(lower[row + j], lower[row + j + 1]);
      const c = lower[row + j] / r;
      const s = lower[row + j + 1] / r;
      for (let i = j; i < last; i++) {
        const k = i * stride + j;
        const x = lower[k];
        const y = lower[k + 1];
        lower[k] = c * x + s * y;
        lower[k + 1] = c * y - s * x;
      }
    }
    this.columns.splice(at, 1);
    this.ridges.splice(at, 1);
  }

  private forward(x: Float64Array): void {
    const { lower, stride } = this;
    for (let i = 0; i < x.length; i++) {
      const row = i * stride;
      let s = x[i];
      for (let k = 0; k < i; k++) s -= lower[row + k] * x[k];
      x[i] = s / lower[row + i];
    }
  }

  private backward(x: Float64Array): void {
    const { lower, stride } = this;
    for (let i = x.length - 1; i >= 0; i--) {
      const row = i * stride;
      x[i] /= lower[row + i];
      for (let k = 0; k < i; k++) x[k] -= lower[row + k] * x[i];
    }
  }

  private grow(): void {
    const stride = Math.max(32, 2 * this.stride);
    const lower = new Float64Array(stride * stride);
    for (let i = 0; i < this.columns.length; i++) {
      lower.set(this.lower.subarray(i * this.stride, i * this.stride + i + 1), i * stride);
    }
    this.lower = lower;
    this.stride = stride;
  }
}
