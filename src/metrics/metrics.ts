/** Errors of a gaussian model on some rows. `r2` is null where the target of these rows is constant. */
export interface GaussianMetrics {
  readonly mse: number;
  readonly rmse: number;
  /** Null where it was not asked for: unlike the others it takes a look at every row. */
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

/** The names of a family's metrics, in the order of the JSON. */
export const METRIC_NAMES = {
  gaussian: ['mse', 'rmse', 'mae', 'r2'] satisfies (keyof GaussianMetrics)[],
  binomial: ['logLoss', 'auc', 'accuracy', 'brier'] satisfies (keyof BinomialMetrics)[],
} as const;

/** Rows that errors are measured on: target, weights and offset, length rows each. */
export interface MeasuredRows {
  readonly y: Float64Array;
  readonly w: Float64Array;
  readonly offset: Float64Array;
}
