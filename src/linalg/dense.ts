import type { Engine } from '../runtime/engine.js';
import { COLUMN_LANES } from '../runtime/lanes.js';
import { type FactorColumns, type PivotedFactor, pivotedCholesky } from './cholesky.js';
import { type Tridiagonal, traceInverseShifted } from './tridiagonal.js';
import { sequence } from './vector.js';

/** A square matrix: size x size, row-major, full. */
export interface Square {
  readonly a: Float64Array;
  readonly size: number;
}

/** Some columns of a matrix, and what is added to their diagonal entries. */
export interface RidgedPart {
  readonly columns: Int32Array;
  /** Length as `columns`. */
  readonly ridge: Float64Array;
}

/** A shift, and some of a list of vectors by their places. */
export interface ShiftedRequest {
  readonly shift: number;
  readonly places: Int32Array;
}

/** Bytes that the work of all lanes may take, and how many lanes there are at most. */
const MOST_WORK = 1 << 27;
const LANES = 16;

/** Vectors that pass the reflections, or a matrix, together. */
const GROUP = 4;

/**
 * What ridge takes of dense algebra: on square symmetric matrices, row-major and full, that are not changed. In the memory of the kernels rows
 * are an even number of doubles apart.
 */
export class Dense {
  /** Where the last form is, and how large. */
  private last = { address: 0, size: -1 };

  /** @param forms 'last' where a tridiagonal form is not needed once the next one is made, which then takes its place */
  constructor(
    private readonly engine: Engine,
    private readonly forms: 'all' | 'last' = 'all',
  ) {}

  /**
   * A = Q T Q' by Householder reflections. Cost: 4/3 size^3 operations on size^3 / 3 entries, and no eigenvectors: each ridge solution is then
   * a tridiagonal solve. Source: Golub and Van Loan (2013), algorithm 8.3.1; for the ridge path Elden (1977), BIT 17.
   */
  tridiagonalize(a: Float64Array, size: number): Tridiagonal {
    return this.tridiagonalizeAll([{ a, size }])[0];
  }

  /**
   * A matrix in each lane. The reflections stay in the memory of the kernels as long as it lives, or what is `scoped` around
   * this.
   */
  tridiagonalizeAll(all: readonly Square[]): Tridiagonal[] {
    const { wasm, pool } = this.engine;
    const addresses = all.map((square) => this.formIn(square));
    return wasm.scoped(() => {
      const made = all.map(({ size }) => wasm.doubles(4 * (size + (size % 2))));
      const lines = all.flatMap(({ size }, k) => {
        const step = 8 * (size + (size % 2));
        const at = (part: number) => made[k].byteOffset + part * step;
        return [addresses[k], step, size, at(0), at(1), at(2)];
      });
      pool.run('tridiagonalizeEach', wasm.words([wasm.words(lines)]), all.length);
      return all.map(({ size }, k) => {
        const stride = size + (size % 2);
        return this.reduced(addresses[k], size, made[k].slice(0, size), made[k].slice(stride, stride + size));
      });
    });
  }

  private reduced(
    rows: number,
    size: number,
    diagonal: Float64Array,
    offDiagonal: Float64Array,
  ): Tridiagonal {
    const { wasm, pool } = this.engine;
    const stride = size + (size % 2);
    const rotate = (vectors: readonly Float64Array[], transpose: boolean): void => {
      wasm.scoped(() => {
        const all = this.vectorsIn(vectors, size);
        const job = [rows, 8 * stride, size, all.byteOffset, vectors.length, transpose ? 1 : 0];
        pool.run('rotateVectors', wasm.words(job), Math.ceil(vectors.length / GROUP));
        vectors.forEach((x, k) => {
          x.set(all.subarray(k * stride, k * stride + size));
        });
      });
    };
    return { size, diagonal, offDiagonal, rotate };
  }

