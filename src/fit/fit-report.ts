import type { FamilyName } from '../families/family.js';
import type { BinomialMetrics, GaussianMetrics, Metrics } from '../metrics/metrics.js';
import type { PenaltyName, SelectionRule } from '../options/vocabulary.js';
import type { Split } from '../setup/read-parts.js';
import type { Warning } from '../setup/warnings.js';

export { errorOf, METRIC_NAMES, metricNames, metricOf } from '../metrics/metrics.js';
export type { BinomialMetrics, FamilyName, GaussianMetrics, Metrics, Warning };

/** The solution at one lambda. */
export interface PathPoint {
  readonly lambda: number;
  /** On the original scale of the columns, as are the coefficients. */
  readonly intercept: number;
  /** Aligned with the report's `features`. */
  readonly coefficients: Float64Array;
  /** Penalised features with a non-zero coefficient. */
  readonly nonzero: number;
  /** 1 - nonzero / features. */
  readonly sparsity: number;
  /** Effective degrees of freedom. */
  readonly df: number;
  /** Bound on the error of `df`; 0 if it is exact up to rounding. */
  readonly dfError: number;
  /** Norms of the standardized coefficients. */
  readonly l1Norm: number;
  readonly l2Norm: number;
  readonly train: Metrics;
  readonly test: Metrics | null;
  readonly cv: { readonly mean: number; readonly standardError: number } | null;
  /** Largest scaled violation of the KKT conditions. */
  readonly kkt: number;
  readonly certified: boolean;
  readonly iterations: number;
}

/** The result of a fit: the contents of the JSON, and a few more numbers for the tables. */
export interface FitReport {
  readonly version: string;
  readonly model: {
    readonly family: FamilyName;
    readonly penalty: PenaltyName;
    readonly l1Ratio: number;
    readonly standardize: boolean;
    /** Whether the penalty acts on the target divided by its standard deviation. */
    readonly standardizeTarget: boolean;
    readonly intercept: boolean;
  };
  readonly data: {
    readonly source: string;
    readonly rows: number;
    readonly rowsUsed: number;
    readonly rowsDropped: number;
  };
  readonly target: {
    readonly name: string;
    /** Binomial: the two classes, the positive one last. */
    readonly classes: readonly [string, string] | null;
    readonly positive: string | null;
  };
  readonly features: readonly string[];
  readonly split: Split;
  readonly baseline: { readonly train: Metrics; readonly test: Metrics | null };
  /** Where a default grid begins: the smallest lambda at which every penalised coefficient is zero; of ridge see `ridgeEnds`. */
  readonly lambdaMax: number;
  /** In decreasing order of lambda. */
  readonly path: readonly PathPoint[];
  readonly selected: { readonly rule: SelectionRule; readonly index: number; readonly lambda: number };
  readonly warnings: readonly Warning[];

  /** Not in the JSON: a standardized coefficient is coefficients[j] * featureScale[j]. */
  readonly featureScale: Float64Array;
  /** Not in the JSON: what multiplies lambda for each feature; 0 leaves it unpenalised. */
  readonly penaltyFactor: Float64Array;
  /** Not in the JSON: the certificate asked for. */
  readonly tolerance: number;
}
