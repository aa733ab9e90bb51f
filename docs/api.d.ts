declare const CHECK_CODES: readonly [
	"data",
	"problem",
	"rows",
	"target",
	"split",
	"features",
	"standardization",
	"columns",
	"coefficients",
	"certificate",
	"objective",
	"metrics"
];
declare const ENCODINGS: readonly [
	"utf-8",
	"utf-16le",
	"windows-1252",
	"cp1252",
	"latin1"
];
declare const EXPORT_LANGUAGES: readonly [
	"sql",
	"js",
	"python",
	"r"
];
declare const FINDING_CODES: readonly [
	"column-missing",
	"type-changed",
	"unseen-levels",
	"unseen-class",
	"missing-share",
	"range-excess",
	"population-stability-index",
	"constant-now",
	"extra-column"
];
declare const MISSING_POLICIES: readonly [
	"drop",
	"error",
	"mean",
	"median"
];
declare const MODEL_SCHEMA = "shrinkfit/model/1";
declare const PENALTY_NAMES: readonly [
	"ridge",
	"lasso",
	"elasticnet",
	"none"
];
declare const SELECTION_RULES: readonly [
	"test",
	"cv",
	"cv-1se",
	"aicc"
];
declare const SQL_DIALECTS: readonly [
	"postgres",
	"duckdb",
	"clickhouse",
	"sqlite"
];
/** Base of all expected failures. */
export declare abstract class ShrinkfitError extends Error {
	abstract readonly kind: FailureKind;
}
/** A file cannot be read, is malformed, or cannot support the fit. Exit code 3. */
export declare class DataError extends ShrinkfitError {
	readonly name = "DataError";
	readonly kind = "data";
}
/** An option, a command or an expression is wrong. Exit code 2. */
export declare class UsageError extends ShrinkfitError {
	readonly name = "UsageError";
	readonly kind = "usage";
}
/**
 * The version of the package, from its package.json. The package names itself, so the same line works from src/, from
 * dist/ and from the bundled command line.
 */
export declare const VERSION: string;
/** Bytes that can be read only once, such as a stream, as an input that can be opened again. They are kept in memory. */
export declare function bufferedInput(name: string, stream: AsyncIterable<Uint8Array>): ByteSource;
/**
 * How one solution differs from another: metrics, settings, features, and for two models their columns.
 * @param base a model, or what `fit` gave: its selected solution
 * @throws UsageError for a wrong argument, DataError where the two predict different things
 */
export declare function compare(base: Model | FitReport$1, next: Model | FitReport$1, options?: CompareOptions): Promise<DiffReport>;
/**
 * Measures a model on labelled rows, next to the model that knows only the mean or the class rate, and compares the columns with training.
 * If the metrics cannot be computed, `refusal` says why.
 * @param model a model, or what `fit` gave: the model of its selected lambda
 */
export declare function evaluate(model: Model | FitReport$1, data: Data, options?: EvaluateOptions): Promise<EvaluateReport$1>;
/**
 * A model as the source of a program that needs no package.
 * @param model a model, or what `fit` gave: the model of its selected lambda
 * @throws UsageError for a wrong argument; DataError for a name or level that the language cannot hold
 */
export declare function exportModel(model: Model | FitReport$1, options: ExportOptions): Promise<string>;
export declare function fit(data: Data, options: FitOptions$1 & {
	readonly family: "binomial";
}): Promise<BinomialFitReport>;
/**
 * Fits the whole path of lambdas and measures each solution on training and test rows.
 *
 *     minimise  1/W sum_i w_i loss(y_i, eta_i) + lambda * sum_j factor_j ((1 - l1Ratio)/2 b_j^2 + l1Ratio |b_j|)
 *
 * @param data a table, columns, rows, or the path of a CSV file
 * @returns plain data. While the report is in use, the data of the fit stay in memory for `modelOf`; a model does not need them.
 * @throws UsageError for options that are wrong, DataError for data that cannot support the fit
 */
export declare function fit(data: Data, options: FitOptions$1 & {
	readonly family: "gaussian";
}): Promise<GaussianFitReport>;
export declare function fit(data: Data, options: FitOptions$1): Promise<FitReport$1>;
/** Reads a model file, and makes sure that it is complete and unchanged. @throws DataError with the reason */
export declare function loadModel(path: string): Promise<Model>;
/**
 * The model of a fit, which can be kept and can score: plain data, as in a model file.
 * @param lambda which solution of the path; the selected one by default
 * @throws UsageError for a lambda that is not of the path
 */
export declare function modelOf(report: FitReport$1, lambda?: number): Model;
/** A model as the text of its file: JSON with full precision and a digest. */
export declare function modelText(model: Model | FitReport$1): string;
/** The same for the text of a model file. @param source what to call it in errors */
export declare function parseModel(text: string, source?: string): Promise<Model>;
/**
 * Scores rows with a model. The target need not be there, nor columns whose coefficients are all 0.
 * @param model a model, or what `fit` gave: the model of its selected lambda
 * @throws UsageError for a wrong argument; DataError for a column that is missing or of another type, and for a missing cell where the
 * model was trained with `missing: 'error'`
 */
