import type { Dense } from '../../linalg/dense.js';
import type { Symmetric } from '../../linalg/symmetric.js';
import { dot } from '../../linalg/vector.js';
import { type ElasticNet, squaresTimes } from '../../penalties/elastic-net.js';
import type { Moments, Predictor } from '../../problem/moments.js';
import type { NormalEquations } from '../../problem/normal-equations.js';
import type { LinearPoint } from '../../solvers/solver.js';

/** Of a column's spread (and the target's, and the weight) this share must be left without a fold, or digits are lost. */
export const SHARE_LEFT = 1e-4;

/** What a model learned without a fold is made of, and the way back to the coordinates of all rows. */
export interface RestOfFold {
  /** In coordinates of its own: standardized on the rows that are left. */
  readonly equations: NormalEquations;
  /** A solution of them as a predictor of t in the coordinates of all rows. */
  predictor(point: LinearPoint): Predictor;
}

export interface RestOptions {
  readonly intercept: boolean;
  readonly standardize: boolean;
  /** Whether the quadratic part of the penalty is divided by the deviation of the target, which is another one without a fold. */
  readonly standardizeTarget: boolean;
  /** In the coordinates of all rows. */
  readonly penalty: ElasticNet;
  /** Whether column j is constant on the rows that are left; asked where its spread looks like it. */
  isConstant(j: number): boolean;
  /** A copy of a columns x columns matrix where loops over its rows are fast. */
  symmetric(gram: Float64Array): Symmetric;
  readonly dense: Dense;
}

/**
 * The normal equations of the rows that are left without a fold, from their moments alone: means and deviations are
 * theirs, and with u_j = (z_j - m_j) / s_j
 *
 *     G = (Z'VZ / W - m m') / (s s'),   q = (Z'Vt / W - m t_mean) / s
 *
 * A bound on the coefficient of z_j becomes s_j times that of u_j. A column that is constant there has s_j = 0 and takes no part.
 * @param rest moments of the rows that are left, whose Gram matrix is overwritten; @param all of all rows, with centred columns where there is an intercept
 * @returns null where most of a column, of the target or of the weight is in the fold: the differences have lost digits then
 * Cost: a few columns^2.
 */
export function restOfFold(rest: Moments, all: Moments, options: RestOptions): RestOfFold | null {
  const { weight } = rest;
  if (!(weight > SHARE_LEFT * all.weight)) return null;
  const targetMean = options.intercept ? rest.targetSum / weight : 0;
  const targetSpread = rest.targetSquares / weight - targetMean * targetMean;
  if (!(targetSpread > (SHARE_LEFT * all.targetSquares) / all.weight)) return null;
  const mean = rest.columnSums.map((x) => x / weight);
  const scale = scalesOfRest(rest, all, mean, options);
  if (scale === null) return null;
  const centre = options.intercept ? mean : new Float64Array(mean.length);
  const inverse = scale.map((s) => (s === 0 ? 0 : 1 / s));
  const onTarget = squaresTimes(
    options.penalty,
    Math.sqrt(all.targetSquares / all.weight) / Math.sqrt(targetSpread),
  );
  const { gram } = rest;
  standardizeGram(gram, weight, centre, inverse);
  return {
    equations: {
      gram,
      q: rest.cross.map((x, j) => (x / weight - centre[j] * targetMean) * inverse[j]),
      intercept: targetMean,
      penalty: rescaled(options.standardizeTarget ? onTarget : options.penalty, scale),
      symmetric: () => options.symmetric(gram),
      dense: options.dense,
    },
    predictor({ intercept, beta }) {
      const coefficients = new Float64Array(beta.length);
      for (let j = 0; j < beta.length; j++) coefficients[j] = beta[j] * inverse[j];
      return { intercept: intercept - dot(coefficients, centre), coefficients };
    },
  };
}

/**
 * The scale of each column on the rows that are left, in the coordinates of all rows: its deviation, or 1 where it is not to be standardized
 * anew. A constant has 0 beside an intercept, and without one its size, as `learnStandardization` has it.
 * @param mean of the columns there
 * @returns null where one can not be told with enough digits, for most of the column's spread is in the fold
 */
export function scalesOfRest(
  rest: Pick<Moments, 'weight' | 'gram'>,
  all: Pick<Moments, 'weight' | 'gram'>,
  mean: Float64Array,
  { intercept, standardize, isConstant }: Pick<RestOptions, 'intercept' | 'standardize' | 'isConstant'>,
): Float64Array | null {
  const size = mean.length;
  const scale = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const diagonal = j * size + j;
    const square = rest.gram[diagonal] / rest.weight;
    const variance = square - mean[j] * mean[j];
    const told = variance > (SHARE_LEFT * all.gram[diagonal]) / all.weight;
    if (!told && !isConstant(j)) return null;
    const counted = told ? variance : intercept ? 0 : square;
    scale[j] = standardize || counted === 0 ? Math.sqrt(counted) : 1;
  }
  return scale;
}

/** In place: (gram_ij / weight - centre_i centre_j) inverse_i inverse_j. */
function standardizeGram(
  gram: Float64Array,
  weight: number,
  centre: Float64Array,
  inverse: Float64Array,
): void {
  const size = centre.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0, k = i * size; j < size; j++, k++) {
      gram[k] = (gram[k] / weight - centre[i] * centre[j]) * (inverse[i] * inverse[j]);
    }
  }
}

function rescaled(penalty: ElasticNet, scale: Float64Array): ElasticNet {
  const bound = (x: number, j: number) => (Number.isFinite(x) ? x * scale[j] : x);
  return { ...penalty, lower: penalty.lower.map(bound), upper: penalty.upper.map(bound) };
}
