import type { FamilyName } from '../families/family.js';

/** Errors of a gaussian model on some rows. `r2` is null where the target of these rows is constant. */
export interface GaussianMetrics {
  readonly mse: number;
  readonly rmse: number;
  /** Null if it was not wanted: unlike the others it needs every row. */
  readonly mae: number | null;
  readonly r2: number | null;
}

/** Errors of a binomial model on some rows. `auc` is null where these rows have one class only. */
export interface BinomialMetrics {
  readonly logLoss: number;
  readonly auc: number | null;
  readonly accuracy: number;
  readonly brier: number;
}

export type Metrics = GaussianMetrics | BinomialMetrics;

/** The names of a family's metrics in the order of the JSON: first the error that its fit minimises. */
export const METRIC_NAMES: Readonly<Record<FamilyName, readonly string[]>> = {
  gaussian: ['mse', 'rmse', 'mae', 'r2'] satisfies (keyof GaussianMetrics)[],
  binomial: ['logLoss', 'auc', 'accuracy', 'brier'] satisfies (keyof BinomialMetrics)[],
};

/** The names of these metrics. */
export function metricNames(metrics: Metrics): readonly string[] {
  return Object.values(METRIC_NAMES).find(([error]) => error in metrics)!;
}

/** One of these metrics by its name; null where it is not defined. */
export function metricOf(metrics: Metrics, name: string): number | null {
  return (metrics as unknown as Readonly<Record<string, number | null>>)[name];
}

/** The figure that selection uses: the error that the family's fit minimises. */
export function errorOf(metrics: Metrics): number {
  return metricOf(metrics, metricNames(metrics)[0])!;
}

/** Rows that errors are measured on: target, weights and offset, length rows each. */
export interface MeasuredRows {
  readonly y: Float64Array;
  readonly w: Float64Array;
  readonly offset: Float64Array;
}