export declare function predict(model: Model | FitReport$1, data: Data, options?: PredictOptions): Promise<Predictions>;
/**
 * Reads a CSV file, gzipped or not, into typed columns.
 * @throws UsageError for options that are wrong; DataError for a file that cannot be read or is malformed
 */
export declare function readCsv(input: CsvInput, options?: CsvOptions): Promise<Table>;
/** How a file is to be read for a model: as the training file was, except for options given now. */
export declare function readingFor(model: Model | FitReport$1, given?: Dialect): CsvOptions;
/** A fit as text, in chunks that end with a line end. `format: 'json'` gives the JSON of the command line. */
export declare function renderFit(report: FitReport$1, options?: RenderOptions): Promise<Iterable<string>>;
/**
 * Writes a model to a file atomically: the path holds the old content or the new one.
 * @param model a model, or what `fit` gave: the model of its selected lambda
 * @throws DataError where the file cannot be written
 */
export declare function saveModel(model: Model | FitReport$1, path: string): Promise<void>;
/** Fits as `fit` does, and keeps the columns that have a coefficient other than 0. A column of categories is kept when any level is. */
export declare function select(data: Data, options: FitOptions$1): Promise<Selection>;
/** Whether a model is the optimum of its training data; computed again, without fitting. */
export declare function verify(model: Model | FitReport$1, data: Data, options?: VerifyOptions): Promise<VerifyReport>;
/** Errors of a binomial model on some rows. `auc` is null where these rows have one class only. */
export interface BinomialMetrics {
	readonly logLoss: number;
	readonly auc: number | null;
	readonly accuracy: number;
	readonly brier: number;
}
/** The predictions of a binomial model; null for a row with a missing cell that the model does not fill. */
export interface BinomialPredictions extends Answered {
	readonly family: "binomial";
	/** Probabilities of the positive class. */
	readonly predictions: readonly (number | null)[];
	/** The class that the threshold gives. */
	readonly classes: readonly (string | null)[];
	readonly positive: string;
}
/** Bytes from anywhere, with the name they have in messages. */
export interface ByteSource {
	readonly name: string;
	/** The bytes from the beginning; may be called more than once. */
	open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}
