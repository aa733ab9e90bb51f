import {
  type FamilyName,
  type FitReport,
  METRIC_NAMES,
  type Metrics,
  metricNames,
  metricOf,
} from '../fit/fit-report.js';

/** What the tables call the error, the score and the null model of a family, and where the metrics keep them. */
export interface FamilyWords {
  /** The error that is minimised: `mse`, `logLoss`. */
  readonly error: string;
  /** The score beside it: `r2`, `auc`. */
  readonly score: string;
  /** The label of the row for the model without features. */
  readonly baseline: string;
  /** All metrics, in the order of the contract. */
  readonly metrics: readonly string[];
}

const WORDS: Readonly<Record<FamilyName, FamilyWords>> = {
  gaussian: { error: 'mse', score: 'r2', baseline: 'mean alone', metrics: METRIC_NAMES.gaussian },
  binomial: { error: 'logLoss', score: 'auc', baseline: 'class rate', metrics: METRIC_NAMES.binomial },
};

/** The words for the family of `report`. */
export function familyWords({ model }: { readonly model: { readonly family: FamilyName } }): FamilyWords {
  return WORDS[model.family];
}

/** All metrics of some rows, in the order of {@link FamilyWords.metrics}. */
export function metricValues(metrics: Metrics): (number | null)[] {
  return metricNames(metrics).map((name) => metricOf(metrics, name));
}

/** The score beside the error; null where it is not defined. */
export function scoreOf(metrics: Metrics): number | null {
  const [error] = metricNames(metrics);
  return metricOf(metrics, Object.values(WORDS).find((words) => words.error === error)!.score);
}

/** Whether the penalty sets no coefficient to zero, so that every feature enters at once. */
export function isDense(report: FitReport): boolean {
  const { penalty, l1Ratio } = report.model;
  return penalty === 'none' || l1Ratio === 0;
}
