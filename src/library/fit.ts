import type { Table } from '../csv/columns/table.js';
import { UsageError } from '../errors.js';
import type { FitOutcome } from '../fit/fit.js';
import type { LazyEngine } from '../runtime/lazy-engine.js';
import { readingOf } from './csv.js';
import { type Data, isFile, tableOf } from './data.js';
import { rememberFit } from './fitted.js';
import { type FitOptions, type GivenOptions, givenOptions } from './options.js';
import type { BinomialFitReport, FitReport, GaussianFitReport } from './reports.js';
import { rewordedAll, said } from './words.js';

/**
 * Fits the whole path of lambdas and measures each solution on training and test rows.
 *
 *     minimise  1/W sum_i w_i loss(y_i, eta_i) + lambda * sum_j factor_j ((1 - l1Ratio)/2 b_j^2 + l1Ratio |b_j|)
 *
 * @param data a table, columns, rows, or the path of a CSV file
 * @returns plain data. While the report is in use, the data of the fit stay in memory for `modelOf`; a model does not need them.
 * @throws UsageError for options that are wrong, DataError for data that cannot support the fit
 */
export function fit(
  data: Data,
  options: FitOptions & { readonly family: 'gaussian' },
): Promise<GaussianFitReport>;
export function fit(
  data: Data,
  options: FitOptions & { readonly family: 'binomial' },
): Promise<BinomialFitReport>;
export function fit(data: Data, options: FitOptions): Promise<FitReport>;
export function fit(data: Data, options: FitOptions): Promise<FitReport> {
  return said(async () => (await fitTable(data, options)).report);
}

/** A report, and the table that it is of. */
export async function fitTable(
  data: Data,
  options: FitOptions,
): Promise<{ readonly report: FitReport; readonly outcome: FitOutcome }> {
  const given = givenOptions(options);
  // Loaded by the first fit, so that importing the package to score or to compare does not wait for solvers.
  const [{ LazyEngine }, { fitOutcome }, { buildModel }] = await Promise.all([
    import('../runtime/lazy-engine.js'),
    import('../fit/fit.js'),
    import('../model/learn/build.js'),
  ]);
  const engine = new LazyEngine(given.threads);
  try {
    const [table, testTable] = await tablesOf(data, given, engine);
    const { onProgress } = given;
    const outcome = await fitOutcome(table, given.core, {
      testTable,
      engine: engine.get,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    const report = reportOf(outcome);
    const reading = readingOf(table);
    rememberFit(report, outcome, (index) => buildModel(outcome, reading, index));
    return { report, outcome };
  } finally {
    engine.close();
  }
}

async function tablesOf(
  data: Data,
  { core, csv, testData }: GivenOptions,
  engine: LazyEngine,
): Promise<[Table, Table | null]> {
  if (Object.keys(csv).length > 0 && !isFile(data) && !(testData !== null && isFile(testData))) {
    throw new UsageError('csv: the data are not a file; leave it out');
  }
  const table = await tableOf(data, { ...csv, text: core.categorical ?? [] }, engine);
  if (testData === null) return [table, null];
  // A text column of the training rows is text in the test rows too, even if its few cells there all look like numbers.
  const text = table.columns.filter(({ kind }) => kind === 'text').map(({ name }) => name);
  return [
    table,
    await tableOf(testData, { ...readingOf(table), ...csv, text, mayLackColumns: true }, engine),
  ];
}

function reportOf({ report }: FitOutcome): FitReport {
  const { featureScale: _scale, penaltyFactor: _factor, tolerance: _tolerance, ...rest } = report;
  const path = report.path.map((point) => ({ ...point, coefficients: Array.from(point.coefficients) }));
  // The family of the model is that of all its metrics.
  return { family: report.model.family, ...rest, path, warnings: rewordedAll(report.warnings) } as FitReport;
}
