import type { Family } from '../families/family.js';
import type { Design } from '../kernels/design.js';
import { binomialMetrics } from '../metrics/binomial-metrics.js';
import { gaussianMetrics } from '../metrics/gaussian-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Part } from './read-parts.js';

/** The errors of a linear predictor on a part. */
export function metricsOf(family: Family, { y, w }: Part, eta: Float64Array): Metrics | null {
  // Without weight there is no average to take.
  if (!w.some((weight) => weight > 0)) return null;
  return family.name === 'gaussian' ? gaussianMetrics(y, eta, w) : binomialMetrics(y, eta, w);
}

/** offset + intercept + Z beta on a part. */
export function predictorOn(
  part: Part,
  design: Design | null,
  intercept: number,
  beta: Float64Array | null,
): Float64Array {
  const eta = part.offset.map((x) => x + intercept);
  if (design !== null && beta !== null) design.addPrediction(beta, eta);
  return eta;
}
