import { type PivotedFactor, pivotedCholesky, ridgeTrace } from './cholesky.js';
import { submatrix } from './symmetric.js';
import { changeOfTrace, type Tridiagonal, traceInverseShifted, tridiagonalize } from './tridiagonal.js';
import { dot } from './vector.js';

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

/** What ridge takes of dense algebra: on square symmetric matrices, row-major and full, that are not changed. */
export interface Dense {
  /** A = Q T Q'; see `tridiagonalize`. Cost: 4/3 size^3. */
  tridiagonalize(a: Float64Array, size: number): Tridiagonal;
  /** The same of several matrices. */
  tridiagonalizeAll(all: readonly Square[]): Tridiagonal[];
  /** K = F F'; see `pivotedCholesky`. Cost: size rank^2. */
  pivotedCholesky(k: Float64Array, size: number): PivotedFactor;
  /** A x for each x, in new vectors. Cost: size^2 each. */
  multiply(a: Float64Array, size: number, vectors: readonly Float64Array[]): Float64Array[];
  /** x'A x for each x. Cost: size times the entries of x that are not 0, each. */
  quadraticForms(a: Float64Array, size: number, vectors: readonly Float64Array[]): Float64Array;
  /** trace((T + shift I)^-1) less `changeOfTrace` of the vectors at some places. Cost: size |places|^2 each. */
  shiftedTraces(
    t: Tridiagonal,
    vectors: readonly Float64Array[],
    requests: readonly ShiftedRequest[],
    lift: 0 | 1,
  ): Float64Array;
  /** `ridgeTrace` of parts of A. Cost: 2/3 |part|^3 each. */
  ridgeTraces(a: Float64Array, size: number, parts: readonly RidgedPart[]): Float64Array;
}

/** The readable reference. */
export const plainDense: Dense = {
  tridiagonalize: (a, size) => tridiagonalize(a.slice(), size),
  tridiagonalizeAll: (all) => all.map(({ a, size }) => tridiagonalize(a.slice(), size)),
  pivotedCholesky: (k, size) => pivotedCholesky(k, size),
  multiply: (a, size, vectors) => vectors.map((x) => product(a, size, x)),
  ridgeTraces: (a, size, parts) =>
    Float64Array.from(parts, ({ columns, ridge }) =>
      ridgeTrace(submatrix(a, size, columns, columns), columns.length, ridge),
    ),
  shiftedTraces: (t, vectors, requests, lift) =>
    Float64Array.from(requests, ({ shift, places }) => {
      const xs = Array.from(places, (k) => vectors[k]);
      return traceInverseShifted(t, shift) - changeOfTrace(t, shift, xs, lift);
    }),
  quadraticForms: (a, size, vectors) => Float64Array.from(vectors, (x) => quadraticForm(a, size, x)),
};

function quadraticForm(a: Float64Array, size: number, x: Float64Array): number {
  let total = 0;
  for (let i = 0; i < size; i++) {
    if (x[i] !== 0) total += x[i] * dot(a.subarray(i * size, (i + 1) * size), x);
  }
  return total;
}

function product(a: Float64Array, size: number, x: Float64Array): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) out[i] += a[i * size + j] * x[j];
  }
  return out;
}
