import type { CellOptions } from '../csv/dialect/column-rules.js';
import type { DialectOptions } from '../csv/dialect/dialect.js';
import type { FitReport, Metrics } from '../fit/fit-report.js';
import type { ResolvedOptions } from '../options/resolve-options.js';

/** Names the layout of a model file; schema/model.schema.json describes it. */
export const MODEL_SCHEMA = 'shrinkfit/model/1';

/**
 * One solution of a path, with everything needed to score with it, check it and reproduce it.
 *
 *     eta = intercept + sum_j coefficient_j * (x_j - origin_j)
 *
 * over the features with a coefficient other than 0, added up in the order of the file. Gaussian: the prediction is eta.
 * Binomial: the probability of the positive class is 1 / (1 + exp(-eta)).
 */
export interface Model {
  readonly schema: typeof MODEL_SCHEMA;
  /** Of shrinkfit, when the model was made. */
  readonly version: string;
  readonly model: FitReport['model'];
  readonly lambda: number;
  /** Which rule chose this lambda. */
  readonly selected: { readonly rule: FitReport['selected']['rule']; readonly lambdaMax: number };
  /** On the training rows: value = loss + lambda * penalty. */
  readonly objective: { readonly loss: number; readonly penalty: number; readonly value: number };
  readonly certificate: Certificate;
  readonly target: TargetSchema;
  readonly weights: string | null;
  readonly offset: string | null;
  /** eta where every feature is at its origin. */
  readonly intercept: number;
  /** The same in standardized coordinates. */
  readonly standardizedIntercept: number;
  /** eta of the model that knows only the mean, or the class rate, of the training rows; the offset comes on top. */
  readonly baselineIntercept: number;
  readonly features: readonly ModelFeature[];
  /** What each feature column was like, in the file's order. */
  readonly columns: readonly ColumnSchema[];
  /** How the training file was read. */
  readonly csv: ReadingOptions;
  readonly training: {
    readonly source: string;
    readonly rows: number;
    readonly rowsUsed: number;
    readonly rowsDropped: number;
    /** Of the target, weights, offset and feature columns, all rows; see `tableDigest`. */
    readonly digest: string;
  };
  readonly split: FitReport['split'];
  readonly metrics: {
    readonly train: Metrics;
    readonly test: Metrics | null;
    readonly cv: { readonly mean: number; readonly standardError: number } | null;
    readonly baseline: { readonly train: Metrics; readonly test: Metrics | null };
  };
  /** The options of the fit, with all defaults filled in. */
  readonly options: ResolvedOptions;
  /** Rows generated from the training ranges and levels, with the model's predictions. */
  readonly selfTest: readonly SelfTestRow[];
}

export interface Certificate {
  /** Largest scaled violation of the KKT conditions. */
  readonly kkt: number;
  readonly tolerance: number;
  readonly certified: boolean;
}

export interface TargetSchema {
  readonly name: string;
  readonly type: 'numeric' | 'text';
  /** Binomial: the two classes as written in the file, the positive one last. */
  readonly classes: readonly [string, string] | null;
  /** Its values on the training rows; binomial: 1 for the positive class and 0 for the other. */
  readonly training: Distribution;
}

/** One feature: a numeric column, or the indicator of one level. */
export interface ModelFeature {
  /** `COL`, or `COL=LEVEL`. */
  readonly name: string;
  readonly column: string;
  readonly level: string | null;
  /** On the original scale of the column. */
  readonly coefficient: number;
  readonly standardized: number;
  /** Subtracted before the coefficient is applied: 0, or the centre if x alone would lose digits. */
  readonly origin: number;
  /** z = (x - centre - remainder) / scale; scale 0: constant in training, z = 0. */
  readonly centre: number;
  readonly remainder: number;
  readonly scale: number;
  /** What a missing cell becomes; null where the policy fills none. */
  readonly fill: number | null;
  readonly penaltyFactor: number;
  /** Bounds on the coefficient; null for none. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** What a column of numbers, or of categories, was like in training. */
export type ColumnSchema = NumericSchema | TextSchema;

export interface NumericSchema extends Distribution {
  readonly name: string;
  readonly type: 'numeric';
  /** Share of missing cells among all rows of the file. */
  readonly missingShare: number;
}

/** How numbers are spread. */
export interface Distribution {
  /** Of the training rows' cells that are not missing, each row counted once; null where all are missing. */
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /**
   * The distribution for drift: bin k holds edges[k-1] < x <= edges[k], the outer bins are open.
   * The edges are the distinct deciles (type 7 in R); shares has one number more and sums to 1.
   */
  readonly edges: readonly number[];
  readonly shares: readonly number[];
}

export interface TextSchema {
  readonly name: string;
  readonly type: 'text';
  readonly missingShare: number;
  /** Levels of the training rows in code-unit order, and their shares among the cells that are not missing. */
  readonly levels: readonly string[];
  readonly shares: readonly number[];
}

/** The options of the CSV reader that a model remembers; absent is the reader's default. */
export interface ReadingOptions extends DialectOptions, CellOptions {}

/** Cells aligned with the model's `columns`; a number, a level, or null for a missing cell. */
export interface SelfTestRow {
  readonly cells: readonly (number | string | null)[];
  /** Without the offset. */
  readonly linearPredictor: number;
  /** Gaussian: the same; binomial: the probability of the positive class. */
  readonly prediction: number;
}
