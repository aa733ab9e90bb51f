import type { FitOutcome } from '../../fit/fit.js';
import { errorOf, type Metrics, type PathPoint } from '../../fit/fit-report.js';
import { atScale } from '../../fit/path-point.js';
import { atLambda, penaltyValue } from '../../penalties/elastic-net.js';
import type { Prepared } from '../../setup/prepare.js';
import { digestedColumns, tableDigest } from '../file/digest.js';
import { selfTestRows } from '../file/self-test.js';
import { MODEL_SCHEMA, type Model, type ModelFeature, type ReadingOptions } from '../model.js';
import { learnSchema, learnTarget } from './schema.js';

/** From this many deviations on, the mean is subtracted first, because it would cost a value too many digits: 2^10 costs three. */
const FAR = 1024;

/**
 * The model of one solution of a fit.
 * @param csv how the training file was read
 * @param index which solution of the path; the selected one by default
 */
export function buildModel(
  outcome: FitOutcome,
  csv: ReadingOptions = {},
  index: number = outcome.report.selected.index,
): Model {
  const { report, parts, prepared, options, path } = outcome;
  const point = report.path[index];
  const features = modelFeatures(outcome, point, path[index].beta);
  const model = {
    schema: MODEL_SCHEMA,
    version: report.version,
    model: report.model,
    lambda: point.lambda,
    selected: { rule: report.selected.rule, lambdaMax: report.lambdaMax },
    objective: objectiveOf(point.train, point.lambda, path[index].beta, prepared),
    certificate: { kkt: point.kkt, tolerance: report.tolerance, certified: point.certified },
    target: {
      name: report.target.name,
      type: parts.targetType,
      classes: report.target.classes,
      training: learnTarget(parts.train),
    },
    weights: options.weights,
    offset: options.offset,
    intercept: interceptAtOrigins(point, path[index].intercept, features),
    standardizedIntercept: path[index].intercept,
    baselineIntercept: outcome.baselineIntercept,
    features,
    columns: learnSchema(parts.train),
    csv,
    training: {
      ...report.data,
      digest: tableDigest(outcome.table, digestedColumns(options, parts.train.features)),
    },
    split: report.split,
    metrics: { train: point.train, test: point.test, cv: point.cv, baseline: report.baseline },
    options,
  } satisfies Omit<Model, 'selfTest'>;
  return { ...model, selfTest: selfTestRows(model) };
}

/** The features of a solution: `coefficients` on the original scale, `beta` in standardized coordinates. */
export function modelFeatures(
  { prepared }: Pick<FitOutcome, 'prepared'>,
  { coefficients }: Pick<PathPoint, 'coefficients'>,
  beta: Float64Array,
): ModelFeature[] {
  const { features, standardization, featureScale, penaltyFactor, lower, upper } = prepared;
  return features.map(({ name, column, level, fill }, j) => {
    const { centre, remainder, scale } = standardization[j];
    return {
      name,
      column,
      level,
      coefficient: coefficients[j],
      standardized: atScale(beta[j], scale, featureScale[j]),
      origin: Math.abs(centre) > FAR * scale ? centre : 0,
      centre,
      remainder,
      scale: featureScale[j],
      fill: Number.isNaN(fill) ? null : fill,
      penaltyFactor: penaltyFactor[j],
      lower: finiteOrNull(lower[j]),
      upper: finiteOrNull(upper[j]),
    };
  });
}

function finiteOrNull(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}

/** b0 - sum_j coefficient_j * (what is left of the centre once the origin is taken off). */
export function interceptAtOrigins(
  point: Pick<PathPoint, 'intercept'>,
  standardizedIntercept: number,
  features: readonly ModelFeature[],
): number {
  if (features.every(({ coefficient, origin }) => coefficient === 0 || origin === 0)) return point.intercept;
  let shift = 0;
  for (const { coefficient, centre, origin, remainder } of features) {
    if (coefficient !== 0) shift += coefficient * (centre - origin) + coefficient * remainder;
  }
  return standardizedIntercept - shift;
}

/** loss + lambda P(b), from the training error: half the mean squared error, or the mean logistic loss. */
export function objectiveOf(
  train: Metrics,
  lambda: number,
  beta: Float64Array,
  { problem }: Prepared,
): Model['objective'] {
  const loss = errorOf(train) / problem.family.errorPerLoss;
  const penalty = penaltyValue(atLambda(problem.penalty, 1), beta);
  return { loss, penalty, value: loss + lambda * penalty };
}
