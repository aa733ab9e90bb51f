import type { Symmetric } from './symmetric.js';
import type { Triangle } from './triangle.js';

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
  /** Row of column j in the factor, or -1 where it is not in. */
  private place = new Int32Array(0);
  private readonly factor: Triangle;

  constructor(private readonly h: Symmetric) {
    this.factor = h.triangle();
  }

  /** How many columns are in it. */
  get size(): number {
    return this.columns.length;
  }

  /** Forgets everything: the matrix has changed. */
  clear(): void {
    this.columns = [];
    this.ridges = [];
    this.place.fill(-1);
  }

  /**
   * Solves (H_AA + diag(ridge)) x = b.
   * @param set A; @param ridge of each of A; @param b of each of A
   */
  solve(set: Int32Array, ridge: (j: number) => number, b: Float64Array): Float64Array {
    this.align(set, ridge);
    const { place, factor } = this;
    const x = factor.work.subarray(0, this.columns.length).fill(0);
    for (let a = 0; a < set.length; a++) if (place[set[a]] >= 0) x[place[set[a]]] = b[a];
    factor.forward(x);
    factor.backward(x);
    return Float64Array.from(set, (j) => (place[j] < 0 ? 0 : x[place[j]]));
  }

  /** Lets columns leave and join until the factor is that of the set. */
  private align(set: Int32Array, ridge: (j: number) => number): void {
    if (this.place.length < this.h.size) this.widen();
    const wanted = new Uint8Array(this.h.size);
    for (const j of set) wanted[j] = 1;
    const leaving = this.columns.filter((j, k) => wanted[j] === 0 || this.ridges[k] !== ridge(j));
    if (3 * leaving.length > this.columns.length) this.clear();
    else for (const j of leaving) this.remove(this.place[j]);
    for (const j of set) if (this.place[j] < 0) this.append(j, ridge(j));
  }

  private append(j: number, ridge: number): void {
    const size = this.columns.length;
    const { factor, h, columns } = this;
    factor.reserve(size + 1, size);
    const from = size * factor.stride;
    const row = factor.data.subarray(from, from + size + 1);
    for (let k = 0; k < size; k++) row[k] = h.entry(j, columns[k]);
    factor.forward(row.subarray(0, size));
    const diagonal = h.entry(j, j) + ridge;
    let pivot = diagonal;
    for (let k = 0; k < size; k++) pivot -= row[k] * row[k];
    if (!(pivot > RELATIVE_PIVOT * diagonal)) return;
    row[size] = Math.sqrt(pivot);
    this.place[j] = size;
    columns.push(j);
    this.ridges.push(ridge);
  }

  /** Takes row `at` out and turns what sticks out above the diagonal back below it by plane rotations. */
  private remove(at: number): void {
    const { data: lower, stride } = this.factor;
    const last = this.columns.length - 1;
    lower.copyWithin(at * stride, (at + 1) * stride, (last + 1) * stride);
    for (let j = at; j < last; j++) {
      const row = j * stride;
      const r = Math.sqrt(lower[row + j] * lower[row + j] + lower[row + j + 1] * lower[row + j + 1]);
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
    this.place[this.columns[at]] = -1;
    for (let k = at + 1; k <= last; k++) this.place[this.columns[k]]--;
    this.columns.splice(at, 1);
    this.ridges.splice(at, 1);
  }

  private widen(): void {
    const place = new Int32Array(this.h.size).fill(-1);
    place.set(this.place);
    this.place = place;
  }
}
