import type { TextColumn } from '../csv/columns/table.js';
import type { Design } from '../design/design.js';
import { DataError } from '../errors.js';
import { type FeatureSpec, type Imputation, learnFeatures } from '../features/encode.js';
import { layOutTraining } from '../features/lay-out.js';
import { isMostlyLevels } from '../features/lay-out-levels.js';
import { columnNumbers } from '../features/numbers-by-name.js';
import type { Standardization } from '../features/standardize.js';
import { sum } from '../linalg/vector.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { type ElasticNet, squaresTimes } from '../penalties/elastic-net.js';
import { GaussianTarget } from '../problem/gaussian-target.js';
import { withGradientScale } from '../problem/gradient-scale.js';
import type { Problem } from '../problem/problem.js';
import type { Engine } from '../runtime/engine.js';
import { shown } from '../visible.js';
import { counted } from '../words.js';
import { checkMemory, type FitShape } from './memory-budget.js';
import type { Part, Parts } from './read-parts.js';
import { listed, type Warnings } from './warnings.js';

/** A problem ready to be solved, and what converts its coordinates back to the file's. */
export interface Prepared {
  readonly problem: Problem;
  readonly features: readonly FeatureSpec[];
  readonly standardization: readonly Standardization[];
  /**
   * The factor from a coefficient on the original scale to the one that is penalised: the scale of the column, or 1 if columns are not
   * standardized; 0 for a column that is not used.
   */
  readonly featureScale: Float64Array;
  /** Penalty factors as the user gave them; length features. */
  readonly penaltyFactor: Float64Array;
  /** Bounds as the user gave them, on the original scale; length features each. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The test rows in the coordinates of the training rows. */
  readonly testDesign: Design | null;
}

const IMPUTATION: Record<ResolvedOptions['missing'], Imputation> = {
  drop: 'none',
  error: 'none',
  mean: 'mean',
  median: 'median',
};

/**
 * Learns encoding and standardization from the training rows and lays out both parts.
 * @param names whether options may name features that these rows lack, as a fold may lack a level
 */
export function prepare(
  parts: Parts,
  options: ResolvedOptions,
  warnings: Warnings,
  engine: Engine,
  names: 'all-present' | 'some-absent' = 'all-present',
): Prepared {
  const { train, test, coding } = parts;
  const v = shares(train.w, options.weights !== null);
  const encoded = encode(train, IMPUTATION[options.missing]);
  const features = encoded.map(({ spec }) => spec);
  refuseTwins(features, train);
  warnUnseenLevels(parts, features, warnings);
  const coded = isMostlyLevels(sourced(encoded, train), train.rows.length);
  if (names === 'all-present') checkMemory(fitShape(parts, features.length, coded, options), parts, engine);
  const learning = { v, intercept: options.intercept, standardize: options.standardize };
  const laidOut = layOutTraining(sourced(encoded, train), train.rows, learning, engine);
  const { design, standardization } = laidOut;
  warnConstant(features, standardization, warnings);
  const { penalty: onColumns, ...given } = penaltyOf(options, features, standardization, names);
  const unit = options.standardize
    ? {}
    : { unit: Float64Array.from(standardization, ({ scale }) => scale || 1) };
  const { y, offset } = train;
  const rows = { design, y, v, offset, intercept: options.intercept };
  const penalty = options.standardizeTarget ? onStandardizedTarget(onColumns, rows) : onColumns;
  const problem = withGradientScale(
    { family: coding.family, ...rows, penalty, ...unit },
    options.offset !== null,
  );
  const testDesign = test === null ? null : laidOut.layOut(sourced(encoded, test), test.rows);
  return { problem, features, standardization, ...given, testDesign };
}

/** What the memory of a fit depends on. */
export function fitShape(
  { train, test, coding }: Parts,
  features: number,
  coded: boolean,
  options: ResolvedOptions,
): FitShape {
  const { lambda, penalty } = options;
  return {
    isQuadratic: coding.family.isQuadratic,
    train: train.rows.length,
    test: test?.rows.length ?? 0,
    features,
    coded,
    lambdas: lambda.kind === 'grid' ? lambda.count : lambda.values.length,
    folds: options.cv ?? 0,
    l1Ratio: l1RatioOf(options),
    bounded: options.nonnegative || options.lower.length > 0 || options.upper.length > 0,
    free: penalty === 'none' || (lambda.kind === 'list' && lambda.values.includes(0)),
  };
}

function l1RatioOf({ penalty, l1Ratio }: ResolvedOptions): number {
  return { ridge: 0, lasso: 1, elasticnet: l1Ratio, none: 0 }[penalty];
}

/** The weights divided by their sum. */
function shares(w: Float64Array, weighted: boolean): Float64Array {
  if (!weighted) return new Float64Array(w.length).fill(1 / w.length);
  const total = sum(w);
  const v = w.slice();
  for (let i = 0; i < v.length; i++) v[i] /= total;
  return v;
}

interface EncodedFeature {
  readonly spec: FeatureSpec;
  /** Index into the part's feature columns. */
  readonly column: number;
}

function encode(train: Part, imputation: Imputation): EncodedFeature[] {
  return train.features.flatMap((column, index) =>
    learnFeatures(column, train.rows, train.w, imputation).map((spec) => ({ spec, column: index })),
  );
}

