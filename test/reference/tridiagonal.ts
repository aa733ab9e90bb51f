import { solveShifted, type Tridiagonal } from '../../src/linalg/tridiagonal.js';
import { axpy, dot, maxAbs } from '../../src/linalg/vector.js';

/**
 * Householder reduction of a symmetric matrix to tridiagonal form, from the last row up: what is left is the first rows and
 * columns, and row i keeps the unit vector u_i of the reflection I - 2 u u' (entries 0 to i-1) that cleared it.
 * The readable twin of `Dense.tridiagonalize`.
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
