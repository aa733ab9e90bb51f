import { UsageError } from '../errors.js';
import { didYouMean } from '../near-miss.js';
import { shown } from '../visible.js';
import { firstTwice } from './first-twice.js';
import type { FitOptions } from './options.js';
import {
  DEFAULT_TOLERANCE,
  FAMILY_CHOICES,
  MISSING_POLICIES,
  PENALTY_NAMES,
  SELECTION_RULES,
} from './vocabulary.js';

/** Every option with its value; null where the data decide. */
export type ResolvedOptions = Required<FitOptions>;

const DEFAULTS: Omit<ResolvedOptions, 'target'> = {
  features: null,
  exclude: [],
  categorical: [],
  maxLevels: 50,
  missing: 'drop',
  weights: null,
  offset: null,
  family: 'auto',
  positive: null,
  penalty: 'lasso',
  l1Ratio: 0.5,
  standardize: true,
  standardizeTarget: false,
  intercept: true,
  penaltyFactor: [],
  lower: [],
  upper: [],
  nonnegative: false,
  lambda: { kind: 'grid', count: 100, minRatio: null },
  tolerance: DEFAULT_TOLERANCE,
  maxIterations: 100_000,
  holdout: 0.2,
  seed: 1,
  stratify: null,
  cv: null,
  select: null,
};

/**
 * Fills in the contract's defaults and refuses values outside their range, so that the core gets resolved values only.
 * @throws UsageError naming the option, its value and what it may be
 */
export function resolveOptions(options: FitOptions): ResolvedOptions {
  refuseUnknown(options);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const resolved: ResolvedOptions = { ...DEFAULTS, ...(Object.fromEntries(given) as unknown as FitOptions) };
  for (const [name, value, holds, range] of ranges(resolved)) {
    if (!holds) throw new UsageError(`${name} ${JSON.stringify(value)}: must be ${range}`);
  }
  checkLambda(resolved);
  return resolved;
}

/** A misspelt option would silently keep its default. */
function refuseUnknown(options: FitOptions): void {
  const names = ['target', ...Object.keys(DEFAULTS)];
  const stray = Object.keys(options).find((name) => !names.includes(name));
  if (stray === undefined) return;
  const hint = didYouMean(stray, names) || `; the options are ${names.join(', ')}`;
  throw new UsageError(`unknown option ${shown(stray)}${hint}`);
}

/** Beyond what memory could hold: a number from here on is a mistake. A model file may hold no larger one either. */
const MANY = 1_000_000_000;
const MOST_LAMBDAS = 100_000;
const MOST_ROWS = 2 ** 32 - 1;

function isWhole(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}

type Range = readonly [name: string, value: unknown, holds: boolean, range: string];

function ranges(o: ResolvedOptions): Range[] {
  return [
    ['target', o.target, typeof o.target === 'string' && o.target !== '', 'the name of a column'],
    ['missing', o.missing, MISSING_POLICIES.includes(o.missing), MISSING_POLICIES.join(', ')],
    ['family', o.family, FAMILY_CHOICES.includes(o.family), FAMILY_CHOICES.join(', ')],
    ['penalty', o.penalty, PENALTY_NAMES.includes(o.penalty), PENALTY_NAMES.join(', ')],
    ['select', o.select, o.select === null || SELECTION_RULES.includes(o.select), SELECTION_RULES.join(', ')],
    ['maxLevels', o.maxLevels, isWhole(o.maxLevels, 1, MANY), `a whole number from 1 to ${MANY}`],
    ['l1Ratio', o.l1Ratio, o.l1Ratio >= 0 && o.l1Ratio <= 1, 'a number from 0 to 1'],
    [
      'standardizeTarget',
      o.standardizeTarget,
      o.standardizeTarget === false || (o.standardizeTarget === true && o.penalty !== 'none'),
      'true or false, and false without a penalty',
    ],
    ['tolerance', o.tolerance, o.tolerance > 0 && o.tolerance < 1, 'a number between 0 and 1'],
    ['maxIterations', o.maxIterations, isWhole(o.maxIterations, 1, MANY), `a whole number from 1 to ${MANY}`],
    [
      'holdout',
      o.holdout,
      o.holdout >= 0 && (o.holdout < 1 || isWhole(o.holdout, 1, MOST_ROWS)),
      'a fraction from 0 below 1, or a whole number of rows',
    ],
    [
      'seed',
      o.seed,
      Number.isInteger(o.seed) && o.seed >= 0 && o.seed < 2 ** 32,
      'a whole number from 0 below 4294967296',
    ],
    ['cv', o.cv, o.cv === null || isWhole(o.cv, 2, MANY), `a whole number of folds from 2 to ${MANY}`],
    ...o.penaltyFactor.map(
      ([column, f]): Range => [`penaltyFactor of ${column}`, f, f >= 0 && f < Infinity, 'a number from 0'],
    ),
    ...o.lower.map(
      ([column, x]): Range => [`lower bound of ${column}`, x, x <= 0, 'at most 0, for 0 must be allowed'],
    ),
    ...o.upper.map(
      ([column, x]): Range => [`upper bound of ${column}`, x, x >= 0, 'at least 0, for 0 must be allowed'],
    ),
  ];
}

function checkLambda({ lambda }: ResolvedOptions): void {
  if (lambda.kind === 'grid') {
    const { count, minRatio } = lambda;
    if (!isWhole(count, 1, MOST_LAMBDAS)) {
      throw new UsageError(`lambda count ${count}: must be a whole number from 1 to ${MOST_LAMBDAS}`);
    }
    if (minRatio !== null && !(minRatio > 0 && minRatio < 1)) {
      throw new UsageError(`lambda-min-ratio ${minRatio}: must be a number between 0 and 1`);
    }
    return;
  }
  if (lambda.values.length > MOST_LAMBDAS)
    throw new UsageError(`lambda: ${lambda.values.length} values; at most ${MOST_LAMBDAS} are solved`);
  if (lambda.values.length === 0) throw new UsageError('lambda: the list is empty');
  for (const value of lambda.values) {
    if (!(value >= 0 && value < Infinity))
      throw new UsageError(`lambda ${value}: must be a finite number from 0`);
  }
  const twice = firstTwice(lambda.values);
  if (twice !== undefined) throw new UsageError(`lambda ${twice}: is given twice`);
}
