import type { Family } from '../families/family.js';
import type { Design } from '../kernels/design.js';
import { SharedBlocks } from '../kernels/shared-blocks.js';
import { errorsAt } from '../kernels/shared-evaluation.js';
import { shifted } from '../kernels/vector.js';
import { binomialMetrics, binomialMetricsOf } from '../metrics/binomial-metrics.js';
import { gaussianMetrics, gaussianMetricsOf, spreadOf } from '../metrics/gaussian-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Part } from './read-parts.js';

/** A point of the path in standardized coordinates. */
interface Fitted {
  readonly intercept: number;
  readonly beta: Float64Array;
}

/**
 * The errors of each point on a part; null for all where the part has no weight, for then there is no average to take.
 * Cost: one pass over the part's rows for each point; the compiled kernels take many in one.
 */
export function metricsAlong(
  family: Family,
  part: Part,
  design: Design,
  points: readonly Fitted[],
): (Metrics | null)[] {
  if (!part.w.some((weight) => weight > 0)) return points.map(() => null);
  if (design instanceof SharedBlocks) return metricsByKernels(family, part, design, points);
  return points.map(({ intercept, beta }) => {
    const eta = shifted(part.offset, intercept);
    design.addPrediction(beta, eta);
    return metricsAt(family, part, eta);
  });
}

/** The errors of a model that is an intercept alone. */
export function metricsOfIntercept(family: Family, part: Part, intercept: number): Metrics | null {
  if (!part.w.some((weight) => weight > 0)) return null;
  return metricsAt(family, part, shifted(part.offset, intercept));
}

function metricsByKernels(
  { name }: Family,
  { y, w, offset }: Part,
  design: SharedBlocks,
  points: readonly Fitted[],
): Metrics[] {
  const spread = spreadOf(y, w);
  return errorsAt({ family: name, design, y, w, offset }, points).map(({ sums, area }) =>
    name === 'gaussian'
      ? gaussianMetricsOf(spread, sums[0], sums[1])
      : binomialMetricsOf(w, sums[0], sums[1], sums[2], Number.isNaN(area) ? null : area),
  );
}

function metricsAt({ name }: Family, { y, w }: Part, eta: Float64Array): Metrics {
  return name === 'gaussian' ? gaussianMetrics(y, eta, w) : binomialMetrics(y, eta, w);
}
