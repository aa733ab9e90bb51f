import type { Table } from '../csv/columns/table.js';
import { DataError, ShrinkfitError } from '../errors.js';
import { type RevisitContext, type Revisited, revisit } from '../fit/revisit.js';
import { trainingDigest } from '../model/file/digest.js';
import type { Model } from '../model/model.js';
import type { FitOptions } from '../options/options.js';
import { DEFAULT_TOLERANCE } from '../options/vocabulary.js';
import { VERSION } from '../version.js';
import { problemChecks } from './problem.js';
import type { VerifyCheck, VerifyReport } from './report.js';
import { solutionChecks } from './solution.js';

export interface VerifyOptions extends RevisitContext {
  /** What the model is called in the report: the base name of its file. */
  readonly source: string;
  /** The largest KKT violation of an optimum. Default: 1e-6, whatever the fit was content with. */
  readonly tolerance?: number | null;
}

/**
 * Whether a model is the optimum of a file: the digest of the data, the split, the standardization, the certificate and all that
 * the model says of itself are computed again from the table, without fitting.
 * @param table read as the training file was (`readingFor`)
 */
export function verifyModel(
  model: Model,
  table: Table,
  { source, tolerance, ...context }: VerifyOptions,
): VerifyReport {
  // The file that is checked does not choose how strictly.
  const bound = tolerance ?? DEFAULT_TOLERANCE;
  const checks = [digestCheck(model, table), ...rebuiltChecks(model, table, context, bound)];
  return {
    version: VERSION,
    model: { source, lambda: model.lambda, tolerance: model.certificate.tolerance },
    tolerance: bound,
    data: { source: table.source, rows: table.rows },
    verified: checks.every(({ passed }) => passed),
    checks,
    notChecked: notChecked(model),
  };
}

function digestCheck(model: Model, table: Table): VerifyCheck {
  const expected = model.training.digest;
  const check = {
    code: 'data',
    meaning: 'the cells are those of training',
    expected,
  } as const;
  try {
    const found = trainingDigest(model, table);
    return { ...check, found, passed: found === expected };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { ...check, found: error.message, passed: false };
  }
}

/** Data that cannot even be set up as the model's problem fail one check, and the rest has nothing to look at. */
function rebuiltChecks(
  model: Model,
  table: Table,
  context: RevisitContext,
  tolerance: number,
): VerifyCheck[] {
  const setUp = {
    code: 'problem',
    meaning: 'the problem can be set up from the file',
    expected: 'yes',
  } as const;
  const look = (revisited: Revisited) => [
    { ...setUp, found: 'yes', passed: true },
    ...problemChecks(model, table, revisited),
    ...solutionChecks(model, revisited, tolerance),
  ];
  try {
    return revisit(table, trainingOptions(model), context, look);
  } catch (error) {
    if (!(error instanceof ShrinkfitError)) throw error;
    return [{ ...setUp, found: error.message, passed: false }];
  }
}

/** With test rows from a file of their own, all rows of this file were training rows. */
function trainingOptions({ options, split }: Model): FitOptions {
  return split.method === 'file' ? { ...options, holdout: 0, stratify: null } : options;
}

function notChecked({ split, metrics, selected }: Model): string[] {
  return [
    ...(split.method === 'file' ? ['the errors on the test rows (they came from another file)'] : []),
    ...(metrics.cv === null ? [] : ['the cross-validated error (it needs the fits of all folds)']),
    `which lambda ${selected.rule} selects, and lambdaMax (both need the whole path)`,
  ];
}
