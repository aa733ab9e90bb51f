import type { Table } from '../csv/columns/table.js';
import { DataError } from '../errors.js';
import type { Warning } from '../fit/fit-report.js';
import { digestedColumns, trainingDigest } from '../model/file/digest.js';
import type { Model } from '../model/model.js';
import { scoreTable, type TableScores } from '../model/score/table.js';
import { columnTerms } from '../model/score/terms.js';
import { VERSION } from '../version.js';
import { shown } from '../visible.js';
import { counted } from '../words.js';
import { compareColumns } from './check-columns.js';
import type { EvaluateReport } from './evaluate-report.js';
import { findChanges } from './find-changes.js';
import { type Measured, measure } from './measure.js';

export interface EvaluateOptions {
  /** What the model is called in the report: the base name of its file. */
  readonly source: string;
  /** Binomial: from which probability on a row is called positive. Default 0.5. */
  readonly threshold?: number;
  /** Compare the columns only: the target is not needed. Default false. */
  readonly checkOnly?: boolean;
}

const NOTHING: Measured = {
  metrics: null,
  baseline: null,
  confusion: null,
  calibration: null,
  roc: null,
  rowsUsed: 0,
  rowsUnlabelled: 0,
  rowsUnscored: 0,
};

/**
 * Evaluates a model on the rows of a table: its metrics next to those of the model that knows only the mean or the class rate, and how the
 * columns differ from training. If the metrics cannot be computed, `refusal` says why; the columns are compared all the same.
 * @param table its columns of categories read as text (`textColumns`)
 */
export function evaluateModel(
  model: Model,
  table: Table,
  { source, threshold = 0.5, checkOnly = false }: EvaluateOptions,
): EvaluateReport {
  const compared = compareColumns(model, table);
  const warnings: Warning[] = [];
  const { measured, refusal } = attempt(model, table, threshold, checkOnly, warnings);
  const { rowsUsed, rowsUnlabelled, rowsUnscored, ...figures } = measured;
  const isTrainingFile = isTraining(model, table);
  if (isTrainingFile && !checkOnly) {
    warnings.push({
      code: 'training-file',
      message: `${table.source}: the model was trained on ${model.split.train} of these very rows, so the metrics are optimistic`,
    });
  }
  const { name, classes } = model.target;
  return {
    version: VERSION,
    model: { ...model.model, source, lambda: model.lambda },
    data: { source: table.source, rows: table.rows, rowsUsed, rowsUnlabelled, rowsUnscored, isTrainingFile },
    target: { name, classes, positive: classes?.[1] ?? null },
    weights: table.columns.some((column) => column.name === model.weights) ? model.weights : null,
    ...figures,
    training: { train: model.metrics.train, test: model.metrics.test },
    columns: compared.map(({ check }) => check),
    findings: findChanges(model, table, compared, !checkOnly),
    warnings,
    refusal,
  };
}

/** The metrics, or why there are none. */
function attempt(
  model: Model,
  table: Table,
  threshold: number,
  checkOnly: boolean,
  warnings: Warning[],
): { measured: Measured; refusal: string | null } {
  try {
    const scores = scoreTable(model, table);
    refuseMissing(model, table);
    warnings.push(...warningsOfCells(model, table, scores));
    const measured = checkOnly ? NOTHING : measure(model, table, scores, threshold, warnings);
    return { measured, refusal: null };
  } catch (error) {
    if (error instanceof DataError) return { measured: NOTHING, refusal: error.message };
    throw error;
  }
}

/** A model trained with `--missing error` takes no row with a missing cell. */
export function refuseMissing(model: Model, table: Table): void {
  if (model.options.missing !== 'error') return;
  const needed = new Set([...columnTerms(model).map(({ column }) => column), model.offset]);
  for (const column of table.columns) {
    if (!needed.has(column.name) || column.missing === 0 || column.kind === 'dirty') continue;
    const row = column.kind === 'numeric' ? column.values.findIndex(Number.isNaN) : column.codes.indexOf(-1);
    throw new DataError(
      `${table.source}:${table.lineOf(row)}: column ${shown(column.name)}: a cell is missing, and the model was trained with ` +
        '--missing error; fill it, or train with another policy',
    );
  }
}

/** Cells that the model fills, and levels that it takes for none. */
export function warningsOfCells(model: Model, table: Table, { missing, unseen }: TableScores): Warning[] {
  const fills = new Map(columnTerms(model).map(({ column, fill }) => [column, fill !== null]));
  const filled = [...missing].filter(([name]) => fills.get(name));
  return [
    ...filled.map(([name, count]) => ({
      code: 'cells-filled',
      message: `${table.source}: column ${shown(name)}: ${count} missing cells are filled as in training`,
    })),
    ...[...unseen].map(([name, count]) => ({
      code: 'unseen-levels',
      message: `${table.source}: column ${shown(name)}: ${counted(count, 'row')} with a level not seen in training; it is scored as no known level`,
    })),
  ];
}

/** Hashes only what has the training file's shape. */
function isTraining(model: Model, table: Table): boolean {
  const { options, columns, training } = model;
  if (table.rows !== training.rows) return false;
  const usable = new Set(table.columns.filter(({ kind }) => kind !== 'dirty').map(({ name }) => name));
  const isWhole = digestedColumns(options, columns).every((name) => usable.has(name));
  return isWhole && trainingDigest(model, table) === training.digest;
}