  /** K = F F'; see `pivotedCholesky`. Cost: size rank^2. */
  pivotedCholesky(k: Float64Array, size: number): PivotedFactor {
    const { wasm } = this.engine;
    return wasm.scoped(() => pivotedCholesky(k, size, new CompiledColumns(this.engine, size)));
  }

  /** A x for each x, in new vectors. Cost: size^2 each. */
  multiply(a: Float64Array, size: number, vectors: readonly Float64Array[]): Float64Array[] {
    const { wasm, pool } = this.engine;
    return wasm.scoped(() => {
      const stride = size + (size % 2);
      // A matrix is a design of one block, whose columns are its rows.
      const design = wasm.words([this.rowsIn(a, size), stride, size, Math.max(stride, 2)]);
      const given = this.vectorsIn(vectors, size);
      const out = wasm.doubles(vectors.length * size);
      const job = [design, vectors.length, given.byteOffset, 8 * stride, out.byteOffset];
      pool.run('gradientMany', wasm.words(job), COLUMN_LANES);
      return vectors.map((_, k) => out.slice(k * size, (k + 1) * size));
    });
  }

  /** x'A x for each x. Cost: size times the entries of x that are not 0, each. */
  quadraticForms(a: Float64Array, size: number, vectors: readonly Float64Array[]): Float64Array {
    const { wasm, pool } = this.engine;
    return wasm.scoped(() => {
      const given = this.vectorsIn(vectors, size);
      const out = wasm.doubles(vectors.length);
      const job = [
        this.rowsIn(a, size),
        size + (size % 2),
        size,
        given.byteOffset,
        vectors.length,
        out.byteOffset,
      ];
      pool.run('quadraticForms', wasm.words(job), Math.ceil(vectors.length / GROUP));
      return out.slice();
    });
  }

  /** `ridgeTrace` of parts of A. Cost: 2/3 |part|^3 each. */
  ridgeTraces(a: Float64Array, size: number, parts: readonly RidgedPart[]): Float64Array {
    const { wasm, pool } = this.engine;
    const most = parts.reduce((m, { columns }) => Math.max(m, columns.length), 0);
    // A factor, four vectors and a few rows more of slack, marks, and four sums.
    const bytes = 8 * ((most + 10) * (most + 2) + 8);
    const lanes = lanesFor(bytes);
    return wasm.scoped(() => {
      const [lists, starts] = this.listsIn(parts.map(({ columns }) => columns));
      const ridges = wasm.doubles(parts.reduce((total, { ridge }) => total + ridge.length, 0));
      let at = 0;
      for (const { ridge } of parts) {
        ridges.set(ridge, at);
        at += ridge.length;
      }
      const gram = wasm.doubles(size * size);
      gram.set(a);
      const out = wasm.doubles(parts.length);
      const given = [gram.byteOffset, size, lists, starts, ridges.byteOffset];
      const work = wasm.allocate(bytes * lanes);
      pool.run('ridgeTraces', wasm.words([...given, parts.length, out.byteOffset, work, bytes]), lanes);
      return out.slice();
    });
  }

  /**
   * trace(G) - trace((lift I + X'GX)^-1 X'G^2X) with G = (T + shift I)^-1 and X some of the vectors: what is left of trace(G) when the rows and
   * columns of unit vectors X are struck out of T (lift 0), or when X X' is added to it (lift 1). Cost: size |places|^2 each.
   * Source: block inversion and Sherman-Morrison-Woodbury, Golub and Van Loan (2013), 2.1.4.
   */
  shiftedTraces(
    t: Tridiagonal,
    vectors: readonly Float64Array[],
    requests: readonly ShiftedRequest[],
    lift: 0 | 1,
  ): Float64Array {
    const { wasm, pool } = this.engine;
    const { size } = t;
    const most = requests.reduce((m, { places }) => Math.max(m, places.length), 0);
    const stride = 8 * (size + (size % 2));
    // Two vectors, four sums, what is solved with a few vectors more of slack, and a row of the factor.
    const bytes = 16 * Math.ceil((stride * (most + 6) + 64 + 8 * most) / 16);
    const lanes = lanesFor(bytes);
    return wasm.scoped(() => {
      const [lists, starts] = this.listsIn(requests.map(({ places }) => places));
      const shifts = requests.map(({ shift }) => shift);
      const numbers = [t.diagonal, t.offDiagonal, shifts].map((x) => wasm.copyOf(x).byteOffset);
      const out = wasm.doubles(requests.length);
      const given = [size, numbers[0], numbers[1], this.vectorsIn(vectors, size).byteOffset, stride];
      const asked = [lists, starts, numbers[2], lift, requests.length, out.byteOffset];
      pool.run('shiftedTraces', wasm.words([...given, ...asked, wasm.allocate(bytes * lanes), bytes]), lanes);
      return Float64Array.from(requests, ({ shift }, k) => traceInverseShifted(t, shift) - out[k]);
    });
  }

