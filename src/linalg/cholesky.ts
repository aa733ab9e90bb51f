import { maxAbs } from './vector.js';

/** A positive pivot below this share of its diagonal entry is rounding: the column depends on those before it. */
const RELATIVE_PIVOT = 64 * Number.EPSILON;

/** A factor L (lower, row-major) with A = L L'; dependent columns are marked and left out of solves. */
export interface CholeskyFactor {
  readonly size: number;
  readonly lower: Float64Array;
  /** 1 where the column is a combination of earlier ones. */
  readonly dependent: Uint8Array;
  readonly rank: number;
  /** Smallest ratio of a used pivot to its diagonal entry: about 1 / condition of the scaled matrix. */
  readonly smallestPivot: number;
}

/**
 * Cholesky factorization A + diag(ridge) = L L' of a symmetric positive semi-definite matrix.
 * A dependent column gets the solution 0 (a basic solution), which is exact for a consistent system.
 * @param a size x size, row-major, lower triangle read, not changed
 * @param ridge size, added to the diagonal; null for none
 * Cost: size^3 / 3. Source: Golub and Van Loan (2013), 4.2; pivots are judged against their own diagonal,
 * so the result does not depend on the scale of the columns.
 */
export function choleskyFactor(a: Float64Array, size: number, ridge: Float64Array | null): CholeskyFactor {
  const lower = new Float64Array(size * size);
  const dependent = new Uint8Array(size);
  const tolerance = RELATIVE_PIVOT * Math.max(size, 8);
  let rank = 0;
  let smallestPivot = 1;
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j < i; j++) {
      if (dependent[j] === 1) continue;
      let s = a[row + j];
      const other = j * size;
      for (let k = 0; k < j; k++) s -= lower[row + k] * lower[other + k];
      lower[row + j] = s / lower[other + j];
    }
    const diagonal = a[row + i] + (ridge === null ? 0 : ridge[i]);
    let pivot = diagonal;
    for (let k = 0; k < i; k++) pivot -= lower[row + k] * lower[row + k];
    if (!(pivot > tolerance * diagonal)) {
      dependent[i] = 1;
      lower.fill(0, row, row + i);
      lower[row + i] = 1;
      continue;
    }
    rank++;
    smallestPivot = Math.min(smallestPivot, pivot / diagonal);
    lower[row + i] = Math.sqrt(pivot);
  }
  return { size, lower, dependent, rank, smallestPivot };
}

/** Solves L L' x = b in place; dependent columns get 0. Cost: 2 size^2. */
export function choleskySolve(factor: CholeskyFactor, b: Float64Array): void {
  const { size, lower, dependent } = factor;
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let s = b[i];
    for (let k = 0; k < i; k++) s -= lower[row + k] * b[k];
    b[i] = dependent[i] === 1 ? 0 : s / lower[row + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    if (dependent[i] === 1) continue;
    const row = i * size;
    b[i] /= lower[row + i];
    for (let k = 0; k < i; k++) b[k] -= lower[row + k] * b[i];
  }
}

/**
 * The diagonal of (L L')^-1, dependent columns 0: the squared column norms of L^-1.
 * Cost: size^3 / 3.
 */
export function choleskyInverseDiagonal(factor: CholeskyFactor): Float64Array {
  const { size, lower, dependent } = factor;
  const diagonal = new Float64Array(size);
  const column = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    if (dependent[j] === 1) continue;
    column.fill(0);
    column[j] = 1 / lower[j * size + j];
    let total = column[j] * column[j];
    for (let i = j + 1; i < size; i++) {
      if (dependent[i] === 1) continue;
      let s = 0;
      for (let k = j; k < i; k++) s -= lower[i * size + k] * column[k];
      column[i] = s / lower[i * size + i];
      total += column[i] * column[i];
    }
    diagonal[j] = total;
  }
  return diagonal;
}

/** trace(A (A + R)^-1) with R = diag(ridge); dependent columns take no part. Cost: 2/3 size^3. */
export function ridgeTrace(a: Float64Array, size: number, ridge: Float64Array): number {
  const factor = choleskyFactor(a, size, ridge);
  const inverse = choleskyInverseDiagonal(factor);
  return inverse.reduce((total, d, j) => total - ridge[j] * d, factor.rank);
}

/** Rows of a pivoted factor: K = F F' with F = `factor` (size x rank, column-major), exact on the pivot rows. */
export interface PivotedFactor {
  readonly size: number;
  readonly rank: number;
  readonly factor: Float64Array;
  /** Row numbers in the order in which they were chosen; F restricted to them is lower triangular. */
  readonly pivots: Int32Array;
}

/** Where the columns of a growing factor are kept, one below the other. */
export interface FactorColumns {
  /** Column c; not cleared. */
  column(c: number): Float64Array;
  /** Column `count` minus the sum over c < count of entry (row, c) times column c, in the order of c. */
  subtractEarlier(count: number, row: number): void;
}

/**
 * Pivoted Cholesky of a positive semi-definite matrix: stops where the largest remaining diagonal entry is rounding.
 * @param k size x size, row-major, full; not changed
 * @param columns room for `size` columns; what is in them is copied
 * Cost: size rank^2. Source: Higham (2002), Accuracy and Stability of Numerical Algorithms, 10.3.
 */
export function pivotedCholesky(k: Float64Array, size: number, columns: FactorColumns): PivotedFactor {
  const rest = new Float64Array(size);
  for (let i = 0; i < size; i++) rest[i] = k[i * size + i];
  const used = new Uint8Array(size);
  const pivots = new Int32Array(size);
  const threshold = size * Number.EPSILON * maxAbs(rest);
  let rank = 0;
  while (rank < size) {
    let best = -1;
    for (let i = 0; i < size; i++) if (used[i] === 0 && (best < 0 || rest[i] > rest[best])) best = i;
    if (!(rest[best] > threshold)) break;
    used[best] = 1;
    pivots[rank] = best;
    const root = Math.sqrt(rest[best]);
    const column = columns.column(rank);
    column.set(k.subarray(best * size, (best + 1) * size));
    columns.subtractEarlier(rank, best);
    for (let i = 0; i < size; i++) {
      column[i] = used[i] === 1 ? 0 : column[i] / root;
      rest[i] -= column[i] * column[i];
    }
    column[best] = root;
    rank++;
  }
  const factor = new Float64Array(size * rank);
  for (let c = 0; c < rank; c++) factor.set(columns.column(c), c * size);
  return { size, rank, factor, pivots: pivots.slice(0, rank) };
}
