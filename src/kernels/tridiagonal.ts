import { axpy, dot, maxAbs } from './vector.js';

/** A = Q T Q' with T tridiagonal and Q orthogonal. */
export interface Tridiagonal {
  readonly size: number;
  readonly diagonal: Float64Array;
  /** Length size; entry i couples i-1 and i; entry 0 is 0. */
  readonly offDiagonal: Float64Array;
  /** Each x <- Q' x (`transpose`) or Q x, in place. A vector's digits do not depend on the others. Cost: 2 size^2 each. */
  rotate(vectors: readonly Float64Array[], transpose: boolean): void;
}

/**
 * Householder reduction of a symmetric matrix to tridiagonal form, from the last row up: what is left is the first rows and
 * columns, and row i keeps the unit vector u_i of the reflection I - 2 u u' (entries 0 to i-1) that cleared it.
 * The readable reference; `SharedDense` has its compiled twin.
 * @param a size x size, row-major, lower triangle read; overwritten, and kept by the result
 * Cost: 4/3 size^3 operations on size^3 / 3 entries, and no eigenvectors: each ridge solution is then a tridiagonal solve.
 * Source: Golub and Van Loan (2013), algorithm 8.3.1; for the ridge path Elden (1977), BIT 17.
 */
export function tridiagonalize(a: Float64Array, size: number): Tridiagonal {
  const diagonal = new Float64Array(size);
  const offDiagonal = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    diagonal[i] = a[i * size + i];
    if (i === 0) break;
    const u = a.subarray(i * size, i * size + i);
    offDiagonal[i] = turnIntoReflector(u);
    reflectBothSides(a, size, u);
  }
  const rotate = (vectors: readonly Float64Array[], transpose: boolean): void => {
    for (const x of vectors) {
      for (let k = 1; k < size; k++) reflect(a, size, transpose ? size - k : k, x);
    }
  };
  return { size, diagonal, offDiagonal, rotate };
}

/** Makes x the unit vector u with (I - 2 u u') x = (0, ..., 0, value), and returns that value; zeros stay. */
function turnIntoReflector(x: Float64Array): number {
  const largest = maxAbs(x);
  if (largest === 0) return 0;
  for (let j = 0; j < x.length; j++) x[j] /= largest;
  const last = x.length - 1;
  const norm = Math.sqrt(dot(x, x));
  const value = x[last] > 0 ? -norm : norm;
  x[last] -= value;
  const length = Math.sqrt(dot(x, x));
  for (let j = 0; j < x.length; j++) x[j] /= length;
  return value * largest;
}

/** The lower triangle of A <- (I - 2 u u') A (I - 2 u u') on the first |u| rows: A - u w' - w u', w = 2 A u - 2 (u' A u) u. */
function reflectBothSides(a: Float64Array, size: number, u: Float64Array): void {
  const w = new Float64Array(u.length);
  for (let i = 0; i < u.length; i++) {
    const row = i * size;
    let s = 0;
    for (let j = 0; j < i; j++) {
      s += a[row + j] * u[j];
      w[j] += a[row + j] * u[i];
    }
    w[i] = s + a[row + i] * u[i];
  }
  const along = dot(u, w);
  for (let i = 0; i < u.length; i++) w[i] = 2 * (w[i] - along * u[i]);
  for (let i = 0; i < u.length; i++) {
    const row = i * size;
    for (let j = 0; j <= i; j++) a[row + j] -= u[i] * w[j] + w[i] * u[j];
  }
}

/** x <- (I - 2 u u') x with the vector in row i. */
function reflect(a: Float64Array, size: number, i: number, x: Float64Array): void {
  const row = i * size;
  let s = 0;
  for (let j = 0; j < i; j++) s += a[row + j] * x[j];
  s *= 2;
  for (let j = 0; j < i; j++) x[j] -= s * a[row + j];
}

