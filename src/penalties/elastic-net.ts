import { gather } from '../linalg/vector.js';

/**
 * The elastic net with factors and bounds for each coefficient (standardized coordinates, length columns each):
 *
 *     lambda * sum_j (factor_j l1Ratio |b_j| + l2Factor_j (1 - l1Ratio)/2 b_j^2),   lower_j <= b_j <= upper_j
 */
export interface ElasticNet {
  /** 1 is the lasso, 0 is ridge. */
  readonly l1Ratio: number;
  /** Non-negative; 0 leaves the coefficient unpenalised. */
  readonly factor: Float64Array;
  /**
   * Of the quadratic part, above 0 where `factor` is; left out where it is the same. The two differ in an elastic net that acts on
   * coefficients in other units than these.
   */
  readonly l2Factor?: Float64Array;
  /** Not above 0; -Infinity for none. */
  readonly lower: Float64Array;
  /** Not below 0; Infinity for none. */
  readonly upper: Float64Array;
}

/** The penalty at one lambda, coefficient by coefficient: l1_j |b_j| + l2_j / 2 b_j^2 within the bounds. */
export interface Separable {
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The penalty at strength lambda. */
export function atLambda(net: ElasticNet, lambda: number): Separable {
  const l1 = new Float64Array(net.factor.length);
  const l2 = new Float64Array(net.factor.length);
  const { l2Factor = net.factor } = net;
  for (let j = 0; j < l1.length; j++) {
    l1[j] = lambda * net.factor[j] * net.l1Ratio;
    l2[j] = lambda * l2Factor[j] * (1 - net.l1Ratio);
  }
  return { l1, l2, lower: net.lower, upper: net.upper };
}

/** The factor of the quadratic part for each coefficient. */
export function ridgeFactor({ factor, l2Factor = factor }: ElasticNet): Float64Array {
  return l2Factor;
}

/** The elastic net with its quadratic part times a number above 0. */
export function squaresTimes(net: ElasticNet, times: number): ElasticNet {
  if (net.l1Ratio === 1) return net;
  const scaled = ridgeFactor(net).map((f) => f * times);
  return net.l1Ratio === 0 ? { ...net, factor: scaled } : { ...net, l2Factor: scaled };
}

/** The elastic net on the coefficients `subset` only, in that order. */
export function netOn(net: ElasticNet, subset: Int32Array): ElasticNet {
  const { factor, l2Factor, lower, upper } = net;
  return {
    ...net,
    factor: gather(factor, subset),
    ...(l2Factor === undefined ? {} : { l2Factor: gather(l2Factor, subset) }),
    lower: gather(lower, subset),
    upper: gather(upper, subset),
  };
}

/** The penalty at strength lambda on the coefficients `subset` only, in that order. */
export function atLambdaOn(net: ElasticNet, lambda: number, subset: Int32Array): Separable {
  return atLambda(netOn(net, subset), lambda);
}

/** The same penalty on the coefficients `subset` only, in that order. */
export function restrict(penalty: Separable, subset: Int32Array): Separable {
  const { l1, l2, lower, upper } = penalty;
  return {
    l1: gather(l1, subset),
    l2: gather(l2, subset),
    lower: gather(lower, subset),
    upper: gather(upper, subset),
  };
}

/** sum_j l1_j |b_j| + l2_j / 2 b_j^2. */
export function penaltyValue(penalty: Separable, b: Float64Array): number {
  let total = 0;
  for (let j = 0; j < b.length; j++) {
    if (b[j] !== 0) total += penalty.l1[j] * Math.abs(b[j]) + (penalty.l2[j] / 2) * b[j] * b[j];
  }
  return total;
}

/**
 * The minimiser of h/2 b^2 - u b + penalty_j(b): soft threshold, shrink, clamp.
 * @param h curvature, at least 0; with h + l2 = 0 the coefficient stays 0
 */
export function proximal(penalty: Separable, j: number, u: number, h: number): number {
  const curvature = h + penalty.l2[j];
  if (!(curvature > 0)) return 0;
  const l1 = penalty.l1[j];
  const b = u > l1 ? (u - l1) / curvature : u < -l1 ? (u + l1) / curvature : 0;
  return Math.min(Math.max(b, penalty.lower[j]), penalty.upper[j]);
}

/**
 * Distance from 0 to the subdifferential of loss + penalty at b_j, bounds included: 0 exactly at the optimum.
 * @param gradient minus the derivative of the loss by b_j
 * Source: Karush-Kuhn-Tucker conditions; at a bound the multiplier takes the outward part.
 */
export function kktDistance(penalty: Separable, j: number, b: number, gradient: number): number {
  return distance(penalty.l1[j], penalty.l2[j], penalty.lower[j], penalty.upper[j], b, gradient);
}

/** The same for one coefficient of the penalty at lambda, bit for bit, without setting it up for all. */
export function kktDistanceAt(
  net: ElasticNet,
  lambda: number,
  j: number,
  b: number,
  gradient: number,
): number {
  const { l1Ratio, factor, l2Factor = factor, lower, upper } = net;
  const [l1, l2] = [lambda * factor[j] * l1Ratio, lambda * l2Factor[j] * (1 - l1Ratio)];
  return distance(l1, l2, lower[j], upper[j], b, gradient);
}

function distance(l1: number, l2: number, lower: number, upper: number, b: number, gradient: number): number {
  const s = gradient - l2 * b;
  if (b === 0) {
    const up = upper > 0 ? s - l1 : 0;
    const down = lower < 0 ? -s - l1 : 0;
    return Math.max(up, down, 0);
  }
  const slope = s - l1 * Math.sign(b);
  if (b >= upper) return Math.max(-slope, 0);
  if (b <= lower) return Math.max(slope, 0);
  return Math.abs(slope);
}

/**
 * The sequential strong rule: from `previous` to `lambda` a column may enter only if |gradient_j| >= slack * l1_j. It is a heuristic, so
 * discarded columns are checked afterwards. Without a previous solution only columns that violate enter.
 * Source: Tibshirani et al. (2012), J. R. Stat. Soc. B 74.
 */
export function strongRuleSlack(previous: number, lambda: number): number {
  return Number.isFinite(previous) ? 2 - Math.min(previous / lambda, 2) : 1;
}

/** Share of the largest standardized coefficient below which a penalised one is rounding. */
const ROUND_OFF = 1e-13;

/**
 * The coefficients with round-off set to zero: for identical columns, rounding can leave a coefficient of 1e-16 on one of them. It has no
 * effect, but would count as a feature. The certificate then decides whether zero is right. Ridge is not changed. @returns the same vector
 * if it has no round-off
 */
export function withoutRoundOff({ l1Ratio, factor }: ElasticNet, beta: Float64Array): Float64Array {
  if (l1Ratio === 0) return beta;
  let largest = 0;
  for (let j = 0; j < beta.length; j++) if (Math.abs(beta[j]) > largest) largest = Math.abs(beta[j]);
  const roundOff = ROUND_OFF * largest;
  let clean = beta;
  for (let j = 0; j < beta.length; j++) {
    if (beta[j] === 0 || !(Math.abs(beta[j]) <= roundOff && factor[j] > 0)) continue;
    if (clean === beta) clean = beta.slice();
    clean[j] = 0;
  }
  return clean;
}

/** Moves coefficients beyond a bound onto it, in place: rounding may carry one past a bound that it only reaches. */
export function within(
  { lower, upper }: Pick<Separable, 'lower' | 'upper'>,
  beta: Float64Array,
): Float64Array {
  for (let a = 0; a < beta.length; a++) beta[a] = Math.min(Math.max(beta[a], lower[a]), upper[a]);
  return beta;
}
