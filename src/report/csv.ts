import type { FitReport, PathPoint } from '../fit/fit-report.js';
import { entryIndices, standardized } from './entry-order.js';
import { familyWords, metricValues } from './family-words.js';
import type { RenderOptions } from './render-options.js';
import { csvCell } from './safe-text.js';

/** The shortest decimal that reads back as the same double; an undefined figure is an empty cell. */
const number = (value: number | null): string =>
  value !== null && Number.isFinite(value) ? String(value) : '';

const row = (cells: readonly string[]): string => `${cells.join(',')}\n`;

const LEAD = ['lambda', 'nonzero', 'sparsity', 'df', 'l1Norm', 'l2Norm'] as const;

function pathRow(report: FitReport, point: PathPoint, index: number): string {
  const { train, test } = point;
  const absent = familyWords(report).metrics.map(() => null);
  return row([
    ...LEAD.map((key) => number(point[key])),
    ...metricValues(train).map(number),
    ...(test === null ? absent : metricValues(test)).map(number),
    number(point.dfError),
    number(point.kkt),
    String(point.certified),
    String(index === report.selected.index),
  ]);
}

/** A row for each lambda; how exact its figures are comes after them. The header is the same with and without test rows; then their cells are empty. */
function* pathCsv(report: FitReport): Generator<string> {
  const { metrics } = familyWords(report);
  const errors = ['train', 'test'].flatMap((part) => metrics.map((metric) => `${part}_${metric}`));
  yield row([...LEAD, ...errors, 'dfError', 'kkt', 'certified', 'selected']);
  for (const [index, point] of report.path.entries()) yield pathRow(report, point, index);
}

/** A row for each feature, in file order, at the selected lambda; `entered` is the lambda of entry. */
function* selectedCsv(report: FitReport): Generator<string> {
  const { index } = report.selected;
  const entered = entryIndices(report);
  yield row(['feature', 'entered', 'coefficient', 'standardized']);
  for (const [j, name] of report.features.entries()) {
    const lambda = entered[j] < 0 ? null : report.path[entered[j]].lambda;
    const figures = [lambda, report.path[index].coefficients[j], standardized(report, index, j)];
    yield row([csvCell(name), ...figures.map(number)]);
  }
}

/** A row for each lambda and feature; one chunk for each lambda. */
function* allCoefficientsCsv(report: FitReport): Generator<string> {
  const names = report.features.map(csvCell);
  yield row(['lambda', 'feature', 'coefficient', 'standardized']);
  for (const [index, { lambda, coefficients }] of report.path.entries()) {
    const rows = names.map((name, j) =>
      row([number(lambda), name, number(coefficients[j]), number(standardized(report, index, j))]),
    );
    yield rows.join('');
  }
}

/** One of the report's tables as CSV (RFC 4180, `\n`): `path` unless coefficients are asked for. */
export function fitCsv(
  report: FitReport,
  { table, rows }: Pick<RenderOptions, 'table' | 'rows'>,
): Generator<string> {
  if (table !== 'coefficients') return pathCsv(report);
  return rows === 'all' ? allCoefficientsCsv(report) : selectedCsv(report);
}
