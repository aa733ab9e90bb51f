import type { BinomialMetrics, GaussianMetrics, Metrics } from './metrics.js';

/** The number that a path is judged by: mse or logLoss. */
export function errorOf(metrics: Metrics): number {
  return 'mse' in metrics ? (metrics as GaussianMetrics).mse : (metrics as BinomialMetrics).logLoss;
}
