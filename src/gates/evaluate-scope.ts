import type { ColumnCheck, EvaluateReport } from '../evaluation/evaluate-report.js';
import { METRIC_NAMES } from '../fit/fit-report.js';
import type { Figure, GateFunction, GateNames, GateScope } from './scope.js';

type FamilyName = EvaluateReport['model']['family'];
type EvaluateFigure = readonly [name: string, read: (report: EvaluateReport) => number | null];

const CONFUSION = [
  ...(['truePositive', 'falsePositive', 'trueNegative', 'falseNegative', 'accuracy', 'sensitivity'] as const),
  ...(['specificity', 'precision', 'f1', 'balancedAccuracy', 'mcc'] as const),
];

/** Figures of one column. */
const FUNCTIONS = ['psi', 'missingShare', 'rangeExcess', 'unseen'] as const satisfies (keyof ColumnCheck)[];

const COMMON: readonly EvaluateFigure[] = [
  ...(['rows', 'rowsUsed', 'rowsUnlabelled', 'rowsUnscored'] as const).map(
    (name): EvaluateFigure => [`data.${name}`, ({ data }) => data[name]],
  ),
  ...(['error', 'warning', 'info'] as const).map(
    (severity): EvaluateFigure => [
      `findings.${severity}`,
      ({ findings }) => findings.filter((finding) => finding.severity === severity).length,
    ],
  ),
  // The largest of any feature: a gate on all columns at once.
  ...FUNCTIONS.map((name): EvaluateFigure => [`columns.${name}`, ({ columns }) => largest(columns, name)]),
];

const OF_CLASSES: readonly EvaluateFigure[] = [
  ...CONFUSION.map(
    (name): EvaluateFigure => [`confusion.${name}`, ({ confusion }) => confusion?.[name] ?? null],
  ),
  ...(['intercept', 'slope', 'expectedCalibrationError'] as const).map(
    (name): EvaluateFigure => [`calibration.${name}`, ({ calibration }) => calibration?.[name] ?? null],
  ),
];

/** What an evaluation shows of a family beside its metrics. */
const OF_FAMILY: Readonly<Record<FamilyName, readonly EvaluateFigure[]>> = {
  gaussian: [],
  binomial: OF_CLASSES,
};

function largest(columns: readonly ColumnCheck[], name: (typeof FUNCTIONS)[number]): number | null {
  const values = columns.flatMap((check) =>
    check.role === 'feature' && check[name] !== null ? [check[name]] : [],
  );
  return values.reduce((a, b) => Math.max(a, b), 0);
}

function metricsOf(family: FamilyName): EvaluateFigure[] {
  const read = (metrics: object | null, name: string) =>
    (metrics as Readonly<Record<string, number | null>> | null)?.[name] ?? null;
  return METRIC_NAMES[family].flatMap((name): EvaluateFigure[] => [
    [name, ({ metrics }) => read(metrics, name)],
    [`baseline.${name}`, ({ baseline }) => read(baseline, name)],
    [`training.train.${name}`, ({ training }) => read(training.train, name)],
    [`training.test.${name}`, ({ training }) => read(training.test, name)],
  ]);
}

function figuresOf(family: FamilyName): readonly EvaluateFigure[] {
  return [...metricsOf(family), ...OF_FAMILY[family], ...COMMON];
}

const subjectOf = (family: FamilyName) => `an evaluation of a ${family} model`;

/** What a gate may name in the evaluation of a model of this family. */
export function evaluateNames(family: FamilyName): GateNames {
  return {
    subject: subjectOf(family),
    figures: new Set(figuresOf(family).map(([name]) => name)),
    functions: new Set(FUNCTIONS),
  };
}

/**
 * An evaluation as gates see it: the metrics by their bare names, `baseline.F`, those of the model's own training and test rows
 * as `training.train.F`, the figures of confusion and calibration, counts of findings, and figures of each column.
 */
export function evaluateScope(report: EvaluateReport): GateScope {
  const { family } = report.model;
  return {
    subject: subjectOf(family),
    figures: new Map(figuresOf(family).map(([name, read]): [string, Figure] => [name, () => read(report)])),
    functions: new Map(
      FUNCTIONS.map((name): [string, GateFunction] => [
        name,
        { argument: 'column', values: new Map(report.columns.map((check) => [check.name, check[name]])) },
      ]),
    ),
  };
}
