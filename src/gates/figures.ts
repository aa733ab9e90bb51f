import type { BinomialMetrics, FitReport, GaussianMetrics, Metrics, PathPoint } from '../fit/fit-report.js';

/** Reads a figure off a report; null where it is undefined, such as errors on test rows that do not exist. */
export type Figure = (report: FitReport) => number | null;

export type FamilyName = FitReport['model']['family'];

const METRICS = {
  gaussian: ['mse', 'rmse', 'mae', 'r2'] satisfies (keyof GaussianMetrics)[],
  binomial: ['logLoss', 'auc', 'accuracy', 'brier'] satisfies (keyof BinomialMetrics)[],
} as const;

/** Figures of the selected solution and of the whole report that do not depend on the family. */
const COMMON: readonly (readonly [name: string, figure: Figure])[] = [
  ['lambda', (report) => report.selected.lambda],
  ['lambdaMax', (report) => report.lambdaMax],
  ...(['nonzero', 'sparsity', 'df', 'l1Norm', 'l2Norm', 'kkt', 'iterations'] as const).map(
    (name) => [name, (report: FitReport) => selectedPoint(report)[name]] as const,
  ),
  ['certified', (report) => (selectedPoint(report).certified ? 1 : 0)],
  ...(['rows', 'rowsUsed', 'rowsDropped'] as const).map(
    (name) => [`data.${name}`, (report: FitReport) => report.data[name]] as const,
  ),
  ['split.train', (report) => report.split.train],
  ['split.test', (report) => report.split.test],
];

const PARTS: readonly (readonly [prefix: string, part: (report: FitReport) => Metrics | null])[] = [
  ['train', (report) => selectedPoint(report).train],
  ['test', (report) => selectedPoint(report).test],
  ['baseline.train', (report) => report.baseline.train],
  ['baseline.test', (report) => report.baseline.test],
];

function selectedPoint(report: FitReport): PathPoint {
  return report.path[report.selected.index];
}

/** The figures that a gate can name, for one family. */
export function figuresOf(family: FamilyName): ReadonlyMap<string, Figure> {
  const metrics = PARTS.flatMap(([prefix, part]) =>
    METRICS[family].map((metric) => [`${prefix}.${metric}`, metricOf(part, metric)] as const),
  );
  return new Map([...metrics, ...COMMON]);
}

function metricOf(part: (report: FitReport) => Metrics | null, metric: string): Figure {
  return (report) => {
    const metrics = part(report) as Readonly<Record<string, number | null>> | null;
    return metrics?.[metric] ?? null;
  };
}
