import { choleskyFactor, choleskySolve } from './cholesky.js';
import { axpy, dot } from './vector.js';

/** Vectors a_i of one length, too many to be listed: they are asked for one by one, or all of them for their products with another. */
export interface Vectors {
  readonly count: number;
  /** a_i; the caller's to keep. */
  vector(i: number): Float64Array;
  /** a_i'r for every i. */
  products(r: Float64Array): Float64Array;
}

/** Products this small beside the largest are rounding. */
const ROUNDING = 1e-10;

/** Rounds before the search is given up: each takes one vector in, and few are taken in twice. */
const roundsFor = (length: number) => 100 + 20 * length;

/**
 * The shortest vector r = c + sum_i u_i a_i with all u_i >= 0. At it a_i'r >= 0 for every i, and a_i'r = 0 where u_i > 0.
 * @param rounding a sum no longer than this is rounding, and counts as 0
 * @returns r, all zeros where c can be cancelled; null where the rounds did not suffice
 * Cost: the products of all vectors, for each vector that is taken in; those are few more than the length.
 * Source: Lawson and Hanson (1974), Solving Least Squares Problems, chapter 23 (algorithm NNLS).
 */
export function shortestSum(vectors: Vectors, c: Float64Array, rounding: number): Float64Array | null {
  const passive = new PassiveSet(c);
  const refused = new Set<number>();
  for (let round = 0; round < roundsFor(c.length); round++) {
    const r = passive.sum();
    if (!(Math.sqrt(dot(r, r)) > rounding)) return new Float64Array(c.length);
    const products = vectors.products(r);
    const next = mostNegative(products, (i) => refused.has(i) || passive.has(i));
    if (next < 0) return r;
    if (passive.admit(next, vectors.vector(next))) refused.clear();
    else refused.add(next);
  }
  return null;
}

/** The index of the most negative product that is more than rounding; -1 for none. */
function mostNegative(products: Float64Array, isOut: (i: number) => boolean): number {
  let most = 0;
  for (let i = 0; i < products.length; i++) most = Math.max(most, Math.abs(products[i]));
  let least = -ROUNDING * most;
  let at = -1;
  for (let i = 0; i < products.length; i++) {
    if (products[i] < least && !isOut(i)) {
      least = products[i];
      at = i;
    }
  }
  return at;
}

/** The vectors that take part, with their multipliers u > 0 and their Gram matrix. */
class PassiveSet {
  private members: { readonly index: number; readonly a: Float64Array; u: number }[] = [];
  /** gram[k][l] for l <= k. */
  private gram: number[][] = [];

  constructor(private readonly c: Float64Array) {}

  has(index: number): boolean {
    return this.members.some((member) => member.index === index);
  }

  /** c + sum u_i a_i. */
  sum(): Float64Array {
    const r = this.c.slice();
    for (const { a, u } of this.members) axpy(u, a, r);
    return r;
  }

  /**
   * Takes a vector in and solves the least squares problem; on the way there, what would become negative is turned out.
   * @returns false where the vector depends on those that are in, or would not help: it stays out
   */
  admit(index: number, a: Float64Array): boolean {
    this.gram.push([...this.members.map((member) => dot(a, member.a)), dot(a, a)]);
    this.members.push({ index, a, u: 0 });
    for (let first = true; ; first = false) {
      const u = this.solve();
      if (first && !(u[u.length - 1] > 0)) {
        this.remove(this.members.length - 1);
        return false;
      }
      if (u.every((value) => value > 0)) {
        for (let k = 0; k < u.length; k++) this.members[k].u = u[k];
        return true;
      }
      this.moveTowards(u);
    }
  }

  /** As far as no multiplier becomes negative; one at least becomes 0, and leaves. */
  private moveTowards(u: Float64Array): void {
    let share = 1;
    let blocking = 0;
    this.members.forEach((member, k) => {
      if (u[k] > 0) return;
      const here = member.u / (member.u - u[k]);
      if (here <= share) [share, blocking] = [here, k];
    });
    this.members.forEach((member, k) => {
      member.u = k === blocking ? 0 : member.u + share * (u[k] - member.u);
    });
    for (let k = this.members.length - 1; k >= 0; k--) if (!(this.members[k].u > 0)) this.remove(k);
  }

  private remove(k: number): void {
    this.members.splice(k, 1);
    this.gram.splice(k, 1);
    for (let l = k; l < this.gram.length; l++) this.gram[l].splice(k, 1);
  }

  /** The multipliers of least squares, refined once on the vectors themselves. */
  private solve(): Float64Array {
    const size = this.members.length;
    const packed = new Float64Array(size * size);
    this.gram.forEach((row, k) => {
      packed.set(row, k * size);
    });
    const factor = choleskyFactor(packed, size, null);
    const u = new Float64Array(size);
    for (let pass = 0; pass < 2; pass++) {
      const r = this.c.slice();
      for (let k = 0; k < size; k++) axpy(u[k], this.members[k].a, r);
      const correction = Float64Array.from(this.members, ({ a }) => -dot(a, r));
      choleskySolve(factor, correction);
      for (let k = 0; k < size; k++) u[k] += correction[k];
    }
    return u;
  }
}
