/** A = Q T Q' with T tridiagonal and Q orthogonal. */
export interface Tridiagonal {
  readonly size: number;
  readonly diagonal: Float64Array;
  /** Length size; entry i couples i-1 and i; entry 0 is 0. */
  readonly offDiagonal: Float64Array;
  /** Each x <- Q' x (`transpose`) or Q x, in place. A vector's digits do not depend on the others. Cost: 2 size^2 each. */
  rotate(vectors: readonly Float64Array[], transpose: boolean): void;
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