/** The features with the columns of a part that they are made from. */
function sourced(encoded: readonly EncodedFeature[], { features }: Part) {
  return encoded.map(({ spec, column }) => ({ spec, column: features[column] }));
}

/** Factors are limited to this range, so that they neither leave a coefficient free nor fix it at 0; squared scales may exceed it. */
const FACTORS = { least: 1e-290, most: 1e290 };

/**
 * The penalty in standardized coordinates: with scale s_j the coefficient there is s_j times that of the column, and so are its bounds.
 * Without standardization the penalty applies to the latter: |b_j| / s_j and b_j^2 / s_j^2. The problem is still standardized, so each
 * column is solved and certified in its own unit.
 */
function penaltyOf(
  options: ResolvedOptions,
  features: readonly FeatureSpec[],
  standardization: readonly Standardization[],
  names: 'all-present' | 'some-absent',
): Pick<Prepared, 'featureScale' | 'penaltyFactor' | 'lower' | 'upper'> & { penalty: ElasticNet } {
  const l1Ratio = l1RatioOf(options);
  const lower = columnNumbers('--lower', options.lower, features, options.nonnegative ? 0 : -Infinity, names);
  const upper = columnNumbers('--upper', options.upper, features, Infinity, names);
  const penaltyFactor = columnNumbers('--penalty-factor', options.penaltyFactor, features, 1, names);
  const scales = Float64Array.from(standardization, ({ scale }) => scale);
  const scaled = (bound: Float64Array) => bound.map((x, j) => (Number.isFinite(x) ? x * scales[j] : x));
  const inUnits = (power: 1 | 2) =>
    penaltyFactor.map((f, j) => (f === 0 || scales[j] === 0 ? f : limited(f / scales[j] ** power)));
  const bounds = { lower: scaled(lower), upper: scaled(upper) };
  const given = { penaltyFactor, lower, upper };
  if (options.standardize) {
    return { penalty: { l1Ratio, factor: penaltyFactor, ...bounds }, featureScale: scales, ...given };
  }
  const factor = inUnits(l1Ratio === 0 ? 2 : 1);
  const l2Factor = l1Ratio > 0 && l1Ratio < 1 ? { l2Factor: inUnits(2) } : {};
  const featureScale = scales.map((scale) => (scale === 0 ? 0 : 1));
  return { penalty: { l1Ratio, factor, ...l2Factor, ...bounds }, featureScale, ...given };
}

/**
 * The penalty as it acts on coefficients of the target divided by its deviation s, the loss in units of the target's square: with b = s b*
 * and glmnet's lambda = s lambda*
 *
 *     s^2 lambda* (l1Ratio |b*| + (1 - l1Ratio)/2 b*^2) = lambda (l1Ratio |b| + (1 - l1Ratio)/2 b^2 / s)
 */
function onStandardizedTarget(
  penalty: ElasticNet,
  rows: ConstructorParameters<typeof GaussianTarget>[0],
): ElasticNet {
  return squaresTimes(penalty, limited(1 / new GaussianTarget(rows).deviation));
}

function limited(factor: number): number {
  return Math.min(Math.max(factor, FACTORS.least), FACTORS.most);
}

function refuseTwins(features: readonly FeatureSpec[], { table }: Part): void {
  const seen = new Set<string>();
  for (const { name } of features) {
    if (seen.has(name)) {
      throw new DataError(
        `${table.source}: two features would be called ${shown(name)}: a column, and a level of another; rename one`,
      );
    }
    seen.add(name);
  }
}

function warnConstant(
  features: readonly FeatureSpec[],
  standardization: readonly Standardization[],
  warnings: Warnings,
): void {
  const constant = features.filter((_, j) => standardization[j].scale === 0).map(({ name }) => name);
  if (constant.length === 0) return;
  warnings.add(
    'constant-features',
    `${constant.length} of ${features.length} features are constant in the training rows and get coefficient 0: ${listed(constant)}`,
  );
}

/** Levels that occur only in test rows are scored as no known level. */
function warnUnseenLevels({ test }: Parts, features: readonly FeatureSpec[], warnings: Warnings): void {
  const texts = (test?.features ?? []).filter(({ kind }) => kind === 'text') as TextColumn[];
  if (test === null || texts.length === 0) return;
  const known = new Set(features.map(({ name }) => name));
  for (const column of texts) {
    const { count, levels } = unseenIn(column, test.rows, known);
    if (count === 0) continue;
    warnings.add(
      'unseen-levels',
      `column ${shown(column.name)}: ${counted(count, 'test row')} with a level not seen in training (${listed(levels)}); ` +
        'it is scored as no known level',
    );
  }
}

function unseenIn(
  column: TextColumn,
  rows: Int32Array,
  known: ReadonlySet<string>,
): { count: number; levels: string[] } {
  const unseen = column.levels.map((level) => !known.has(`${column.name}=${level}`));
  const met = new Set<number>();
  let count = 0;
  for (const row of rows) {
    const code = column.codes[row];
    if (code < 0 || !unseen[code]) continue;
    met.add(code);
    count++;
  }
  return { count, levels: column.levels.filter((_, code) => met.has(code)) };
}
