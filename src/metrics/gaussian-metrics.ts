import { dot, sum } from '../linalg/vector.js';
import type { GaussianMetrics } from './metrics.js';

/**
 * Weighted errors of predictions: mse = sum w (y - mean)^2 / sum w, rmse its root, mae with absolute values,
 * r2 = 1 - mse / (weighted variance of y on the same rows); r2 is null where that variance is 0
 * (the same value on all rows that count), or beyond the range of doubles.
 */
export function gaussianMetrics(y: Float64Array, mean: Float64Array, w: Float64Array): GaussianMetrics {
  let squares = 0;
  let absolute = 0;
  for (let i = 0; i < y.length; i++) {
    const error = y[i] - mean[i];
    squares += w[i] * error * error;
    absolute += w[i] * Math.abs(error);
  }
  return gaussianMetricsOf(spreadOf(y, w), squares, absolute);
}

/** Figures of the target alone: the sum of the weights, and sum w (y - mean)^2, null where r2 is not defined. */
export interface Spread {
  readonly total: number;
  readonly variation: number | null;
}

/** The spread of a target, the same for every model of it. */
export function spreadOf(y: Float64Array, w: Float64Array): Spread {
  const total = sum(w);
  const centre = dot(w, y) / total;
  let variation = 0;
  for (let i = 0; i < y.length; i++) variation += w[i] * (y[i] - centre) * (y[i] - centre);
  const defined = varies(y, w) && variation > 0 && variation < Infinity;
  return { total, variation: defined ? variation : null };
}

/** The metrics from the sums of w e^2 and w |e|. @param absolute NaN where that sum was not made */
export function gaussianMetricsOf(
  { total, variation }: Spread,
  squares: number,
  absolute: number,
): GaussianMetrics {
  const mse = squares / total;
  return {
    mse,
    rmse: Math.sqrt(mse),
    mae: Number.isNaN(absolute) ? null : absolute / total,
    r2: variation === null ? null : 1 - squares / variation,
  };
}

/** Exact: the computed variance of a constant need not be 0. */
function varies(y: Float64Array, w: Float64Array): boolean {
  const first = y[w.findIndex((weight) => weight > 0)];
  return y.some((value, i) => value !== first && w[i] > 0);
}
