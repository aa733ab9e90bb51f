import type { Table } from '../csv/columns/table.js';
import type { Revisited } from '../fit/revisit.js';
import { modelFeatures } from '../model/learn/build.js';
import { learnSchema, learnTarget } from '../model/learn/schema.js';
import type { Model, ModelFeature } from '../model/model.js';
import { distance } from './distance.js';
import type { VerifyCheck } from './report.js';

/** Figures that may differ in their last digits from one version to the next. */
export const CLOSE = 1e-9;

/** Compares the rows and columns recorded in a model with the rebuilt problem. */
export function problemChecks(model: Model, table: Table, revisited: Revisited): VerifyCheck[] {
  return [
    rows(model, table, revisited),
    target(model, revisited),
    split(model, revisited),
    ...features(model, revisited),
    columns(model, revisited),
  ];
}

/** A check of two texts. */
function same(code: VerifyCheck['code'], meaning: string, expected: string, found: string): VerifyCheck {
  return { code, meaning, expected, found, passed: expected === found };
}

function rows({ training }: Model, table: Table, { parts }: Revisited): VerifyCheck {
  const words = (all: number, used: number, dropped: number) =>
    `${all} rows, ${used} used, ${dropped} dropped`;
  return same(
    'rows',
    'as many rows, used and dropped',
    words(training.rows, training.rowsUsed, training.rowsDropped),
    words(table.rows, parts.rowsUsed, parts.rowsDropped),
  );
}

function target(
  { target: { name, type, classes }, model, options }: Model,
  { parts, prepared: { problem } }: Revisited,
): VerifyCheck {
  const { coding, targetType } = parts;
  const { family, penalty, l1Ratio, standardize, standardizeTarget, intercept } = model;
  return same(
    'target',
    'target, family, classes and penalty follow from the options',
    JSON.stringify([
      ...[name, type, classes, family, penalty, l1Ratio, standardize, intercept, standardizeTarget],
    ]),
    JSON.stringify([
      ...[options.target, targetType, coding.classes, problem.family.name, options.penalty],
      ...[problem.penalty.l1Ratio, options.standardize, problem.intercept, options.standardizeTarget],
    ]),
  );
}

/** With test rows from another file, only the training rows are counted. */
function split({ split: was }: Model, { parts: { split: is } }: Revisited): VerifyCheck {
  const words = ({ method, seed, train, test }: Model['split']) =>
    was.method === 'file'
      ? `${train} rows to train`
      : `${method}, seed ${seed}: ${train} to train, ${test} to test`;
  return same('split', 'options and seed draw the same split', words(was), words(is));
}

/** The list of features must be equal; their centres and scales may differ in the last digits. */
function features(model: Model, { prepared }: Revisited): VerifyCheck[] {
  const p = prepared.features.length;
  const found = modelFeatures({ prepared }, { coefficients: new Float64Array(p) }, new Float64Array(p));
  const identity = ({ name, column, level, penaltyFactor, lower, upper, fill }: ModelFeature) =>
    JSON.stringify([name, column, level, penaltyFactor, lower, upper, fill === null]);
  const [expected, actual] = [model.features.map(identity), found.map(identity)];
  const differ = expected.filter((feature, j) => feature !== actual[j]).length;
  const worst = model.features.reduce((most, feature, j) => Math.max(most, apart(feature, found[j])), 0);
  return [
    {
      code: 'features',
      meaning: 'the same features with their factors and bounds',
      expected: `${expected.length} features`,
      found: `${actual.length} features${differ === 0 ? '' : `, ${differ} of them others`}`,
      passed: differ === 0 && expected.length === actual.length,
    },
    {
      code: 'standardization',
      meaning: 'means, deviations and fills; the largest difference',
      expected: CLOSE,
      found: worst,
      passed: worst <= CLOSE,
    },
  ];
}

/** The distance of two features in centre, scale and fill, in units of the scale. */
function apart(feature: ModelFeature, found: ModelFeature | undefined): number {
  if (found === undefined) return Number.MAX_VALUE;
  const unit = Math.max(feature.scale, found.scale) || 1;
  const shift = feature.centre - found.centre + (feature.remainder - found.remainder);
  const fill = (feature.fill ?? 0) - (found.fill ?? 0);
  const origin = feature.origin === 0 ? found.origin : feature.origin - found.origin;
  return Math.max(...[shift, fill, feature.scale - found.scale, origin].map((x) => Math.abs(x) / unit));
}

function columns({ columns: was, target: { training } }: Model, { parts }: Revisited): VerifyCheck {
  const worst = Math.max(
    distance(was, learnSchema(parts.train)),
    distance(training, learnTarget(parts.train)),
  );
  return {
    code: 'columns',
    meaning: 'levels, ranges and shares of the columns; the largest difference',
    expected: CLOSE,
    found: worst,
    passed: worst <= CLOSE,
  };
}
