import type { Family } from '../families/family.js';
import type { Design } from '../kernels/design.js';
import { SharedBlocks } from '../kernels/shared-blocks.js';
import { errorsAt } from '../kernels/shared-evaluation.js';
import { shifted } from '../kernels/vector.js';
import { binomialMetrics, binomialMetricsOf } from '../metrics/binomial-metrics.js';
import { gaussianMetrics, gaussianMetricsOf, type Spread, spreadOf } from '../metrics/gaussian-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Part } from './read-parts.js';

/** Points measured in one pass over the data. */
const TOGETHER = 10;

/** A point of the path in standardized coordinates. */
interface Fitted {
  readonly intercept: number;
  readonly beta: Float64Array;
}

/**
 * The errors of each point on a part; null for all where the part has no weight, for then there is no average to take.
 * Cost: one pass over the part's rows for ten points.
 */
export function metricsAlong(
  family: Family,
  part: Part,
  design: Design,
  points: readonly Fitted[],
): (Metrics | null)[] {
  if (!part.w.some((weight) => weight > 0)) return points.map(() => null);
  const spread = spreadOf(part.y, part.w);
  const metrics: Metrics[] = [];
  for (let k = 0; k < points.length; k += TOGETHER) {
    metrics.push(...metricsTogether(family, part, spread, design, points.slice(k, k + TOGETHER)));
  }
  return metrics;
}

/** The errors of a model that is an intercept alone. */
export function metricsOfIntercept(family: Family, part: Part, intercept: number): Metrics | null {
  if (!part.w.some((weight) => weight > 0)) return null;
  return metricsAt(family, part, shifted(part.offset, intercept));
}

function metricsTogether(
  family: Family,
  part: Part,
  spread: Spread,
  design: Design,
  points: readonly Fitted[],
): Metrics[] {
  if (!(design instanceof SharedBlocks)) {
    return points.map(({ intercept, beta }) => {
      const eta = shifted(part.offset, intercept);
      design.addPrediction(beta, eta);
      return metricsAt(family, part, eta);
    });
  }
  const { y, w, offset } = part;
  return errorsAt({ family: family.name, design, y, w, offset }, points).map(({ sums, area }) =>
    family.name === 'gaussian'
      ? gaussianMetricsOf(spread, sums[0], sums[1])
      : binomialMetricsOf(w, sums[0], sums[1], sums[2], Number.isNaN(area) ? null : area),
  );
}

function metricsAt({ name }: Family, { y, w }: Part, eta: Float64Array): Metrics {
  return name === 'gaussian' ? gaussianMetrics(y, eta, w) : binomialMetrics(y, eta, w);
}
