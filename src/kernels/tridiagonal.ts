/** A = Q T Q' with T tridiagonal; Q is kept as Householder vectors. */
export interface Tridiagonalization {
  readonly size: number;
  readonly diagonal: Float64Array;
  /** Length size; entry i couples i-1 and i; entry 0 is 0. */
  readonly offDiagonal: Float64Array;
  /** Row k holds the unit vector u of the reflection I - 2 u u' that was applied at step k (its first k+1 entries 0). */
  readonly reflectors: Float64Array;
}

/**
 * Householder reduction of a symmetric matrix to tridiagonal form.
 * @param a size x size, row-major, lower triangle read; destroyed
 * Cost: 4/3 size^3 operations on size^3 / 3 entries, and no eigenvectors: each ridge solution is then a tridiagonal solve.
 * Source: Golub and Van Loan (2013), algorithm 8.3.1; for the ridge path Elden (1977), BIT 17.
 */
export function tridiagonalize(a: Float64Array, size: number): Tridiagonalization {
  const diagonal = new Float64Array(size);
  const offDiagonal = new Float64Array(size);
  const reflectors = new Float64Array(size * size);
  const p = new Float64Array(size);
  for (let k = 0; k < size - 1; k++) {
    const u = reflectors.subarray(k * size, (k + 1) * size);
    offDiagonal[k + 1] = householderVector(a, size, k, u);
    diagonal[k] = a[k * size + k];
    symmetricTwoSided(a, size, k + 1, u, p);
  }
  if (size > 0) diagonal[size - 1] = a[size * size - 1];
  return { size, diagonal, offDiagonal, reflectors };
}

/** Fills u with the unit vector that maps column k below the diagonal to (value, 0, ...); returns that value. */
function householderVector(a: Float64Array, size: number, k: number, u: Float64Array): number {
  let largest = 0;
  for (let j = k + 1; j < size; j++) {
    u[j] = a[j * size + k];
    largest = Math.max(largest, Math.abs(u[j]));
  }
  if (largest === 0) return 0;
  let squares = 0;
  for (let j = k + 1; j < size; j++) {
    u[j] /= largest;
    squares += u[j] * u[j];
  }
  const norm = Math.sqrt(squares);
  const value = u[k + 1] > 0 ? -norm : norm;
  u[k + 1] -= value;
  let length = 0;
  for (let j = k + 1; j < size; j++) length += u[j] * u[j];
  length = Math.sqrt(length);
  for (let j = k + 1; j < size; j++) u[j] /= length;
  return value * largest;
}

/** The lower triangle of A <- (I - 2uu') A (I - 2uu') on rows and columns from `from`, by the symmetric rank-two update. */
function symmetricTwoSided(
  a: Float64Array,
  size: number,
  from: number,
  u: Float64Array,
  p: Float64Array,
): void {
  timesLower(a, size, from, u, p);
  let projection = 0;
  for (let i = from; i < size; i++) {
    p[i] *= 2;
    projection += u[i] * p[i];
  }
  for (let i = from; i < size; i++) p[i] -= projection * u[i];
  for (let i = from; i < size; i++) {
    const row = i * size;
    const ui = u[i];
    const pi = p[i];
    for (let j = from; j <= i; j++) a[row + j] -= ui * p[j] + pi * u[j];
  }
}

/** p = A u by the lower triangle, of which each entry is read once. */
function timesLower(a: Float64Array, size: number, from: number, u: Float64Array, p: Float64Array): void {
  for (let i = from; i < size; i++) {
    const row = i * size;
    const ui = u[i];
    let even = a[row + i] * ui;
    let odd = 0;
    let j = from;
    for (; j + 2 <= i; j += 2) {
      even += a[row + j] * u[j];
      odd += a[row + j + 1] * u[j + 1];
      p[j] += a[row + j] * ui;
      p[j + 1] += a[row + j + 1] * ui;
    }
    if (j < i) {
      even += a[row + j] * u[j];
      p[j] += a[row + j] * ui;
    }
    p[i] = even + odd;
  }
}

/** x <- Q' x (`transpose`) or Q x, in place. Cost: 2 size^2. */
export function applyQ(t: Tridiagonalization, x: Float64Array, transpose: boolean): void {
  const { size, reflectors } = t;
  for (let step = 0; step < size - 1; step++) {
    const k = transpose ? step : size - 2 - step;
    const row = k * size;
    let s = 0;
    for (let j = k + 1; j < size; j++) s += reflectors[row + j] * x[j];
    s *= 2;
    for (let j = k + 1; j < size; j++) x[j] -= s * reflectors[row + j];
  }
}

/** Solves (T + shift I) x = b in place by L D L'; T positive semi-definite, shift > 0. Cost: 8 size. */
export function solveShifted(t: Tridiagonalization, shift: number, b: Float64Array): void {
  const { size, diagonal, offDiagonal } = t;
  const pivot = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    pivot[i] = diagonal[i] + shift;
    if (i === 0) continue;
    const ratio = offDiagonal[i] / pivot[i - 1];
    pivot[i] -= ratio * offDiagonal[i];
    b[i] -= ratio * b[i - 1];
  }
  for (let i = size - 1; i >= 0; i--) {
    if (i < size - 1) b[i] -= offDiagonal[i + 1] * b[i + 1];
    b[i] /= pivot[i];
  }
}

/**
 * trace((T + shift I)^-1): entry i of the diagonal is 1 / (top-down pivot + bottom-up pivot - t_ii - shift).
 * Cost: 6 size. Source: Meurant (1992), SIAM J. Matrix Anal. 13, for inverses of tridiagonal matrices.
 */
export function traceInverseShifted(t: Tridiagonalization, shift: number): number {
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
