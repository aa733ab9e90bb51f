export type { ColumnChange } from './comparison/columns.js';
export type {
  DiffReport,
  FeatureChange,
  FigureChange,
  SettingChange,
  Side,
  Tolerance,
} from './comparison/compare.js';
export type { Encoding } from './csv/bytes/encoding.js';
export type { Column, DirtyColumn, NumericColumn, Table, TextColumn } from './csv/columns/table.js';
export type { Header } from './csv/dialect/header.js';
export { DataError, type FailureKind, ShrinkfitError, UsageError } from './errors.js';
export type {
  Calibration,
  CalibrationBin,
  ColumnCheck,
  ColumnRole,
  Confusion,
  Finding,
  Severity,
} from './evaluation/evaluate-report.js';
export type { ExportLanguage, SqlDialectName } from './export/export-request.js';
export type { BinomialMetrics, FamilyName, GaussianMetrics, Metrics, Warning } from './fit/fit-report.js';
export type { GateLevel, GateResult } from './gates/gate.js';
export type { Cell, ColumnValues } from './library/column.js';
export { type CompareOptions, compare } from './library/compare.js';
export {
  type ByteSource,
  bufferedInput,
  type CsvInput,
  type CsvOptions,
  type Dialect,
  readCsv,
} from './library/csv.js';
export type { Columns, Data } from './library/data.js';
export { type EvaluateOptions, evaluate, type VerifyOptions, verify } from './library/evaluate.js';
export { fit } from './library/fit.js';
export { modelOf } from './library/fitted.js';
export {
  type ExportOptions,
  exportModel,
  loadModel,
  modelText,
  parseModel,
  saveModel,
} from './library/models.js';
export type { FitOptions, LambdaGrid, NumbersByColumn } from './library/options.js';
export {
  type BinomialPredictions,
  type GaussianPredictions,
  type Predictions,
  type PredictOptions,
  predict,
  readingFor,
} from './library/predict.js';
export { type RenderOptions, renderFit } from './library/render.js';
export type {
  BinomialEvaluateReport,
  BinomialFitReport,
  EvaluateReport,
  FitReport,
  GaussianEvaluateReport,
  GaussianFitReport,
  PathPoint,
  RocCurve,
} from './library/reports.js';
export { type Selection, select } from './library/select.js';
export type {
  Certificate,
  ColumnSchema,
  Distribution,
  Model,
  ModelFeature,
  NumericSchema,
  ReadingOptions,
  SelfTestRow,
  TargetSchema,
  TextSchema,
} from './model/model.js';
export type { LambdaChoice } from './options/options.js';
export type { ResolvedOptions } from './options/resolve-options.js';
export type { MissingPolicy, PenaltyName, SelectionRule } from './options/vocabulary.js';
export type { Split } from './setup/read-parts.js';
export type { VerifyCheck, VerifyReport } from './verification/report.js';
export { VERSION } from './version.js';
