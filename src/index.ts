export type { Column, DirtyColumn, NumericColumn, Table, TextColumn } from './csv/columns/table.js';
export { bufferedInput, type CsvInput, type CsvOptions, readCsv } from './csv/read-csv.js';
export { DataError, ShrinkfitError, UsageError } from './errors.js';
export { type EvaluateOptions, evaluateModel } from './evaluation/evaluate-model.js';
export type { EvaluateReport, Finding } from './evaluation/evaluate-report.js';
export { type FitContext, type FitOutcome, fit, fitOutcome } from './fit/fit.js';
export type {
  BinomialMetrics,
  FitReport,
  GaussianMetrics,
  Metrics,
  PathPoint,
  Warning,
} from './fit/fit-report.js';
export type { GateLevel, GateResult } from './gates/gate.js';
export { loadModel, parseModel } from './model/file/load.js';
export { modelText } from './model/file/text.js';
export { buildModel } from './model/learn/build.js';
export type { ColumnSchema, Model, ModelFeature } from './model/model.js';
export { readingFor } from './model/score/reading.js';
export { scoreTable, type TableScores } from './model/score/table.js';
export { predictionOf } from './model/score/terms.js';
export type { FitOptions, LambdaChoice } from './options/options.js';
export type { FitViewOptions as RenderOptions } from './report/options.js';
export { renderFit } from './report/render.js';
export type { VerifyCheck, VerifyReport } from './verification/report.js';
export { type VerifyOptions, verifyModel } from './verification/verify.js';
export { VERSION } from './version.js';
