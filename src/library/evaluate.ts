import type { Model } from '../model/model.js';
import type { VerifyReport } from '../verification/report.js';
import { checked, FLAG, type Kind, NUMBER, OBJECT, orNull, SHARE, TEXT, THREADS } from './arguments.js';
import type { Dialect } from './csv.js';
import type { Data } from './data.js';
import { asModel } from './fitted.js';
import { checkThreshold, tableFor } from './predict.js';
import type { EvaluateReport, FitReport } from './reports.js';
import { inOptionWords, rewordedAll, said } from './words.js';

/** Options about a model and its data. */
interface ReadOptions {
  /** What the model is called in the report. Default: model. */
  readonly source?: string;
  /** How the file is read, if the data are a file whose dialect differs from the training file's. */
  readonly csv?: Dialect;
  /** Threads for large data; never changes a digit. Default 1. */
  readonly threads?: number;
}

const READ_KINDS = { source: TEXT, csv: OBJECT, threads: THREADS } satisfies Record<string, Kind>;

export interface EvaluateOptions extends ReadOptions {
  /** Binomial: from which probability on a row is called positive. Default 0.5. */
  readonly threshold?: number;
  /** Compare the columns only: the target is not needed. Default false. */
  readonly checkOnly?: boolean;
}

/**
 * Measures a model on labelled rows, next to the model that knows only the mean or the class rate, and compares the columns with training.
 * If the metrics cannot be computed, `refusal` says why.
 * @param model a model, or what `fit` gave: the model of its selected lambda
 */
export async function evaluate(
  model: Model | FitReport,
  data: Data,
  options: EvaluateOptions = {},
): Promise<EvaluateReport> {
  return said(async () => {
    const used = await asModel(model);
    const kinds = { ...READ_KINDS, threshold: SHARE, checkOnly: FLAG };
    const { source = 'model', csv, threads, ...given } = checked<EvaluateOptions>(options, kinds);
    checkThreshold(used, given.threshold);
    const table = await tableFor(used, data, defined({ csv, threads }));
    const { evaluateModel } = await import('../evaluation/evaluate-model.js');
    const { roc, refusal, ...report } = evaluateModel(used, table, { source, ...given });
    const curve = roc && {
      thresholds: Array.from(roc.thresholds),
      truePositiveRate: Array.from(roc.truePositiveRate),
      falsePositiveRate: Array.from(roc.falsePositiveRate),
    };
    // The family of the model is that of all its metrics.
    return {
      family: report.model.family,
      ...report,
      roc: curve,
      findings: rewordedAll(report.findings),
      warnings: rewordedAll(report.warnings),
      refusal: refusal === null ? null : inOptionWords(refusal),
    } as EvaluateReport;
  });
}

export interface VerifyOptions extends ReadOptions {
  /** The largest KKT violation of an optimum. Default 1e-6, whatever tolerance the fit used. */
  readonly tolerance?: number | null;
}

/** Whether a model is the optimum of its training data; computed again, without fitting. */
export async function verify(
  model: Model | FitReport,
  data: Data,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  return said(async () => {
    const used = await asModel(model);
    const kinds = { ...READ_KINDS, tolerance: orNull(NUMBER) };
    const { source = 'model', tolerance = null, csv, threads } = checked<VerifyOptions>(options, kinds);
    const table = await tableFor(used, data, defined({ csv, threads }));
    const { verifyModel } = await import('../verification/verify.js');
    return verifyModel(used, table, { source, tolerance, threads: threads ?? 1 });
  });
}

/** Without the keys that have no value. */
function defined({ csv, threads }: { csv: Dialect | undefined; threads: number | undefined }) {
  return { ...(csv === undefined ? {} : { csv }), ...(threads === undefined ? {} : { threads }) };
}
