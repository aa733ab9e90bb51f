import type { FitReport, Metrics, PathPoint } from '../fit/fit-report.js';
import type { GateResult } from '../gates/gate.js';
import { jsonText } from '../visible.js';
import { metricValues } from './family-words.js';

/** Names the layout of the object; schema/fit.schema.json describes it. */
export const FIT_SCHEMA = 'shrinkfit/fit/1';

/** The metrics with the contract's keys in the contract's order. */
function metricsObject(metrics: Metrics | null): object | null {
  if (metrics === null) return null;
  const [a, b, c, d] = metricValues(metrics);
  return 'mse' in metrics
    ? { mse: a, rmse: b, mae: c, r2: d }
    : { logLoss: a, auc: b, accuracy: c, brier: d };
}

function pathObject(point: PathPoint): object {
  const { lambda, intercept, nonzero, sparsity, df, dfError } = point;
  const { l1Norm, l2Norm, cv, kkt, certified, iterations } = point;
  return {
    lambda,
    intercept,
    coefficients: Array.from(point.coefficients),
    nonzero,
    sparsity,
    df,
    dfError,
    l1Norm,
    l2Norm,
    train: metricsObject(point.train),
    test: metricsObject(point.test),
    cv: cv === null ? null : { mean: cv.mean, standardError: cv.standardError },
    kkt,
    certified,
    iterations,
  };
}

/** A gate's result with the keys of the JSON, for every command that has gates. */
export function gateObject({ expression, level, name, value, bound, passed, remedy }: GateResult): object {
  return { expression, level, name, value, bound, passed, remedy };
}

const line = (key: string, value: unknown, end = ','): string => `  "${key}": ${jsonText(value)}${end}\n`;

function* listLines(key: string, items: Iterable<object>, end: string): Generator<string> {
  let before = `  "${key}": [`;
  for (const item of items) {
    yield `${before}\n    ${jsonText(item)}`;
    before = ',';
  }
  yield before === ',' ? `\n  ]${end}\n` : `${before}]${end}\n`;
}

function* mapped<T>(items: readonly T[], map: (item: T) => object): Generator<object> {
  for (const item of items) yield map(item);
}

/** The keys before the path. Every field is named, so that the report's other fields do not leak into the output. */
function* headLines({ version, model, data, target, features, split, baseline, lambdaMax }: FitReport) {
  const { family, penalty, l1Ratio, standardize, standardizeTarget, intercept } = model;
  yield line('schema', FIT_SCHEMA);
  yield line('version', version);
  yield line('model', { family, penalty, l1Ratio, standardize, standardizeTarget, intercept });
  const { source, rows, rowsUsed, rowsDropped } = data;
  yield line('data', { source, rows, rowsUsed, rowsDropped });
  yield line('target', { name: target.name, classes: target.classes, positive: target.positive });
  yield line('features', features);
  yield line('split', { method: split.method, seed: split.seed, train: split.train, test: split.test });
  yield line('baseline', { train: metricsObject(baseline.train), test: metricsObject(baseline.test) });
  yield line('lambdaMax', lambdaMax);
}

/**
 * The report as one JSON object with the contract's keys in the contract's order: a line for each key and for each
 * lambda, so that two results can be compared line by line. Numbers have full precision; one that is not finite is
 * null. One chunk for each lambda.
 */
export function* fitJson(report: FitReport, gates: readonly GateResult[]): Generator<string> {
  const { rule, index, lambda } = report.selected;
  yield '{\n';
  yield* headLines(report);
  yield* listLines('path', mapped(report.path, pathObject), ',');
  yield line('selected', { rule, index, lambda });
  yield* listLines('gates', mapped(gates, gateObject), ',');
  yield* listLines(
    'warnings',
    mapped(report.warnings, ({ code, message }) => ({ code, message })),
    '',
  );
  yield '}\n';
}
