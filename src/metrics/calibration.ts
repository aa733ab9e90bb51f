import { decideSeparation } from '../certificate/decide-separation.js';
import { Blocks } from '../design/blocks.js';
import { binomial } from '../families/binomial.js';
import { learnStandardization, standardizeInPlace } from '../features/standardize.js';
import { sum } from '../linalg/vector.js';
import type { Problem } from '../problem/problem.js';
import { Engine } from '../runtime/engine.js';
import { maximumLikelihood } from '../solvers/maximum-likelihood.js';
import type { Solution } from '../solvers/solver.js';

/** Rows of neighbouring probabilities: what was predicted and what was observed. */
export interface CalibrationBin {
  /** Smallest and largest probability of its rows. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Sum of their weights; the means are weighted by it. */
  readonly weight: number;
  readonly meanPredicted: number;
  readonly observedRate: number;
}

/** How well probabilities are calibrated; null if the data do not determine it. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** sum_k W_k |observedRate_k - meanPredicted_k| / W over the bins: 0 is perfect. */
  readonly expectedCalibrationError: number;
  /** a of logit P(y = 1) = a + eta: 0 is perfect; above 0 the probabilities are too low overall. */
  readonly intercept: number | null;
  /** b of logit P(y = 1) = a + b eta: 1 is perfect, below 1 the probabilities are too extreme. */
  readonly slope: number | null;
}

const BINS = 10;

/** The two coefficients are shown with a few digits; this gives them ten. */
const STOPPING = { violation: 1e-12, maxIterations: 100 };

/**
 * The calibration of probabilities.
 * @param y 0 or 1; @param eta linear predictor; @param probability that it gives; @param w weights, some above 0
 * Cost: rows log rows, and two small logistic fits.
 * Source: Cox (1958), Biometrika 45; intercept and slope as in Van Calster et al. (2019), BMC Medicine 17.
 */
export function calibration(
  y: Float64Array,
  eta: Float64Array,
  probability: Float64Array,
  w: Float64Array,
): Calibration {
  const bins = calibrationBins(y, probability, w);
  const total = sum(w);
  const off = bins.map((bin) => bin.weight * Math.abs(bin.observedRate - bin.meanPredicted));
  return {
    bins,
    expectedCalibrationError: off.reduce((a, b) => a + b, 0) / total,
    intercept: recalibrationIntercept(y, eta, w),
    slope: recalibrationSlope(y, eta, w),
  };
}

/**
 * Ten bins of equally many rows, by increasing probability. Equal probabilities stay together, so that the order of the rows does not
 * matter; with many equal ones there are fewer bins. Rows without weight are left out.
 */
export function calibrationBins(
  y: Float64Array,
  probability: Float64Array,
  w: Float64Array,
): CalibrationBin[] {
  const order = Uint32Array.from(probability.keys())
    .filter((i) => w[i] > 0)
    .sort((a, b) => probability[a] - probability[b]);
  const bins: CalibrationBin[] = [];
  let from = 0;
  for (let k = 1; k <= BINS; k++) {
    let to = Math.max(from, Math.round((k * order.length) / BINS));
    while (to > from && to < order.length && probability[order[to]] === probability[order[to - 1]]) to++;
    if (to > from) bins.push(binOf(order.subarray(from, to), y, probability, w));
    from = to;
  }
  return bins;
}

function binOf(
  rows: Uint32Array,
  y: Float64Array,
  probability: Float64Array,
  w: Float64Array,
): CalibrationBin {
  let [weight, predicted, observed] = [0, 0, 0];
  for (const i of rows) {
    weight += w[i];
    predicted += w[i] * probability[i];
    observed += w[i] * y[i];
  }
  return {
    from: probability[rows[0]],
    to: probability[rows[rows.length - 1]],
    rows: rows.length,
    weight,
    meanPredicted: predicted / weight,
    observedRate: observed / weight,
  };
}

function recalibrationIntercept(y: Float64Array, eta: Float64Array, w: Float64Array): number | null {
  const solution = logistic(y, w, eta, null);
  return solution === null ? null : solution.intercept;
}

function recalibrationSlope(y: Float64Array, eta: Float64Array, w: Float64Array): number | null {
  const total = sum(w);
  const v = w.map((weight) => weight / total);
  const standardization = learnStandardization(eta, v, { intercept: true, standardize: true });
  if (!(standardization.scale > 0)) return null;
  const z = eta.slice();
  standardizeInPlace(z, standardization);
  const solution = logistic(y, w, new Float64Array(y.length), z);
  return solution === null ? null : solution.beta[0] / standardization.scale;
}

/** logit P(y = 1) = offset + a (+ b z), by maximum likelihood; null where there is no finite maximum. */
function logistic(
  y: Float64Array,
  w: Float64Array,
  offset: Float64Array,
  z: Float64Array | null,
): Solution | null {
  const total = sum(w);
  const rate = y.reduce((share, value, i) => share + (w[i] / total) * value, 0);
  if (!(rate > 0 && y.some((value, i) => value === 0 && w[i] > 0))) return null;
  const columns = z === null ? 0 : 1;
  const bound = (value: number) => new Float64Array(columns).fill(value);
  const problem: Problem = {
    family: binomial,
    design: Blocks.layOut(new Engine(1), y.length, columns, (_, from, out) =>
      out.set(z!.subarray(from, from + out.length)),
    ),
    y,
    v: w.map((weight) => weight / total),
    offset,
    intercept: true,
    penalty: { l1Ratio: 0, factor: bound(0), lower: bound(-Infinity), upper: bound(Infinity) },
    gradientScale: rate * (1 - rate),
  };
  const solution = maximumLikelihood(problem).solve(0, null, STOPPING);
  const numbers = [solution.intercept, ...solution.beta];
  return numbers.every(Number.isFinite) && decideSeparation(problem, 0, [solution]) === null
    ? solution
    : null;
}
