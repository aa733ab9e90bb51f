import type { FitReport, Metrics, PathPoint } from '../../fit/fit-report.js';
import { metricNames } from '../../fit/fit-report.js';
import { gateObject } from '../gates.js';
import { jsonLines } from '../media/json.js';
import { metricValues } from '../metrics.js';
import type { FitViewOptions } from '../options.js';

/** Names the layout of the object; schema/fit.schema.json describes it. */
export const FIT_SCHEMA = 'shrinkfit/fit/1';

/** The metrics with the contract's keys in the contract's order. */
function metricsObject(metrics: Metrics | null): object | null {
  if (metrics === null) return null;
  const values = metricValues(metrics);
  return Object.fromEntries(metricNames(metrics).map((name, k) => [name, values[k]]));
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

/**
 * The report as one JSON object with the contract's keys in the contract's order: a line for each key and for each
 * lambda, so that two results can be compared line by line. Numbers have full precision; one that is not finite is
 * null. Every field is named, so that the report's other fields do not leak into the output.
 */
export function json(report: FitReport, { gates }: Pick<FitViewOptions, 'gates'>): Generator<string> {
  const { version, model, data, target, features, split, baseline, lambdaMax, path, selected } = report;
  const { family, penalty, l1Ratio, standardize, standardizeTarget, intercept } = model;
  const { source, rows, rowsUsed, rowsDropped } = data;
  const object = {
    schema: FIT_SCHEMA,
    version,
    model: { family, penalty, l1Ratio, standardize, standardizeTarget, intercept },
    data: { source, rows, rowsUsed, rowsDropped },
    target: { name: target.name, classes: target.classes, positive: target.positive },
    features,
    split: { method: split.method, seed: split.seed, train: split.train, test: split.test },
    baseline: { train: metricsObject(baseline.train), test: metricsObject(baseline.test) },
    lambdaMax,
    path: mapped(path, pathObject),
    selected: { rule: selected.rule, index: selected.index, lambda: selected.lambda },
    gates: gates.map(gateObject),
    warnings: report.warnings.map(({ code, message }) => ({ code, message })),
  };
  return jsonLines(Object.entries(object), ['features']);
}

/** Lazily: the objects of a long path never exist all at once. */
function* mapped<T>(items: readonly T[], map: (item: T) => object): Generator<object> {
  for (const item of items) yield map(item);
}
