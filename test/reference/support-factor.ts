import { dot, gather, maxAbs } from '../../src/linalg/vector.js';
import { PlainTriangle } from './triangle.js';

/** A pivot below this share of its diagonal entry is rounding: the column depends on those before it. */
const RELATIVE_PIVOT = 1e-13;

/** A column stays in the factor while its ridge there is within this ratio of the one that is wanted. */
const NEAR = 1.5;

/** Rounds of conjugate gradients, of which each leaves a tenth: after these what is left is rounding. */
const MOST_ROUNDS = 50;

/** A growing symmetric matrix as a factor sees it. */
export interface Entries {
  readonly size: number;
  entry(i: number, j: number): number;
}

/**
 * The Cholesky factor of H_AA + diag(ridge) for a set A that changes by a few columns at a time: a column joins or leaves
 * for |A|^2, where a new factorization would cost |A|^3 / 3. A column that depends on those already in is left out, and
 * its unknown is 0: a basic solution, exact for a consistent system. A column whose ridge has changed a little stays in as it was;
 * the factor then is the preconditioner of a few conjugate gradients, |A|^2 each, of condition 1.5 at most.
 * The readable twin of the compiled one.
 * Source: Golub and Van Loan (2013), 6.5 and 11.5; Osborne, Presnell and Turlach (2000) for its use along a lasso path.
 */
export class PlainFactor {
  private columns: number[] = [];
  private ridges: number[] = [];
  /** Row of column j in the factor, or -1 where it is not in. */
  private place = new Int32Array(0);
  private readonly factor = new PlainTriangle();

  constructor(private readonly h: Entries) {}

  get size(): number {
    return this.columns.length;
  }

  has(j: number): boolean {
    return this.place[j] >= 0;
  }

  clear(): void {
    this.columns = [];
    this.ridges = [];
    this.place.fill(-1);
  }

  solve(set: Int32Array, ridge: Float64Array, b: Float64Array, enough: number): Float64Array {
    this.align(set, ridge);
    const isStale = this.columns.some((j, k) => this.ridges[k] !== ridge[j]);
    return isStale ? this.conjugateGradients(set, ridge, b, enough) : this.apply(set, b);
  }

  /** The factor's own solution. */
  private apply(set: Int32Array, b: Float64Array): Float64Array {
    const { place, factor } = this;
    const x = factor.work.subarray(0, this.columns.length).fill(0);
    for (let a = 0; a < set.length; a++) if (place[set[a]] >= 0) x[place[set[a]]] = b[a];
    factor.forward(x);
    factor.backward(x);
    return Float64Array.from(set, (j) => (place[j] < 0 ? 0 : x[place[j]]));
  }

  private conjugateGradients(
    set: Int32Array,
    ridge: Float64Array,
    b: Float64Array,
    enough: number,
  ): Float64Array {
    const x = new Float64Array(set.length);
    const rest = b.slice();
    let turned = this.apply(set, rest);
    const direction = turned.slice();
    let along = dot(rest, turned);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const product = this.product(set, ridge, direction);
      const curvature = dot(direction, product);
      if (!(curvature > 0)) break;
      for (let a = 0; a < x.length; a++) {
        x[a] += (along / curvature) * direction[a];
        rest[a] -= (along / curvature) * product[a];
      }
      // What is left of columns that are not in nobody can mend.
      const inside = rest.filter((_, a) => this.place[set[a]] >= 0);
      if (maxAbs(inside) <= enough) break;
      turned = this.apply(set, rest);
      const next = dot(rest, turned);
      for (let a = 0; a < x.length; a++) direction[a] = turned[a] + (next / along) * direction[a];
      along = next;
    }
    return x;
  }

  /** (H_AA + diag(ridge)) x. */
  private product(set: Int32Array, ridge: Float64Array, x: Float64Array): Float64Array {
    const added = gather(ridge, set);
    return added.map((r, a) => {
      let sum = r * x[a];
      for (let k = 0; k < set.length; k++) sum += this.h.entry(set[a], set[k]) * x[k];
      return sum;
    });
  }

  /** Lets columns leave and join until the factor is that of the set. */
  private align(set: Int32Array, ridge: Float64Array): void {
    if (this.place.length < this.h.size) this.widen();
    const wanted = new Uint8Array(this.h.size);
    for (const j of set) wanted[j] = 1;
    const leaving = this.columns.filter((j, k) => wanted[j] === 0 || !isNear(this.ridges[k], ridge[j]));
    const size = this.columns.length;
    const places = leaving.map((j) => this.place[j]);
    const turning = places.reduce((cost, at) => cost + 2 * (size - at) ** 2, 0);
    if (6 * turning > size ** 3 - (places[0] ?? size) ** 3) this.truncate(places[0]);
    else for (const j of leaving) this.remove(this.place[j]);
    for (const j of set) if (this.place[j] < 0) this.append(j, ridge[j]);
  }

  /** Forgets all columns from a place on: where many leave, joining again costs less than that they turn one by one. */
  private truncate(from: number): void {
    for (const j of this.columns.slice(from)) this.place[j] = -1;
    this.columns.length = from;
    this.ridges.length = from;
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

function isNear(ridge: number, wanted: number): boolean {
  return ridge === wanted || (wanted <= NEAR * ridge && ridge <= NEAR * wanted);
}