/** How well probabilities are calibrated; null if the data do not determine it. */
export interface Calibration {
	readonly bins: readonly CalibrationBin[];
	/** sum_k W_k |observedRate_k - meanPredicted_k| / W over the bins: 0 is perfect. */
	readonly expectedCalibrationError: number;
	/** a of logit P(y = 1) = a + eta: 0 is perfect; above 0 the probabilities are too low overall. */
	readonly intercept: number | null;
	/** b of logit P(y = 1) = a + b eta: 1 is perfect, below 1 the probabilities are too extreme. */
	readonly slope: number | null;
}
/** Rows of neighbouring probabilities: what was predicted and what was observed. */
export interface CalibrationBin {
	/** Smallest and largest probability of its rows. */
	readonly from: number;
	readonly to: number;
	readonly rows: number;
	/** Sum of their weights; the means are weighted by it. */
	readonly weight: number;
	readonly meanPredicted: number;
	readonly observedRate: number;
}
export interface Certificate {
	/** Largest scaled violation of the KKT conditions. */
	readonly kkt: number;
	readonly tolerance: number;
	readonly certified: boolean;
}
/** A difference between the inputs of two models. */
export interface ColumnChange {
	readonly column: string;
	readonly code: "column-added" | "column-removed" | "type-changed" | "level-added" | "level-removed";
	/** The level, or the types before and after; null if the column alone says everything. */
	readonly detail: string | null;
}
/** One column of the model as the file has it now. Figures that do not apply are null. */
export interface ColumnCheck {
	readonly name: string;
	readonly role: ColumnRole;
	/** Whether the model needs it: features whose coefficients are all 0 are not needed. */
	readonly needed: boolean;
	readonly type: "numeric" | "text";
	/** `mixed`: numbers with some cells that are none; null: the file has no such column. */
	readonly found: "numeric" | "text" | "mixed" | null;
	readonly missingShare: number | null;
	/** In training; null where the model does not say. */
	readonly missingShareTraining: number | null;
	readonly psi: number | null;
	/** The psi that chance alone exceeds once in a thousand cases. */
	readonly psiChance: number | null;
	/** Share of the values outside the training range. */
	readonly rangeExcess: number | null;
	/** How far outside the farthest of them is, in training deviations. */
	readonly rangeDistance: number | null;
	/** Share of the cells whose level (of the target: class) was not seen in training. */
	readonly unseen: number | null;
}
/** Columns by name, all of one length. */
export interface Columns {
	readonly columns: {
		readonly [name: string]: ColumnValues;
	} | ReadonlyMap<string, ColumnValues>;
}
/** Values are equal where |new - base| <= atol + rtol |base|. */
export interface CompareOptions {
	/** Default 0. */
	readonly atol?: number;
	/** Default 1e-6. */
	readonly rtol?: number;
}
/** Rows by true and predicted class, as sums of weights, and the rates computed from them; null if undefined. */
export interface Confusion {
	/** A row is called positive where its probability is at least this. */
	readonly threshold: number;
	readonly truePositive: number;
	readonly falsePositive: number;
	readonly trueNegative: number;
	readonly falseNegative: number;
	readonly accuracy: number;
	/** TP / (TP + FN), also called recall. */
	readonly sensitivity: number | null;
	/** TN / (TN + FP). */
	readonly specificity: number | null;
	/** TP / (TP + FP). */
	readonly precision: number | null;
	/** 2 TP / (2 TP + FP + FN). */
	readonly f1: number | null;
	/** (sensitivity + specificity) / 2. */
	readonly balancedAccuracy: number | null;
	/** Matthews' correlation of true and predicted class; null if one of them is constant. */
	readonly mcc: number | null;
}
/** How `readCsv` reads a file. */
export interface CsvOptions extends Dialect {
	/** Names of columns that are categories even if all their cells are numbers. */
	readonly text?: readonly string[];
	/** Whether `columnNa` may name columns that the file does not have. Default false. */
	readonly mayLackColumns?: boolean;
	/** Threads for large files; never changes the table. Default 1. */
	readonly threads?: number;
}
/** How a CSV file is written. null and absent are the same but for `quote`. */
export interface Dialect {
	/** null (the default): found among tab, comma, semicolon and pipe. */
	readonly delimiter?: string | null;
	/** Default `"`; null or empty: no quoting. */
	readonly quote?: string | null;
	/** A line that begins with it is skipped. Default null: none. */
	readonly comment?: string | null;
	/** The decimal mark, `.` (the default) or `,`. */
	readonly decimal?: string;
	/** Default utf-8; a byte order mark in the file overrules it. */
	readonly encoding?: Encoding;
	/** false: the first record is data, and the columns are x1, x2, ... */
	readonly header?: boolean;
	/** Texts that count as missing, in place of the usual ones (NA, NaN, null, ...); the empty cell always does. */
	readonly na?: readonly string[];
	/** The same for single columns, in place of `na`. */
	readonly columnNa?: readonly (readonly [
		column: string,
		na: readonly string[]
	])[];
}
/** How one solution differs from another. */
export interface DiffReport {
	readonly version: string;
	readonly base: Side;
	readonly new: Side;
	readonly tolerance: Tolerance;
	readonly settings: readonly SettingChange[];
	readonly figures: readonly FigureChange[];
	readonly features: readonly FeatureChange[];
	/** Every feature of either side, those with coefficient 0 on both too; not in the JSON. */
	readonly names: readonly string[];
	readonly columns: readonly ColumnChange[];
	readonly entered: number;
	readonly left: number;
	readonly signChanged: number;
	readonly sizeChanged: number;
	/** Figures, features and columns beyond the tolerance, all together. */
	readonly beyond: number;
}
/** A column that is meant to be numeric (at least 90% of its cells are numbers) but has cells that are not. */
export interface DirtyColumn {
	readonly kind: "dirty";
	readonly name: string;
	/** How many cells are numbers, and how many are neither a number nor missing. */
	readonly numbers: number;
	readonly others: number;
	/** The first offending cells, at most five, with their 1-based line in the file. */
	readonly examples: readonly {
		readonly line: number;
		readonly text: string;
	}[];
	readonly missing: number;
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
export interface EvaluateOptions extends ReadOptions {
	/** Binomial: from which probability on a row is called positive. Default 0.5. */
	readonly threshold?: number;
	/** Compare the columns only: the target is not needed. Default false. */
	readonly checkOnly?: boolean;
}
export interface ExportOptions {
	readonly to: ExportLanguage;
	/** The dialect of SQL; default postgres. Only with `to: 'sql'`, as are the next two. */
	readonly dialect?: SqlDialectName;
	/** The table of the query, or SCHEMA.TABLE; default data. */
	readonly table?: string;
	/** Only the expression of the prediction, without a query around it. Default false. */
	readonly expression?: boolean;
}
/** A feature with a coefficient other than 0 on one side at least. */
export interface FeatureChange {
	readonly feature: string;
	/** entered: 0 or absent before; left: 0 or absent now; sign; size: beyond the tolerance; same: within it. */
	readonly status: "entered" | "left" | "sign" | "size" | "same";
	readonly base: number;
	readonly new: number;
	readonly change: number;
	readonly beyond: boolean;
}
/** A figure of both sides; null where a side does not have it. */
export interface FigureChange {
	/** As gates name it: `test.rmse`. */
	readonly name: string;
	readonly base: number | null;
	readonly new: number | null;
	/** new - base; null where a side does not have it. */
	readonly change: number | null;
	/** Whether it lies beyond the tolerance. */
	readonly beyond: boolean;
}
/** One thing that differs from training. */
export interface Finding {
	readonly code: FindingCode;
	readonly severity: Severity;
	/** The name is data and may be any string. */
	readonly column: string;
	/** The figure that was found; null where the finding has none. */
	readonly value: number | null;
	/** Its bound. */
	readonly bound: number | null;
	/** What was found, in a few words: levels, cells, types. Untrusted. */
	readonly detail: string;
	/** The whole sentence, with the remedy. */
	readonly message: string;
}
/** An evaluated gate. */
export interface GateResult {
	readonly expression: string;
	readonly level: GateLevel;
	/** Its name in reports; its expression if it has no name. */
	readonly name: string;
	/** The side with the figure, the left one if both have; null (undefined) fails. */
	readonly value: number | null;
	/** The other side; null fails. */
	readonly bound: number | null;
	readonly passed: boolean;
	/** What to do about it. */
	readonly remedy: string;
}
/** Errors of a gaussian model on some rows. `r2` is null where the target of these rows is constant. */
export interface GaussianMetrics {
	readonly mse: number;
	readonly rmse: number;
	/** Null if it was not wanted: unlike the others it needs every row. */
	readonly mae: number | null;
	readonly r2: number | null;
}
/** The predictions of a gaussian model; null for a row with a missing cell that the model does not fill. */
export interface GaussianPredictions extends Answered {
	readonly family: "gaussian";
	readonly predictions: readonly (number | null)[];
}
/** The columns of a file by name, and which names are not as they stand in the header. */
export interface Header {
	/** One a column, each of them once. */
	readonly names: readonly string[];
	/** Names that columns without a name were given: `column 3`. */
	readonly nameless: readonly string[];
	/** Names that stand in the header more than once, and those that the columns behind the first were given: `age (2)`. */
	readonly doubled: ReadonlyMap<string, readonly string[]>;
}
/** A grid that comes down from lambdaMax. */
export interface LambdaGrid {
	/** How many lambdas; default 100. */
	readonly count?: number;
	/** Smallest over largest; null: suits the problem. */
	readonly minRatio?: number | null;
}
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
	readonly model: FitReport["model"];
	readonly lambda: number;
	/** Which rule chose this lambda. */
	readonly selected: {
		readonly rule: FitReport["selected"]["rule"];
		readonly lambdaMax: number;
	};
	/** On the training rows: value = loss + lambda * penalty. */
	readonly objective: {
		readonly loss: number;
		readonly penalty: number;
		readonly value: number;
	};
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
	readonly split: FitReport["split"];
	readonly metrics: {
		readonly train: Metrics;
		readonly test: Metrics | null;
		readonly cv: {
			readonly mean: number;
			readonly standardError: number;
		} | null;
		readonly baseline: {
			readonly train: Metrics;
			readonly test: Metrics | null;
		};
	};
	/** The options of the fit, with all defaults filled in. */
	readonly options: ResolvedOptions;
	/** Rows generated from the training ranges and levels, with the model's predictions. */
	readonly selfTest: readonly SelfTestRow[];
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
/** A column whose non-missing cells are all finite decimal numbers. */
export interface NumericColumn {
	readonly kind: "numeric";
	readonly name: string;
	/** Length: rows. NaN marks a missing cell and nothing else. */
	readonly values: Float64Array;
	readonly missing: number;
}
export interface NumericSchema extends Distribution {
	readonly name: string;
	readonly type: "numeric";
	/** Share of missing cells among all rows of the file. */
	readonly missingShare: number;
}
export interface PredictOptions {
	/** Binomial: from which probability on a row is called positive. Default 0.5. */
	readonly threshold?: number;
	/** How the file is read, if the data are a file whose dialect differs from the training file's. */
	readonly csv?: Dialect;
	/** Threads to read a large file with; never changes a digit. Default 1. */
	readonly threads?: number;
}
/** The options of the CSV reader that a model remembers; absent is the reader's default. */
export interface ReadingOptions extends DialectOptions, CellOptions {
}
/** How a fit is shown; nothing is read from the environment. */
export interface RenderOptions {
	/** Default table. */
	readonly format?: "table" | "markdown" | "csv" | "json";
	/** Which table; csv holds one, so that `both` (the default) means `path` there. JSON has all. */
	readonly table?: "path" | "coefficients" | "both";
	/** How many rows of its lists the table and Markdown show. Default 20. */
	readonly rows?: number | "all";
	/** 0 (the default): no colour; 1: 16 colours; 2: 256; 3: millions. */
	readonly colorLevel?: 0 | 1 | 2 | 3;
	/** Columns of the terminal. Default 80. */
	readonly width?: number;
	readonly gates?: readonly GateResult[];
}
/** Which columns a fit keeps. */
export interface Selection {
	/** Feature columns with a coefficient other than 0 at the selected lambda, in the order of the data. */
	readonly kept: readonly string[];
	/** Feature columns whose coefficients are all 0. */
	readonly leftOut: readonly string[];
	/** The data with the target, weights, offset and the kept columns only. */
	readonly table: Table;
	readonly report: FitReport$1;
}
/** Cells aligned with the model's `columns`; a number, a level, or null for a missing cell. */
export interface SelfTestRow {
	readonly cells: readonly (number | string | null)[];
	/** Without the offset. */
	readonly linearPredictor: number;
	/** Gaussian: the same; binomial: the probability of the positive class. */
	readonly prediction: number;
}
/** A setting of the problem in which the sides differ, not a result. */
export interface SettingChange {
	readonly name: string;
	readonly base: string;
	readonly new: string;
}
export interface Side {
	readonly source: string;
	readonly kind: Comparable["kind"];
	readonly lambda: number;
	readonly nonzero: number;
	readonly certified: boolean;
}
/** How training and test rows were separated. */
export interface Split {
	readonly method: "none" | "random" | "stratified" | "file";
	/** null where no random number was drawn. */
	readonly seed: number | null;
	readonly train: number;
	readonly test: number;
}
/** A CSV file as typed columns, in the file's order. Column names are untrusted: never use them as object keys. */
export interface Table {
	/** What the file is called in messages and reports: its base name, or `-` for standard input. */
	readonly source: string;
	readonly rows: number;
	readonly columns: readonly Column[];
	/** Whether line 1 named the delimiter (`sep=;`) and the records begin on line 2. */
	readonly sepLine?: boolean;
	/** Where names are not as they stand in the header; absent: all are. */
	readonly header?: Pick<Header, "nameless" | "doubled">;
	/** The 1-based line of the file on which row `row` (from 0) begins. */
	lineOf(row: number): number;
}
export interface TargetSchema {
	readonly name: string;
	readonly type: "numeric" | "text";
	/** Binomial: the two classes as written in the file, the positive one last. */
	readonly classes: readonly [
		string,
		string
	] | null;
	/** Its values on the training rows; binomial: 1 for the positive class and 0 for the other. */
	readonly training: Distribution;
}
/** A column of categories, dictionary-coded. */
export interface TextColumn {
	readonly kind: "text";
	readonly name: string;
	/** Length: rows. Index into `levels`; -1 marks a missing cell. */
	readonly codes: Int32Array;
	/** Distinct cells in code-unit order. */
	readonly levels: readonly string[];
	readonly missing: number;
}
export interface TextSchema {
	readonly name: string;
	readonly type: "text";
	readonly missingShare: number;
	/** Levels of the training rows in code-unit order, and their shares among the cells that are not missing. */
	readonly levels: readonly string[];
	readonly shares: readonly number[];
}
/** |new - base| <= atol + rtol |base| is no difference, as in numpy's allclose. */
export interface Tolerance {
	readonly atol: number;
	readonly rtol: number;
}
/** One check. */
export interface VerifyCheck {
	readonly code: CheckCode;
	/** What it means, in a few words. */
	readonly meaning: string;
	/** The values in the model and from the file; for compared numbers, the bound and the largest difference. */
	readonly expected: string | number;
	readonly found: string | number | null;
	readonly passed: boolean;
}
export interface VerifyOptions extends ReadOptions {
	/** The largest KKT violation of an optimum. Default 1e-6, whatever tolerance the fit used. */
	readonly tolerance?: number | null;
}
/** Whether a model is the optimum of its training file. */
export interface VerifyReport {
	readonly version: string;
	/** With the certificate that its fit was asked for. */
	readonly model: {
		readonly source: string;
		readonly lambda: number;
		readonly tolerance: number;
	};
	/** The largest KKT violation of an optimum in this verification. */
	readonly tolerance: number;
	readonly data: {
		readonly source: string;
		readonly rows: number;
	};
	/** Every check passed. */
	readonly verified: boolean;
	readonly checks: readonly VerifyCheck[];
	/** What was not checked, and why. */
	readonly notChecked: readonly string[];
}
/** What a user should know about a fit that succeeded. */
export interface Warning {
	/** A stable word for programs, such as `rows-dropped`. */
	readonly code: string;
	readonly message: string;
}
export type BinomialEvaluateReport = EvaluateReportOf<"binomial">;
export type BinomialFitReport = FitReportOf<"binomial">;
/** A value of a row. null, undefined, NaN and what counts as missing in a CSV file are missing. A string means what it means in a file. */
export type Cell = number | string | boolean | null | undefined;
export type Column = NumericColumn | TextColumn | DirtyColumn;
/** What a column is to the model. */
export type ColumnRole = "feature" | "target" | "weights" | "offset";
/** What a column of numbers, or of categories, was like in training. */
export type ColumnSchema = NumericSchema | TextSchema;
/** The values of a column; one for each row. */
export type ColumnValues = readonly Cell[] | Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array | Uint8ClampedArray;
/** A path, a `file:` URL, or bytes from anywhere. */
export type CsvInput = string | URL | ByteSource;
/**
 * Where rows come from: a table of `readCsv`, columns, rows as objects of `Cell` (a key that a row lacks is a missing cell), the path or
 * URL of a CSV file, or its bytes. Rows have their index, from 0, in messages.
 */
export type Data = Table | Columns | readonly object[] | string | URL | ByteSource;
/**
 * How the bytes of a file spell characters; a byte order mark in the file overrules it. The last three are one encoding: `latin1` means
 * windows-1252 in every browser, for files that say so come from Windows (https://encoding.spec.whatwg.org/#names-and-labels).
 */
export type Encoding = (typeof ENCODINGS)[number];
export type ExportLanguage = (typeof EXPORT_LANGUAGES)[number];
/**
 * All expected errors. Any other exception is a bug in shrinkfit (exit code 70).
 *
 * A message says what is wrong, where (file:line, column), the value, and the remedy.
 */
/** The kind of error; the command line maps it to an exit code. */
export type FailureKind = "usage" | "data";
export type FamilyName = "gaussian" | "binomial";
/** The effect of a failed gate: `require` ends with exit code 1, `warn` only prints it. */
export type GateLevel = "require" | "warn";
export type GaussianEvaluateReport = EvaluateReportOf<"gaussian">;
export type GaussianFitReport = FitReportOf<"gaussian">;
/** The lambdas to solve: a list given by the user, or a grid that comes down from lambdaMax. */
export type LambdaChoice = {
	readonly kind: "list";
	readonly values: readonly number[];
} | {
	readonly kind: "grid";
	readonly count: number;
	readonly minRatio: number | null;
};
export type Metrics = GaussianMetrics | BinomialMetrics;
export type MissingPolicy = (typeof MISSING_POLICIES)[number];
/** Numbers for columns by name: an object, a Map, or pairs. */
export type NumbersByColumn = {
	readonly [column: string]: number;
} | ReadonlyMap<string, number> | ColumnNumbers;
export type PenaltyName = (typeof PENALTY_NAMES)[number];
export type Predictions = GaussianPredictions | BinomialPredictions;
/** Every option with its value; null where the data decide. */
export type ResolvedOptions = Required<FitOptions>;
export type SelectionRule = (typeof SELECTION_RULES)[number];
/** error: the model cannot be used as it is; warning: its predictions may be off; info: worth knowing. */
export type Severity = "error" | "warning" | "info";
export type SqlDialectName = (typeof SQL_DIALECTS)[number];
interface Answered {
	/** Cells that were filled, levels not seen in training, rows without a prediction. */
	readonly warnings: readonly Warning[];
}
interface CellOptions {
	/** Texts that count as missing, in place of `DEFAULT_NA`; the empty cell always does. */
	readonly na?: readonly string[];
	/** The same for single columns, in place of `na`. */
	readonly columnNa?: readonly (readonly [
		column: string,
		na: readonly string[]
	])[];
}
interface Comparable {
	readonly source: string;
	readonly kind: "model" | "fit";
	readonly model: FitReport["model"];
	readonly target: {
		readonly name: string;
		readonly classes: readonly [
			string,
			string
		] | null;
	};
	readonly lambda: number;
	readonly rule: FitReport["selected"]["rule"];
	/** On the original scale, as are the coefficients. */
	readonly intercept: number;
	/** By feature, in the file's order. */
	readonly coefficients: ReadonlyMap<string, number>;
	readonly certified: boolean;
	readonly kkt: number;
	readonly train: Metrics;
	readonly test: Metrics | null;
	readonly cv: Model["metrics"]["cv"];
	readonly baseline: Model["metrics"]["baseline"];
	/** The columns in training; a fit's JSON does not contain them. */
	readonly columns: readonly ColumnSchema[] | null;
}
interface DialectOptions {
	/** null (the default): sniffed among tab, comma, semicolon and pipe. */
	readonly delimiter?: string | null;
	/** Default `"`; null or empty: no quoting. Doubled inside a quoted cell it stands for itself. */
	readonly quote?: string | null;
	/** A line that begins with it, white space aside, is skipped. Default null (or empty): none. */
	readonly comment?: string | null;
	/** The decimal mark, `.` (the default) or `,`. */
	readonly decimal?: string;
	/** Default utf-8; a byte order mark in the file overrules it. */
	readonly encoding?: Encoding;
	/** false: the first record is data, and the columns are x1, x2, ... */
	readonly header?: boolean;
}
interface EvaluateReport {
	readonly version: string;
	readonly model: FitReport["model"] & {
		readonly source: string;
		readonly lambda: number;
	};
	readonly data: {
		readonly source: string;
		readonly rows: number;
		/** Rows that the metrics are of. */
		readonly rowsUsed: number;
		/** Rows without a target, or with a class that the model does not know. */
		readonly rowsUnlabelled: number;
		/** Rows with a label but without a prediction or a weight. */
		readonly rowsUnscored: number;
		/** Whether this is the file that the model was trained on. */
		readonly isTrainingFile: boolean;
	};
	readonly target: FitReport["target"];
	/** Which column weighted the rows; null: each counts once. */
	readonly weights: string | null;
	readonly metrics: Metrics | null;
	/** The same of the model that knows only the mean, or the class rate, of the training rows. */
	readonly baseline: Metrics | null;
	/** What the model file says of its own training and test rows. */
	readonly training: {
		readonly train: Metrics;
		readonly test: Metrics | null;
	};
	/** Binomial only, as are the next two. */
	readonly confusion: Confusion | null;
	readonly calibration: Calibration | null;
	readonly roc: RocCurve | null;
	readonly columns: readonly ColumnCheck[];
	/** Errors first, then warnings, then the rest; within them in the order of the model's columns. */
	readonly findings: readonly Finding[];
	readonly warnings: readonly Warning[];
	/** Why the requested metrics are missing; null if they are there or were not requested. */
	readonly refusal: string | null;
}
interface EvaluateReportOf<F extends Family> {
	readonly family: F;
	readonly version: string;
	readonly model: EvaluateReport["model"] & {
		readonly family: F;
	};
	readonly data: EvaluateReport["data"];
	readonly target: EvaluateReport["target"];
	/** Which column weighted the rows; null: each counts once. */
	readonly weights: string | null;
	/** null where `refusal` says why, and with `checkOnly`. */
	readonly metrics: MetricsOf[F] | null;
	/** The same of the model that knows only the mean, or the class rate, of the training rows. */
	readonly baseline: MetricsOf[F] | null;
	/** The model's metrics on its own training and test rows. */
	readonly training: {
		readonly train: MetricsOf[F];
		readonly test: MetricsOf[F] | null;
	};
	/** Binomial only, as are the next two. */
	readonly confusion: Confusion | null;
	readonly calibration: Calibration | null;
	readonly roc: RocCurve$1 | null;
	readonly columns: readonly ColumnCheck[];
	/** Errors first, then warnings, then the rest. */
	readonly findings: readonly Finding[];
	readonly warnings: readonly Warning[];
	/** Why the requested metrics are missing; null if they are there or were not requested. */
	readonly refusal: string | null;
}
interface FitOptions {
	readonly target: string;
	/** Names or globs (`*`, `?`); null takes every column but the target. */
	readonly features?: readonly string[] | null;
	readonly exclude?: readonly string[];
	readonly categorical?: readonly string[];
	readonly maxLevels?: number;
	readonly missing?: MissingPolicy;
	readonly weights?: string | null;
	readonly offset?: string | null;
	readonly family?: "auto" | FamilyName;
	/** The class whose probability is modelled; null takes the contract's default. */
	readonly positive?: string | null;
	readonly penalty?: PenaltyName;
	/** Only with penalty `elasticnet`. */
	readonly l1Ratio?: number;
	readonly standardize?: boolean;
	/**
	 * Gaussian: the penalty acts on the target divided by its standard deviation (its root mean square without an intercept), as in glmnet, and
	 * lambda is glmnet's. Coefficients stay on the scale of the target.
	 */
	readonly standardizeTarget?: boolean;
	readonly intercept?: boolean;
	/** Multiplies lambda for a column; 0 leaves it unpenalised. A column means all of its one-hot features too. */
	readonly penaltyFactor?: ColumnNumbers;
	/** Bounds on coefficients, on the original scale of the columns; each must allow 0. */
	readonly lower?: ColumnNumbers;
	readonly upper?: ColumnNumbers;
	readonly nonnegative?: boolean;
	readonly lambda?: LambdaChoice;
	readonly tolerance?: number;
	readonly maxIterations?: number;
	/** A fraction below 1, or a count of test rows; 0 for none. */
	readonly holdout?: number;
	readonly seed?: number;
	/** null: on for binomial. */
	readonly stratify?: boolean | null;
	/** Folds of a cross-validation on the training rows; null for none. */
	readonly cv?: number | null;
	/** null: `cv-1se` with `cv`, else `test` with test rows, else `aicc`. */
	readonly select?: SelectionRule | null;
}
/** The options of `fit`. Only `target` is required; names are those of the flags in camel case. */
interface FitOptions$1 {
	/** The column to predict. */
	readonly target: string;
	/** Names or globs (`*`, `?`); null takes every column but the target. */
	readonly features?: readonly string[] | null;
	readonly exclude?: readonly string[];
	/** Columns of categories that look like numbers. */
	readonly categorical?: readonly string[];
	readonly maxLevels?: number;
	readonly missing?: MissingPolicy;
	readonly weights?: string | null;
	readonly offset?: string | null;
	readonly family?: "auto" | "gaussian" | "binomial";
	/** The class whose probability is modelled. */
	readonly positive?: string | null;
	readonly penalty?: PenaltyName;
	/** Only with penalty `elasticnet`: 1 is the lasso, 0 ridge. */
	readonly l1Ratio?: number;
	readonly standardize?: boolean;
	/** Gaussian: the penalty acts on the target divided by its standard deviation, as in glmnet. */
	readonly standardizeTarget?: boolean;
	readonly intercept?: boolean;
	/** Multiplies lambda for a column; 0 leaves it unpenalised. */
	readonly penaltyFactor?: NumbersByColumn;
	/** Bounds on coefficients, on the original scale of the columns; each must allow 0. */
	readonly lower?: NumbersByColumn;
	readonly upper?: NumbersByColumn;
	readonly nonnegative?: boolean;
	/** One lambda, a list of them, or a grid. */
	readonly lambda?: number | readonly number[] | LambdaGrid | LambdaChoice;
	readonly tolerance?: number;
	readonly maxIterations?: number;
	/** A fraction below 1, or a count of test rows; 0 for none. Default 0.2. */
	readonly holdout?: number;
	readonly seed?: number;
	/** null: on for binomial. */
	readonly stratify?: boolean | null;
	/** Folds of a cross-validation on the training rows; null for none. */
	readonly cv?: number | null;
	/** null: `cv-1se` with `cv`, else `test` with test rows, else `aicc`. */
	readonly select?: SelectionRule | null;
	/** How the file is read, if the data are a file. */
	readonly csv?: Dialect;
	/** Test rows of their own; `holdout` and `stratify` are then ignored. */
	readonly testData?: Data | null;
	/** Threads for large problems; never changes a digit of the result. Default 1. */
	readonly threads?: number;
	/** Called after each lambda. */
	readonly onProgress?: (done: number, total: number) => void;
}
interface FitReport {
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
		readonly classes: readonly [
			string,
			string
		] | null;
		readonly positive: string | null;
	};
	readonly features: readonly string[];
	readonly split: Split;
	readonly baseline: {
		readonly train: Metrics;
		readonly test: Metrics | null;
	};
	/** Where a default grid begins: the smallest lambda at which every penalised coefficient is zero; of ridge see `ridgeEnds`. */
	readonly lambdaMax: number;
	/** In decreasing order of lambda. */
	readonly path: readonly PathPoint[];
	readonly selected: {
		readonly rule: SelectionRule;
		readonly index: number;
		readonly lambda: number;
	};
	readonly warnings: readonly Warning[];
	/** Not in the JSON: a standardized coefficient is coefficients[j] * featureScale[j]. */
	readonly featureScale: Float64Array;
	/** Not in the JSON: what multiplies lambda for each feature; 0 leaves it unpenalised. */
	readonly penaltyFactor: Float64Array;
	/** Not in the JSON: the certificate asked for. */
	readonly tolerance: number;
}
interface FitReportOf<F extends Family> {
	/** Discriminates the two kinds of report: with `gaussian`, all metrics are those of a gaussian model. */
	readonly family: F;
	readonly version: string;
	readonly model: FitReport["model"] & {
		readonly family: F;
	};
	readonly data: FitReport["data"];
	readonly target: FitReport["target"];
	readonly features: readonly string[];
	readonly split: FitReport["split"];
	readonly baseline: {
		readonly train: MetricsOf[F];
		readonly test: MetricsOf[F] | null;
	};
	/** Where a default grid begins. */
	readonly lambdaMax: number;
	/** In decreasing order of lambda. */
	readonly path: readonly PathPoint$1<F>[];
	readonly selected: FitReport["selected"];
	readonly warnings: readonly Warning[];
}
interface MetricsOf {
	readonly gaussian: GaussianMetrics;
	readonly binomial: BinomialMetrics;
}
interface PathPoint {
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
	readonly cv: {
		readonly mean: number;
		readonly standardError: number;
	} | null;
	/** Largest scaled violation of the KKT conditions. */
	readonly kkt: number;
	readonly certified: boolean;
	readonly iterations: number;
}
/** The solution at one lambda. */
interface PathPoint$1<F extends Family = Family> {
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
	readonly cv: {
		readonly mean: number;
		readonly standardError: number;
	} | null;
	/** Largest scaled violation of the optimality conditions, and whether it is within the tolerance. */
	readonly kkt: number;
	readonly certified: boolean;
	readonly iterations: number;
}
interface ReadOptions {
	/** What the model is called in the report. Default: model. */
	readonly source?: string;
	/** How the file is read, if the data are a file whose dialect differs from the training file's. */
	readonly csv?: Dialect;
	/** Threads for large data; never changes a digit. Default 1. */
	readonly threads?: number;
}
interface RocCurve {
	/** Decreasing: a row is called positive where its score is at least this; the first, Infinity, calls none. */
	readonly thresholds: Float64Array;
	/** Share of the positive weight that is called positive. */
	readonly truePositiveRate: Float64Array;
	/** Share of the negative weight that is called positive. */
	readonly falsePositiveRate: Float64Array;
}
/** Points of a ROC curve, from the strictest threshold on; the first is infinite, where nothing is called positive. */
interface RocCurve$1 {
	readonly thresholds: readonly number[];
	readonly truePositiveRate: readonly number[];
	readonly falsePositiveRate: readonly number[];
}
type CheckCode = (typeof CHECK_CODES)[number];
type ColumnNumbers = readonly (readonly [
	column: string,
	value: number
])[];
/** What `evaluate` gives. `family` tells which of the two it is. */
type EvaluateReport$1 = GaussianEvaluateReport | BinomialEvaluateReport;
type Family = keyof MetricsOf;
type FindingCode = (typeof FINDING_CODES)[number];
/** What `fit` gives. `family` tells which of the two it is. */
type FitReport$1 = GaussianFitReport | BinomialFitReport;

export {
	EvaluateReport$1 as EvaluateReport,
	FitOptions$1 as FitOptions,
	FitReport$1 as FitReport,
	PathPoint$1 as PathPoint,
	RocCurve$1 as RocCurve,
};

export {};
