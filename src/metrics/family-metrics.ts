import type { ErrorSums } from '../design/evaluate-points.js';
import type { FamilyName } from '../families/family.js';
import { sum } from '../linalg/vector.js';
import { binomialMetrics, binomialMetricsOf } from './binomial-metrics.js';
import { gaussianMetrics, gaussianMetricsOf, spreadOf } from './gaussian-metrics.js';
import type { Metrics } from './metrics.js';

/** How the metrics of a family are made. */
interface FamilyMetrics {
  /** From the linear predictors of rows of some weight w. */
  of(y: Float64Array, eta: Float64Array, w: Float64Array): Metrics;
  /** From sums of errors over such rows, for each point. */
  fromSums(y: Float64Array, w: Float64Array, points: readonly ErrorSums[]): Metrics[];
}

/** The metrics of each family. */
export const METRICS: Readonly<Record<FamilyName, FamilyMetrics>> = {
  gaussian: {
    of: gaussianMetrics,
    fromSums(y, w, points) {
      const spread = spreadOf(y, w);
      return points.map(({ sums }) => gaussianMetricsOf(spread, sums[0], sums[1]));
    },
  },
  binomial: {
    of: binomialMetrics,
    fromSums(_y, w, points) {
      const total = sum(w);
      return points.map(({ sums, area }) =>
        binomialMetricsOf(total, ...sums, Number.isNaN(area) ? null : area),
      );
    },
  },
};
