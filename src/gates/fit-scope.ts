import {
  type FamilyName,
  type FitReport,
  METRIC_NAMES,
  type Metrics,
  type PathPoint,
} from '../fit/fit-report.js';
import { type Figure, type GateFunction, type GateNames, type GateScope, namesOfAny } from './scope.js';

type FitFigure = readonly [name: string, read: (report: FitReport) => number | null];

/** Figures of the selected solution, by their names in the JSON's `path`. */
const SOLUTION: readonly FitFigure[] = [
  ...(
    [
      'lambda',
      'intercept',
      'nonzero',
      'sparsity',
      'df',
      'dfError',
      'l1Norm',
      'l2Norm',
      'kkt',
      'iterations',
    ] as const
  ).map((name): FitFigure => [name, (report) => selectedPoint(report)[name]]),
  ['certified', (report) => Number(selectedPoint(report).certified)],
  ['cv.mean', (report) => selectedPoint(report).cv?.mean ?? null],
  ['cv.standardError', (report) => selectedPoint(report).cv?.standardError ?? null],
];

/** Figures of the whole report. */
const REPORT: readonly FitFigure[] = [
  ['rows', ({ data }) => data.rows],
  ...(['rows', 'rowsUsed', 'rowsDropped'] as const).map(
    (name): FitFigure => [`data.${name}`, ({ data }) => data[name]],
  ),
  ['features', ({ features }) => features.length],
  ['split.train', ({ split }) => split.train],
  ['split.test', ({ split }) => split.test],
  ['split.seed', ({ split }) => split.seed],
  ['lambdaMax', ({ lambdaMax }) => lambdaMax],
  ['tolerance', ({ tolerance }) => tolerance],
  ['model.l1Ratio', ({ model }) => model.l1Ratio],
  ['model.standardize', ({ model }) => Number(model.standardize)],
  ['model.standardizeTarget', ({ model }) => Number(model.standardizeTarget)],
  ['model.intercept', ({ model }) => Number(model.intercept)],
  ['selected.index', ({ selected }) => selected.index],
  ['path.length', ({ path }) => path.length],
  ['path.certified', ({ path }) => path.filter(({ certified }) => certified).length],
  ['path.kkt', ({ path }) => path.reduce((worst, { kkt }) => Math.max(worst, kkt), 0)],
  ['warnings', ({ warnings }) => warnings.length],
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

function figuresOf(family: FamilyName): readonly FitFigure[] {
  const metrics = PARTS.flatMap(([prefix, part]) =>
    METRIC_NAMES[family].map((metric): FitFigure => [`${prefix}.${metric}`, metricOf(part, metric)]),
  );
  return [...metrics, ...SOLUTION, ...REPORT];
}

function metricOf(part: (report: FitReport) => Metrics | null, metric: string): FitFigure[1] {
  return (report) => {
    const metrics = part(report) as Readonly<Record<string, number | null>> | null;
    return metrics?.[metric] ?? null;
  };
}

type FitFunction = readonly [name: string, value: (coefficient: number, scale: number) => number];

/** Figures of one feature, at the selected lambda. */
const FUNCTIONS: readonly FitFunction[] = [
  ['coef', (coefficient) => coefficient],
  ['standardized', (coefficient, scale) => coefficient * scale],
  ['selected', (coefficient) => Number(coefficient !== 0)],
];

/** What a gate may name in a fit of this family; `auto` finds the family in the data, so a name of either passes. */
export function fitNames(family: FamilyName | 'auto'): GateNames {
  if (family === 'auto')
    return namesOfAny('a fit', (Object.keys(METRIC_NAMES) as FamilyName[]).map(fitNames));
  return {
    subject: `a ${family} fit`,
    figures: new Set(figuresOf(family).map(([name]) => name)),
    functions: new Set(FUNCTIONS.map(([name]) => name)),
  };
}

/** A fit as gates see it: the report's figures, those of the selected solution, and those of each feature. */
export function fitScope(report: FitReport): GateScope {
  const { family } = report.model;
  return {
    subject: `a ${family} fit`,
    figures: new Map(figuresOf(family).map(([name, read]): [string, Figure] => [name, () => read(report)])),
    functions: new Map(FUNCTIONS.map(([name, value]) => [name, ofFeatures(report, value)])),
  };
}

function ofFeatures(report: FitReport, value: FitFunction[1]): GateFunction {
  const { coefficients } = selectedPoint(report);
  const valueAt = (j: number) => value(coefficients[j], report.featureScale[j]);
  return { argument: 'feature', values: new Map(report.features.map((name, j) => [name, valueAt(j)])) };
}
