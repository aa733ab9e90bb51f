import { type CholeskyFactor, choleskyInverseDiagonal } from '../../linalg/cholesky.js';
import {
  eigenvaluesAbove,
  largestEigenvalueBound,
  type Tridiagonal,
  traceInverseShifted,
} from '../../linalg/tridiagonal.js';

/**
 * Between which lambdas a ridge penalty matters. With the eigenvalues d of the penalised part of a problem (unpenalised columns eliminated,
 * D = I) its degrees of freedom are df(lambda) = sum d / (d + lambda), and the number of d above 0 is their rank.
 */
export interface RidgeExtent {
  readonly most: number;
  readonly least: number;
}

/** What is asked of its ends: df is at most `taken` of the rank at `most`, and at least 1 - `left` of the rank at `least`. */
export interface RidgeShares {
  readonly taken: number;
  readonly left: number;
}

/** Eigenvalues below this share of the largest are rounding. Columns of norms up to 1e6 apart have a tridiagonal form: squares of 1e12. */
const RANK_TOLERANCE = 1e-13;

/** Halvings of an interval of logarithms, after which nothing is left of it. */
const HALVINGS = 60;

/**
 * The extent from a tridiagonal form of the penalised part; null where nothing has rank.
 * @param largest entry of the matrix before unpenalised columns were eliminated: what these leave may be rounding alone
 * Cost: 700 size.
 */
export function extentOfTridiagonal(
  t: Tridiagonal,
  largest: number,
  { taken, left }: RidgeShares,
): RidgeExtent | null {
  const bound = largestEigenvalueBound(t);
  const tolerance = (RANK_TOLERANCE + 4 * t.size * Number.EPSILON) * Math.max(bound, largest);
  const rank = eigenvaluesAbove(t, tolerance);
  if (rank === 0) return null;
  const df = (lambda: number) => t.size - lambda * traceInverseShifted(t, lambda);
  const [low, high] = [(left * tolerance) / 2, (2 * bound) / taken];
  return {
    most: bisect(low, high, (lambda) => df(lambda) > taken * rank).above,
    least: bisect(low, high, (lambda) => df(lambda) >= (1 - left) * rank).below,
  };
}

/**
 * An extent that holds the true one, from the entries of a matrix and of its inverse: df is at most sum g_jj / (g_jj + lambda f_j), and
 * rank - df at most lambda sum f_j (G^-1)_jj. For matrices whose eigenvalues a tridiagonal form would lose.
 * @param diagonal of G; @param factor D's diagonal f
 * @param whole the factor of G; @param unpenalised rank of the columns without a penalty
 * Cost: size^3 / 3. Source: Bhatia (1997), Matrix Analysis, V (operator concavity); Cauchy's interlacing for dependent columns.
 */
export function extentOfEntries(
  diagonal: Float64Array,
  factor: Float64Array,
  whole: CholeskyFactor,
  unpenalised: number,
  { taken, left }: RidgeShares,
): RidgeExtent | null {
  const rank = whole.rank - unpenalised;
  if (rank <= 0) return null;
  const ratios = diagonal.map((g, j) => (factor[j] > 0 ? g / factor[j] : 0)).filter((ratio) => ratio > 0);
  const largest = ratios.reduce((a, b) => Math.max(a, b), 0);
  const df = (lambda: number) => ratios.reduce((total, d) => total + d / (d + lambda), 0);
  const inverse = choleskyInverseDiagonal(whole);
  const trace = inverse.reduce((total, d, j) => total + factor[j] * d, 0);
  const high = (largest * ratios.length) / taken;
  return {
    most: bisect(taken * largest * Number.EPSILON, high, (lambda) => df(lambda) > taken * rank).above,
    least: (left * rank) / trace,
  };
}

/** Where a property ends that holds from `low` up to somewhere below `high`: the two ends of what is left of the interval. */
function bisect(
  low: number,
  high: number,
  holds: (x: number) => boolean,
): { readonly below: number; readonly above: number } {
  let [below, above] = [low, high];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = Math.sqrt(below) * Math.sqrt(above);
    if (!(middle > below && middle < above)) break;
    if (holds(middle)) below = middle;
    else above = middle;
  }
  return { below, above };
}