  /** Addresses of lists one after the other, and of where each begins, the end of the last included. */
  private listsIn(lists: readonly Int32Array[]): [number, number] {
    const { wasm } = this.engine;
    const starts = [0];
    for (const { length } of lists) starts.push(starts[starts.length - 1] + length);
    const total = starts[lists.length];
    const all = wasm.fours(Int32Array, total);
    lists.forEach((list, k) => {
      all.set(list, starts[k]);
    });
    return [all.byteOffset, wasm.words(starts)];
  }

  /** Address of a copy that becomes a tridiagonal form. */
  private formIn({ a, size }: Square): number {
    const place = this.forms === 'last' && this.last.size === size ? this.last.address : undefined;
    const address = this.rowsIn(a, size, place);
    this.last = { address, size };
    return address;
  }

  /** Address of a copy; what makes odd rows even is 0. @param place where to; absent: where there is room */
  private rowsIn(a: Float64Array, size: number, place?: number): number {
    const { wasm } = this.engine;
    const stride = size + (size % 2);
    const rows = place === undefined ? wasm.doubles(size * stride) : wasm.doublesAt(place, size * stride);
    if (stride === size) rows.set(a);
    else {
      rows.fill(0);
      for (let i = 0; i < size; i++) rows.set(a.subarray(i * size, (i + 1) * size), i * stride);
    }
    return rows.byteOffset;
  }

  /** Copies one below the other, each as long as a row. */
  private vectorsIn(vectors: readonly Float64Array[], size: number): Float64Array {
    const stride = size + (size % 2);
    const all = this.engine.wasm.doubles(vectors.length * stride);
    vectors.forEach((x, k) => {
      all.set(x, k * stride);
      if (stride > size) all[k * stride + size] = 0;
    });
    return all;
  }
}

/** Lanes that each need so many bytes. */
function lanesFor(bytes: number): number {
  return Math.max(1, Math.min(LANES, Math.floor(MOST_WORK / bytes)));
}

/** The columns of a growing factor in the memory of the compiled kernels. Lives inside `scoped`. */
class CompiledColumns implements FactorColumns {
  private readonly stride: number;
  private readonly data: Float64Array;
  private readonly every: number;
  private readonly coefficients: Float64Array;

  constructor(
    private readonly engine: Engine,
    private readonly size: number,
  ) {
    const { wasm } = engine;
    this.stride = size + (size % 2);
    this.data = wasm.doubles(size * this.stride);
    this.every = wasm.words(sequence(size));
    this.coefficients = wasm.doubles(size);
  }

  column(c: number): Float64Array {
    return this.data.subarray(c * this.stride, c * this.stride + this.size);
  }

  subtractEarlier(count: number, row: number): void {
    const { data, stride, coefficients, every } = this;
    for (let c = 0; c < count; c++) coefficients[c] = -data[c * stride + row];
    const target = data.byteOffset + 8 * count * stride;
    const { predictPanel } = this.engine.wasm.exports;
    predictPanel(data.byteOffset, stride, every, count, coefficients.byteOffset, target, 0, stride);
  }
}
