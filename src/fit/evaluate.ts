import type { Family } from '../families/family.js';
import type { Design } from '../kernels/design.js';
import { SharedBlocks } from '../kernels/shared-blocks.js';
import { type ErrorSums, errorsAt } from '../kernels/shared-evaluation.js';
import { shifted, sum } from '../kernels/vector.js';
import { binomialMetrics, binomialMetricsOf } from '../metrics/binomial-metrics.js';
import { gaussianMetrics, gaussianMetricsOf, spreadOf } from '../metrics/gaussian-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Part } from './read-parts.js';

/** A point of the path in standardized coordinates. */
interface Fitted {
  readonly intercept: number;
  readonly beta: Float64Array;
}

/** A solution, with the sums of its errors on the training rows where its certificate brought them along. */
interface Solved extends Fitted {
  readonly errors: ErrorSums | null;
}

/** The errors of each point on the rows it was learned from, like `metricsAlong`; free where all bring them along. */
export function metricsOfTraining(
  family: Family,
  train: Part,
  design: Design,
  points: readonly Solved[],
): (Metrics | null)[] {
  const sums = points.flatMap(({ errors }) => (errors === null ? [] : [errors]));
  if (sums.length < points.length) return metricsAlong(family, train, design, points);
  return metricsOf(family, train, sums);
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
  if (design instanceof SharedBlocks) {
    const { y, w, offset } = part;
    return metricsOf(family, part, errorsAt({ family: family.name, design, y, w, offset }, points));
  }
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

/** The errors from their sums over a part of some weight. */
function metricsOf({ name }: Family, { y, w }: Part, sums: readonly ErrorSums[]): Metrics[] {
  const spread = spreadOf(y, w);
  const total = sum(w);
  return sums.map(({ sums, area }) =>
    name === 'gaussian'
      ? gaussianMetricsOf(spread, sums[0], sums[1])
      : binomialMetricsOf(total, ...sums, Number.isNaN(area) ? null : area),
  );
}

function metricsAt({ name }: Family, { y, w }: Part, eta: Float64Array): Metrics {
  return name === 'gaussian' ? gaussianMetrics(y, eta, w) : binomialMetrics(y, eta, w);
}
