export { bufferedInput, type CsvInput, type CsvOptions, readCsv } from './csv/read-csv.js';
export type { Column, DirtyColumn, NumericColumn, Table, TextColumn } from './csv/table.js';
export { DataError, ShrinkfitError, UsageError } from './errors.js';
export { type FitContext, fit } from './fit/fit.js';
export type {
  BinomialMetrics,
  FitReport,
  GateResult,
  GaussianMetrics,
  Metrics,
  PathPoint,
  Warning,
} from './fit/fit-report.js';
export type { FitOptions, LambdaChoice } from './fit/options.js';
export { type RenderOptions, renderFit } from './report/render.js';
export { VERSION } from './version.js';
