import { UsageError } from '../errors.js';
import type { Warning } from '../fit/fit-report.js';
import type { Model } from '../model/model.js';
import { readingFor as readingForCore } from '../model/score/reading.js';
import { counted } from '../words.js';
import { checked, OBJECT, SHARE, THREADS } from './arguments.js';
import { type CsvOptions, DIALECT_KINDS, type Dialect } from './csv.js';
import { type Data, isFile, tableOf } from './data.js';
import { asModel, meantBy } from './fitted.js';
import type { FitReport } from './reports.js';
import { rewordedAll, said } from './words.js';

export interface PredictOptions {
  /** Binomial: from which probability on a row is called positive. Default 0.5. */
  readonly threshold?: number;
  /** How the file is read, if the data are a file whose dialect differs from the training file's. */
  readonly csv?: Dialect;
  /** Threads to read a large file with; never changes a digit. Default 1. */
  readonly threads?: number;
}

interface Answered {
  /** Cells that were filled, levels not seen in training, rows without a prediction. */
  readonly warnings: readonly Warning[];
}

/** The predictions of a gaussian model; null for a row with a missing cell that the model does not fill. */
export interface GaussianPredictions extends Answered {
  readonly family: 'gaussian';
  readonly predictions: readonly (number | null)[];
}

/** The predictions of a binomial model; null for a row with a missing cell that the model does not fill. */
export interface BinomialPredictions extends Answered {
  readonly family: 'binomial';
  /** Probabilities of the positive class. */
  readonly predictions: readonly (number | null)[];
  /** The class that the threshold gives. */
  readonly classes: readonly (string | null)[];
  readonly positive: string;
}

export type Predictions = GaussianPredictions | BinomialPredictions;

/**
 * Scores rows with a model. The target need not be there, nor columns whose coefficients are all 0.
 * @param model a model, or what `fit` gave: the model of its selected lambda
 * @throws UsageError for a wrong argument; DataError for a column that is missing or of another type, and for a missing cell where the
 * model was trained with `missing: 'error'`
 */
export async function predict(
  model: Model | FitReport,
  data: Data,
  options: PredictOptions = {},
): Promise<Predictions> {
  return said(async () => {
    const used = await asModel(model);
    const { threshold, ...reading } = checked(options, { threshold: SHARE, csv: OBJECT, threads: THREADS });
    checkThreshold(used, threshold);
    return score(used, await tableFor(used, data, reading), threshold ?? 0.5);
  });
}

/** @throws UsageError if the model has no classes */
export function checkThreshold(model: Model, threshold: number | undefined): void {
  if (threshold === undefined || model.target.classes !== null) return;
  throw new UsageError('threshold: divides two classes, but the model predicts numbers; leave it out');
}

/** The data as a table, read as the model's training data were. */
export async function tableFor(
  model: Model,
  data: Data,
  { csv, threads }: Pick<PredictOptions, 'csv' | 'threads'>,
) {
  const dialect = checked(csv ?? {}, DIALECT_KINDS, 'csv');
  if (Object.keys(dialect).length > 0 && !isFile(data)) {
    throw new UsageError('csv: the data are not a file; leave it out');
  }
  return tableOf(data, { ...readingFor(model, dialect), threads: threads ?? 1 });
}

/** How a file is to be read for a model: as the training file was, except for options given now. */
export function readingFor(model: Model | FitReport, given: Dialect = {}): CsvOptions {
  const { engine: _engine, ...reading } = readingForCore(meantBy(model), given);
  return reading;
}

async function score(
  model: Model,
  table: Awaited<ReturnType<typeof tableOf>>,
  threshold: number,
): Promise<Predictions> {
  const [{ refuseMissing, warningsOfCells }, { scoreTable }, { predictionOf }, { notFinite }] =
    await Promise.all([
      import('../evaluation/evaluate-model.js'),
      import('../model/score/table.js'),
      import('../model/score/terms.js'),
      import('../model/predict/tally.js'),
    ]);
  refuseMissing(model, table);
  const scores = scoreTable(model, table);
  const predictions = Array.from(scores.eta, (eta, row) => {
    if (Number.isNaN(eta)) return null;
    if (!Number.isFinite(eta)) throw notFinite(`${table.source}:${table.lineOf(row)}`);
    return predictionOf(model.model.family, eta);
  });
  const warnings = rewordedAll(warningsOfCells(model, table, scores));
  const unanswered = predictions.filter((prediction) => prediction === null).length;
  if (unanswered > 0) {
    const rows = `${counted(unanswered, 'row')} ${unanswered === 1 ? 'has' : 'have'}`;
    const message = `${table.source}: ${rows} no prediction: a cell is missing, and the model fills none`;
    warnings.push({ code: 'no-prediction', message });
  }
  const { classes } = model.target;
  if (classes === null) return { family: 'gaussian', predictions, warnings };
  const classOf = (p: number | null) => (p === null ? null : classes[p >= threshold ? 1 : 0]);
  const positive = classes[1];
  return { family: 'binomial', predictions, classes: predictions.map(classOf), positive, warnings };
}
