import type {
  Calibration,
  ColumnCheck,
  Confusion,
  EvaluateReport as CoreEvaluation,
  Finding,
} from '../evaluation/evaluate-report.js';
import type { BinomialMetrics, FitReport as CoreFit, GaussianMetrics, Warning } from '../fit/fit-report.js';

/** The metrics of each family. */
interface MetricsOf {
  readonly gaussian: GaussianMetrics;
  readonly binomial: BinomialMetrics;
}

type Family = keyof MetricsOf;

/** The solution at one lambda. */
export interface PathPoint<F extends Family = Family> {
  readonly lambda: number;
  /** On the original scale of the columns, as are the coefficients. */
  readonly intercept: number;
  /** Aligned with the report's `features`. */
  readonly coefficients: readonly number[];
  /** Penalised features with a non-zero coefficient. */
  readonly nonzero: number;
  /** 1 - nonzero / features. */
  readonly sparsity: number;
  /** Effective degrees of freedom, and a bound on the error of that number. */
  readonly df: number;
  readonly dfError: number;
  /** Norms of the standardized coefficients. */
  readonly l1Norm: number;
  readonly l2Norm: number;
  readonly train: MetricsOf[F];
  readonly test: MetricsOf[F] | null;
  readonly cv: { readonly mean: number; readonly standardError: number } | null;
  /** Largest scaled violation of the optimality conditions, and whether it is within the tolerance. */
  readonly kkt: number;
  readonly certified: boolean;
  readonly iterations: number;
}

/** The result of a fit of one family: plain data. */
interface FitReportOf<F extends Family> {
  /** Discriminates the two kinds of report: with `gaussian`, all metrics are those of a gaussian model. */
  readonly family: F;
  readonly version: string;
  readonly model: CoreFit['model'] & { readonly family: F };
  readonly data: CoreFit['data'];
  readonly target: CoreFit['target'];
  readonly features: readonly string[];
  readonly split: CoreFit['split'];
  readonly baseline: { readonly train: MetricsOf[F]; readonly test: MetricsOf[F] | null };
  /** Where a default grid begins. */
  readonly lambdaMax: number;
  /** In decreasing order of lambda. */
  readonly path: readonly PathPoint<F>[];
  readonly selected: CoreFit['selected'];
  readonly warnings: readonly Warning[];
}

export type GaussianFitReport = FitReportOf<'gaussian'>;
export type BinomialFitReport = FitReportOf<'binomial'>;
/** What `fit` gives. `family` tells which of the two it is. */
export type FitReport = GaussianFitReport | BinomialFitReport;

/** Points of a ROC curve, from the strictest threshold on; the first is infinite, where nothing is called positive. */
export interface RocCurve {
  readonly thresholds: readonly number[];
  readonly truePositiveRate: readonly number[];
  readonly falsePositiveRate: readonly number[];
}

/** The metrics of a model on some rows, and how these rows differ from training: plain data. */
interface EvaluateReportOf<F extends Family> {
  readonly family: F;
  readonly version: string;
  readonly model: CoreEvaluation['model'] & { readonly family: F };
  readonly data: CoreEvaluation['data'];
  readonly target: CoreEvaluation['target'];
  /** Which column weighted the rows; null: each counts once. */
  readonly weights: string | null;
  /** null where `refusal` says why, and with `checkOnly`. */
  readonly metrics: MetricsOf[F] | null;
  /** The same of the model that knows only the mean, or the class rate, of the training rows. */
  readonly baseline: MetricsOf[F] | null;
  /** The model's metrics on its own training and test rows. */
  readonly training: { readonly train: MetricsOf[F]; readonly test: MetricsOf[F] | null };
  /** Binomial only, as are the next two. */
  readonly confusion: Confusion | null;
  readonly calibration: Calibration | null;
  readonly roc: RocCurve | null;
  readonly columns: readonly ColumnCheck[];
  /** Errors first, then warnings, then the rest. */
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
  /** Why the requested metrics are missing; null if they are there or were not requested. */
  readonly refusal: string | null;
}

export type GaussianEvaluateReport = EvaluateReportOf<'gaussian'>;
export type BinomialEvaluateReport = EvaluateReportOf<'binomial'>;
/** What `evaluate` gives. `family` tells which of the two it is. */
export type EvaluateReport = GaussianEvaluateReport | BinomialEvaluateReport;