/** The solution of (T + shift I) x = b by L D L'; T positive semi-definite, shift > 0. Cost: 8 size. */
export function solveShifted(t: Tridiagonal, shift: number, b: Float64Array): Float64Array {
  const { size, diagonal, offDiagonal } = t;
  const x = b.slice();
  const pivot = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    pivot[i] = diagonal[i] + shift;
    if (i === 0) continue;
    const ratio = offDiagonal[i] / pivot[i - 1];
    pivot[i] -= ratio * offDiagonal[i];
    x[i] -= ratio * x[i - 1];
  }
  for (let i = size - 1; i >= 0; i--) {
    if (i < size - 1) x[i] -= offDiagonal[i + 1] * x[i + 1];
    x[i] /= pivot[i];
  }
  return x;
}

/**
 * trace((T + shift I)^-1): entry i of the diagonal is 1 / (top-down pivot + bottom-up pivot - t_ii - shift).
 * Cost: 6 size. Source: Meurant (1992), SIAM J. Matrix Anal. 13, for inverses of tridiagonal matrices.
 */
export function traceInverseShifted(t: Tridiagonal, shift: number): number {
  const { size, diagonal, offDiagonal } = t;
  const up = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    up[i] = diagonal[i] + shift;
    if (i < size - 1) up[i] -= (offDiagonal[i + 1] * offDiagonal[i + 1]) / up[i + 1];
  }
  let down = 0;
  let trace = 0;
  for (let i = 0; i < size; i++) {
    const entry = diagonal[i] + shift;
    down = i === 0 ? entry : entry - (offDiagonal[i] * offDiagonal[i]) / down;
    trace += 1 / (down + up[i] - entry);
  }
  return trace;
}

/**
 * How many eigenvalues of T lie above x: as many as pivots of T - x I are positive.
 * Cost: 3 size. Source: Barth, Martin and Wilkinson (1967), Numer. Math. 9 (Sturm sequences).
 */
export function eigenvaluesAbove({ size, diagonal, offDiagonal }: Tridiagonal, x: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < size; i++) {
    const coupling = offDiagonal[i];
    pivot = diagonal[i] - x - (coupling === 0 ? 0 : (coupling / pivot) * coupling);
    // Exactly on an eigenvalue of the part so far: the next pivot must stay finite.
    if (pivot === 0) pivot = -Number.EPSILON * (Math.abs(coupling) + Math.abs(x)) || -Number.MIN_VALUE;
    if (pivot > 0) count++;
  }
  return count;
}

/** No eigenvalue of T is larger in size (Gershgorin). */
export function largestEigenvalueBound({ size, diagonal, offDiagonal }: Tridiagonal): number {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const next = i + 1 < size ? Math.abs(offDiagonal[i + 1]) : 0;
    largest = Math.max(largest, Math.abs(diagonal[i]) + Math.abs(offDiagonal[i]) + next);
  }
  return largest;
}

/**
 * trace((lift I + X'GX)^-1 X'G^2X) with G = (T + shift I)^-1: what is to be taken off trace(G) when the rows and columns of the unit
 * vectors X are struck out of the matrix T (lift 0), or when X X' is added to it (lift 1). By Cholesky lift I + X'GX = L L' it is
 * ||L^-1 X'G||^2; where rows above i hold those of L^-1 X'G, their products with x_i are row i of L.
 * @param xs the columns of X. Cost: size |X|^2.
 * Source: block inversion and Sherman-Morrison-Woodbury, Golub and Van Loan (2013), 2.1.4.
 */
export function changeOfTrace(
  t: Tridiagonal,
  shift: number,
  xs: readonly Float64Array[],
  lift: 0 | 1,
): number {
  const done: Float64Array[] = [];
  let total = 0;
  for (const x of xs) {
    const y = solveShifted(t, shift, x);
    const row = done.map((earlier) => dot(earlier, x));
    const pivot = Math.sqrt(row.reduce((rest, entry) => rest - entry * entry, dot(x, y) + lift));
    done.forEach((earlier, j) => {
      axpy(-row[j], earlier, y);
    });
    for (let i = 0; i < y.length; i++) y[i] /= pivot;
    total += dot(y, y);
    done.push(y);
  }
  return total;
}
