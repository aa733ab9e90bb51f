import type { FitReport, PathPoint } from '../../fit/fit-report.js';
import { csvRow, csvValue } from '../media/csv.js';
import { familyWords, metricValues } from '../metrics.js';
import type { FitViewOptions } from '../options.js';
import { entryIndices, standardized } from './entry-order.js';

const LEAD = ['lambda', 'nonzero', 'sparsity', 'df', 'l1Norm', 'l2Norm'] as const;

function pathRow(report: FitReport, point: PathPoint, index: number): string {
  const { train, test } = point;
  const absent = familyWords(report).metrics.map(() => null);
  return csvRow([
    ...LEAD.map((key) => point[key]),
    ...metricValues(train),
    ...(test === null ? absent : metricValues(test)),
    ...[point.dfError, point.kkt, point.certified, index === report.selected.index],
  ]);
}

/**
 * A row for each lambda; the columns on accuracy come last. The header is the same with and without test rows; then their cells are empty.
 */
function* pathCsv(report: FitReport): Generator<string> {
  const { metrics } = familyWords(report);
  const errors = ['train', 'test'].flatMap((part) => metrics.map((metric) => `${part}_${metric}`));
  yield csvRow([...LEAD, ...errors, 'dfError', 'kkt', 'certified', 'selected']);
  for (const [index, point] of report.path.entries()) yield pathRow(report, point, index);
}

/** A row for each feature, in file order, at the selected lambda; `entered` is the lambda of entry. */
function* selectedCsv(report: FitReport): Generator<string> {
  const { index } = report.selected;
  const entered = entryIndices(report);
  yield csvRow(['feature', 'entered', 'coefficient', 'standardized']);
  for (const [j, name] of report.features.entries()) {
    const lambda = entered[j] < 0 ? null : report.path[entered[j]].lambda;
    const figures = [lambda, report.path[index].coefficients[j], standardized(report, index, j)];
    yield csvRow([name, ...figures]);
  }
}

/** A row for each lambda and feature; one chunk for each lambda. */
function* allCoefficientsCsv(report: FitReport): Generator<string> {
  const names = report.features.map(csvValue);
  yield csvRow(['lambda', 'feature', 'coefficient', 'standardized']);
  for (const [index, { lambda, coefficients }] of report.path.entries()) {
    const at = csvValue(lambda);
    const rows = names.map((name, j) => {
      const figures = [coefficients[j], standardized(report, index, j)].map(csvValue);
      return `${at},${name},${figures.join(',')}\n`;
    });
    yield rows.join('');
  }
}

/** One of the report's tables as CSV (RFC 4180, `\n`): `path` unless coefficients are asked for. */
export function csv(
  report: FitReport,
  { table, rows }: Pick<FitViewOptions, 'table' | 'rows'>,
): Generator<string> {
  if (table !== 'coefficients') return pathCsv(report);
  return rows === 'all' ? allCoefficientsCsv(report) : selectedCsv(report);
}
