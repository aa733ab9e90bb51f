import type { Metrics } from '../fit/fit-report.js';
import { atScale } from '../fit/path-point.js';
import { type Evaluated, judge, type Revisited } from '../fit/revisit.js';
import { interceptAtOrigins, objectiveOf } from '../model/learn/build.js';
import type { Model } from '../model/model.js';
import { listed } from '../setup/warnings.js';
import { distance } from './distance.js';
import { CLOSE } from './problem.js';
import type { VerifyCheck } from './report.js';

/** A score may be nearly 0, as r2 can be, so a relative difference means nothing: scores are compared by absolute difference. */
const SCORES = new Set(['r2', 'auc', 'accuracy']);

/** Holds the solution of a model against the problem that was set up again: is it the optimum, and does it do what the model says? */
export function solutionChecks(model: Model, revisited: Revisited, tolerance: number): VerifyCheck[] {
  const { prepared, baseline } = revisited;
  const { standardization } = prepared;
  if (model.features.length !== standardization.length) return [certificate(model, null, tolerance)];
  const beta = Float64Array.from(model.features, ({ standardized, scale }, j) =>
    atScale(standardized, scale, standardization[j].scale),
  );
  const { lambda, standardizedIntercept } = model;
  const judged = judge(revisited, { lambda, intercept: standardizedIntercept, beta });
  const objective = objectiveOf(judged.train, lambda, beta, prepared);
  return [
    close(
      'coefficients',
      'coefficients and intercept follow from the standardized ones',
      scaleDistance(model, judged),
    ),
    certificate(model, judged, tolerance),
    close('objective', 'loss, penalty and their sum', distance(model.objective, objective)),
    close(
      'metrics',
      'errors on training and test rows, and the baseline',
      metricsDistance(model, judged, baseline),
    ),
  ];
}

function close(code: VerifyCheck['code'], meaning: string, found: number): VerifyCheck {
  return {
    code,
    meaning: `${meaning}; the largest difference`,
    expected: CLOSE,
    found,
    passed: found <= CLOSE,
  };
}

/** A separated problem has no optimum, however small its violations are. */
function certificate(
  { certificate: { certified, tolerance: asked } }: Model,
  judged: Pick<Evaluated, 'kkt' | 'separatedBy'> | null,
  tolerance: number,
): VerifyCheck {
  const separatedBy = judged?.separatedBy ?? null;
  const kkt = judged?.kkt ?? null;
  const doubt =
    separatedBy !== null
      ? `no optimum exists: the classes are separated by features without a penalty (${listed(separatedBy)})`
      : certified
        ? null
        : 'the fit itself did not certify this solution';
  const others = asked === tolerance ? '' : `; the fit was asked for ${asked}`;
  return {
    code: 'certificate',
    meaning: doubt ?? `largest violation of the optimality conditions${others}`,
    expected: tolerance,
    found: kkt,
    passed: doubt === null && kkt !== null && kkt <= tolerance,
  };
}

/** In units of the largest coefficient's effect, so that a coefficient of 0 is held to account too. */
function scaleDistance(model: Model, judged: Evaluated): number {
  const { features, intercept } = model;
  const effect = features.map(({ coefficient, scale }) => Math.abs(coefficient) * (scale || 1));
  const unit = Math.max(...effect, Math.abs(model.standardizedIntercept)) || 1;
  const apart = features.map(
    ({ coefficient, scale }, j) => (Math.abs(coefficient - judged.coefficients[j]) * (scale || 1)) / unit,
  );
  const expected = interceptAtOrigins(judged, model.standardizedIntercept, features);
  return Math.max(...apart, Math.abs(intercept - expected) / Math.max(Math.abs(expected), unit));
}

function metricsDistance(model: Model, judged: Evaluated, baseline: Revisited['baseline']): number {
  const { metrics, split } = model;
  const ofFile = split.method === 'file';
  const pairs: [Metrics | null, Metrics | null][] = [
    [metrics.train, judged.train],
    [metrics.baseline.train, baseline.train],
    ...(ofFile
      ? []
      : ([
          [metrics.test, judged.test],
          [metrics.baseline.test, baseline.test],
        ] as [Metrics | null, Metrics | null][])),
  ];
  const intercept = distance(model.baselineIntercept, baseline.intercept);
  return pairs.reduce((most, [a, b]) => Math.max(most, figuresDistance(a, b)), intercept);
}

function figuresDistance(a: Metrics | null, b: Metrics | null): number {
  if (a === null || b === null) return a === b ? 0 : Number.MAX_VALUE;
  const right = new Map<string, number | null>(Object.entries(b));
  return Object.entries(a as object).reduce((most, [name, value]: [string, number | null]) => {
    const found = right.get(name);
    const both = value !== null && found !== null && found !== undefined;
    const apart = both && SCORES.has(name) ? Math.abs(value - found) : distance(value, found);
    return Math.max(most, apart);
  }, 0);
}
