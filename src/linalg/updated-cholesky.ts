import type { Engine } from '../runtime/engine.js';
import type { WasmMemory } from '../runtime/wasm-memory.js';

/** Vectors of a compiled quadratic problem, by the same numbers as in assembly/support-factor.ts, and how many there are. */
const VECTORS = { l1: 0, l2: 1, lower: 2, upper: 3, point: 4, free: 5, slope: 6, step: 7 } as const;
const COUNT = 17;

/** Fields of its descriptor, in words. */
const FIELDS = {
  matrix: 0,
  stride: 1,
  size: 2,
  factor: 3,
  members: 5,
  places: 6,
  vectors: 7,
  gradient: 8,
} as const;
const IN_FACTOR = 4;
const WORDS = 9;

/** Where a symmetric matrix is in the memory of the kernels. */
export interface SymmetricRows {
  readonly size: number;
  /** Doubles from one row to the next, even. */
  readonly stride: number;
  /** In bytes. */
  readonly address: number;
}

/** A quadratic's penalty by coefficient, as `Separable` of the penalties has it. */
export interface PenaltyVectors {
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The Cholesky factor of H_AA + diag(ridge) for a set A that changes by a few columns at a time: a column joins or leaves
 * for |A|^2, where a new factorization would cost |A|^3 / 3. A column that depends on those already in is left out, and
 * its unknown is 0: a basic solution, exact for a consistent system. A column whose ridge has changed a little stays in as it was;
 * the factor then is the preconditioner of a few conjugate gradients, |A|^2 each, of condition 1.5 at most.
 * All else that a restricted quadratic problem takes lies beside it: the whole problem is then solved in one call. What it needs is allocated
 * when the matrix has outgrown it: outside `scoped`, or with the matrix inside.
 * Source: Golub and Van Loan (2013), 6.5 and 11.5; Osborne, Presnell and Turlach (2000) for its use along a lasso path.
 */
export class SupportFactor {
  private readonly words: Uint32Array;
  private room = 0;
  private readonly wasm: WasmMemory;

  constructor(
    readonly engine: Engine,
    private readonly h: SymmetricRows,
  ) {
    const { wasm } = engine;
    this.wasm = wasm;
    this.words = wasm.fours(Uint32Array, WORDS).fill(0);
  }

  /** How many columns are in it. */
  get size(): number {
    return this.words[IN_FACTOR];
  }

  /** Forgets everything: the matrix has changed. */
  clear(): void {
    this.words[IN_FACTOR] = 0;
    this.integers(this.words[FIELDS.places], this.room).fill(-1);
  }

  /**
   * Solves (H_AA + diag(ridge)) x = b.
   * @param set A; @param ridge of each column of H; @param b of each of A
   * @param enough the largest entry of b - (H_AA + diag(ridge)) x that may be left; rounding alone is where no ridge has changed
   */
  solve(set: Int32Array, ridge: Float64Array, b: Float64Array, enough: number): Float64Array {
    this.follow();
    this.vector(VECTORS.l2).set(ridge);
    const list = this.address(VECTORS.free);
    this.integers(list, set.length).set(set);
    this.vector(VECTORS.slope).set(b);
    const [from, to] = [this.address(VECTORS.slope), this.address(VECTORS.step)];
    this.wasm.exports.solveOnSupport(this.words.byteOffset, list, set.length, from, to, enough);
    return this.vector(VECTORS.step).slice(0, set.length);
  }

  /**
   * Solves
   *
   *     minimise  1/2 b'H b - q'b + sum_j l1_j |b_j| + l2_j/2 b_j^2   within bounds
   *
   * by Newton steps on the support, cut where the first coefficient would change its sign or pass a bound, in turn with cyclic coordinate
   * descent over the coefficients that then violate the KKT conditions: neither ever raises the objective. From a point nearby, as along a
   * path, a round or two is all there is.
   * @param b changed in place; @param c its gradient q - H b, in step with it: a work vector of the matrix
   * @param violation stop when every KKT distance is at most this
   * @param maxSweeps sweeps and looks at the whole count alike
   * @returns sweeps made
   * Source: Osborne, Presnell and Turlach (2000), IMA J. Numer. Anal. 20; Friedman, Hastie and Tibshirani (2010), J. Stat. Softw. 33, 2.2.
   */
  minimise(
    penalty: PenaltyVectors,
    { b, c }: { readonly b: Float64Array; readonly c: Float64Array },
    violation: number,
    maxSweeps: number,
  ): number {
    this.follow();
    for (const name of ['l1', 'l2', 'lower', 'upper'] as const) this.vector(VECTORS[name]).set(penalty[name]);
    const point = this.vector(VECTORS.point);
    point.set(b);
    this.words[FIELDS.gradient] = c.byteOffset;
    const most = Math.min(maxSweeps, 2 ** 31);
    const sweeps = this.wasm.exports.minimiseQuadratic(this.words.byteOffset, violation, most);
    b.set(point.subarray(0, b.length));
    return sweeps;
  }

  /**
   * Makes ready for kernels that set the penalty and the gradient themselves.
   * @param c address of a vector of the matrix's size, and one more
   * @returns the address of the problem
   */
  begin(bounds: Pick<PenaltyVectors, 'lower' | 'upper'>, start: Float64Array | null, c: number): number {
    this.vector(VECTORS.lower).set(bounds.lower);
    this.vector(VECTORS.upper).set(bounds.upper);
    const point = this.vector(VECTORS.point).fill(0);
    if (start !== null) point.set(start);
    this.words[FIELDS.gradient] = c;
    return this.words.byteOffset;
  }

  /** Takes over where the matrix is now and how large; not to be called in a scope that the matrix outlives. */
  follow(): void {
    const { words, h } = this;
    words[FIELDS.matrix] = h.address;
    words[FIELDS.size] = h.size;
    if (h.stride !== this.room) this.grow(h.stride);
  }

  private grow(stride: number): void {
    const { wasm, words, room } = this;
    const { factor, members, places } = FIELDS;
    const old = [words[members], words[places], words[FIELDS.vectors]];
    const [list, row, vectors] = [stride, stride, 2 * COUNT * stride].map((n) => wasm.allocate(4 * n));
    this.integers(row, stride).fill(-1);
    this.integers(list, room).set(this.integers(old[0], room));
    this.integers(row, room).set(this.integers(old[1], room));
    for (let k = 0; k < COUNT; k++) {
      wasm.doublesAt(vectors + 8 * k * stride, room).set(wasm.doublesAt(old[2] + 8 * k * room, room));
    }
    const rows = wasm.doubles(stride * stride);
    for (let i = 0; i < this.size; i++) {
      rows.set(wasm.doublesAt(words[factor] + 8 * i * room, room), i * stride);
    }
    words[members] = list;
    words[places] = row;
    words[FIELDS.vectors] = vectors;
    words[factor] = rows.byteOffset;
    words[FIELDS.stride] = stride;
    this.room = stride;
  }

  private address(k: number): number {
    return this.words[FIELDS.vectors] + 8 * k * this.room;
  }

  private vector(k: number): Float64Array {
    return this.wasm.doublesAt(this.address(k), this.room);
  }

  private integers(address: number, length: number): Int32Array {
    return new Int32Array(this.wasm.memory.buffer, address, length);
  }
}
