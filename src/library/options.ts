import { UsageError } from '../errors.js';
import type { FitOptions as CoreOptions, LambdaChoice } from '../options/options.js';
import {
  type ColumnNumbers,
  FAMILY_CHOICES,
  MISSING_POLICIES,
  type MissingPolicy,
  PENALTY_NAMES,
  type PenaltyName,
  SELECTION_RULES,
  type SelectionRule,
} from '../options/vocabulary.js';
import { shown } from '../visible.js';
import {
  ANYTHING,
  CALLBACK,
  checked,
  described,
  FLAG,
  isPlainObject,
  type Kind,
  NUMBER,
  OBJECT,
  oneOf,
  orNull,
  TEXT,
  TEXTS,
  THREADS,
} from './arguments.js';
import { DIALECT_KINDS, type Dialect } from './csv.js';
import type { Data } from './data.js';

/** Numbers for columns by name: an object, a Map, or pairs. */
export type NumbersByColumn =
  | { readonly [column: string]: number }
  | ReadonlyMap<string, number>
  | ColumnNumbers;

/** A grid that comes down from lambdaMax. */
export interface LambdaGrid {
  /** How many lambdas; default 100. */
  readonly count?: number;
  /** Smallest over largest; null: suits the problem. */
  readonly minRatio?: number | null;
}

/** The options of `fit`. Only `target` is required; names are those of the flags in camel case. */
export interface FitOptions {
  /** The column to predict. */
  readonly target: string;
  /** Names or globs (`*`, `?`); null takes every column but the target. */
  readonly features?: readonly string[] | null;
  readonly exclude?: readonly string[];
  /** Columns of categories that look like numbers. */
  readonly categorical?: readonly string[];
  readonly maxLevels?: number;
  readonly missing?: MissingPolicy;
  readonly weights?: string | null;
  readonly offset?: string | null;
  readonly family?: 'auto' | 'gaussian' | 'binomial';
  /** The class whose probability is modelled. */
  readonly positive?: string | null;
  readonly penalty?: PenaltyName;
  /** Only with penalty `elasticnet`: 1 is the lasso, 0 ridge. */
  readonly l1Ratio?: number;
  readonly standardize?: boolean;
  /** Gaussian: the penalty acts on the target divided by its standard deviation, as in glmnet. */
  readonly standardizeTarget?: boolean;
  readonly intercept?: boolean;
  /** Multiplies lambda for a column; 0 leaves it unpenalised. */
  readonly penaltyFactor?: NumbersByColumn;
  /** Bounds on coefficients, on the original scale of the columns; each must allow 0. */
  readonly lower?: NumbersByColumn;
  readonly upper?: NumbersByColumn;
  readonly nonnegative?: boolean;
  /** One lambda, a list of them, or a grid. */
  readonly lambda?: number | readonly number[] | LambdaGrid | LambdaChoice;
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** A fraction below 1, or a count of test rows; 0 for none. Default 0.2. */
  readonly holdout?: number;
  readonly seed?: number;
  /** null: on for binomial. */
  readonly stratify?: boolean | null;
  /** Folds of a cross-validation on the training rows; null for none. */
  readonly cv?: number | null;
  /** null: `cv-1se` with `cv`, else `test` with test rows, else `aicc`. */
  readonly select?: SelectionRule | null;
  /** How the file is read, if the data are a file. */
  readonly csv?: Dialect;
  /** Test rows of their own; `holdout` and `stratify` are then ignored. */
  readonly testData?: Data | null;
  /** Threads for large problems; never changes a digit of the result. Default 1. */
  readonly threads?: number;
  /** Called after each lambda. */
  readonly onProgress?: (done: number, total: number) => void;
}

const KINDS: { readonly [K in keyof Required<FitOptions>]: Kind } = {
  target: TEXT,
  features: orNull(TEXTS),
  exclude: TEXTS,
  categorical: TEXTS,
  maxLevels: NUMBER,
  missing: oneOf(MISSING_POLICIES),
  weights: orNull(TEXT),
  offset: orNull(TEXT),
  family: oneOf(FAMILY_CHOICES),
  positive: orNull(TEXT),
  penalty: oneOf(PENALTY_NAMES),
  l1Ratio: NUMBER,
  standardize: FLAG,
  standardizeTarget: FLAG,
  intercept: FLAG,
  penaltyFactor: ANYTHING,
  lower: ANYTHING,
  upper: ANYTHING,
  nonnegative: FLAG,
  lambda: ANYTHING,
  tolerance: NUMBER,
  maxIterations: NUMBER,
  holdout: NUMBER,
  seed: NUMBER,
  stratify: orNull(FLAG),
  cv: orNull(NUMBER),
  select: orNull(oneOf(SELECTION_RULES)),
  csv: OBJECT,
  testData: ANYTHING,
  threads: THREADS,
  onProgress: CALLBACK,
};

/** Options of the core, and those of the library only. */
export interface GivenOptions {
  readonly core: CoreOptions;
  readonly csv: Dialect;
  readonly testData: Data | null;
  readonly threads: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** @throws UsageError for an option that is unknown, or of a wrong kind; ranges are the core's */
export function givenOptions(options: FitOptions): GivenOptions {
  const { csv, testData, threads, onProgress, lambda, penaltyFactor, lower, upper, ...rest } = checked(
    options,
    KINDS,
  );
  if (rest.target === undefined) throw new UsageError('target is missing: name the column to predict');
  if (rest.l1Ratio !== undefined && rest.penalty !== 'elasticnet') {
    throw new UsageError(`l1Ratio ${rest.l1Ratio}: only penalty "elasticnet" takes one; leave it out`);
  }
  const numbers = { penaltyFactor, lower, upper };
  const byColumn = Object.entries(numbers).filter(([, given]) => given !== undefined);
  return {
    core: {
      ...rest,
      ...(lambda === undefined ? {} : { lambda: lambdaChoice(lambda) }),
      ...Object.fromEntries(byColumn.map(([name, given]) => [name, columnNumbers(name, given)])),
    },
    csv: checked(csv ?? {}, DIALECT_KINDS, 'csv'),
    testData: testData ?? null,
    threads: threads ?? 1,
    ...(onProgress === undefined ? {} : { onProgress }),
  };
}

function lambdaChoice(given: NonNullable<FitOptions['lambda']>): LambdaChoice {
  const list = typeof given === 'number' ? [given] : Array.isArray(given) ? given : null;
  if (list !== null) return { kind: 'list', values: checkNumbers('lambda', list) };
  if (!isPlainObject(given)) {
    throw new UsageError(
      `lambda ${described(given)}: must be a number, a list of numbers, or { count, minRatio }`,
    );
  }
  if ((given as { kind?: unknown }).kind === 'list') {
    return { kind: 'list', values: checkNumbers('lambda', (given as { values: readonly number[] }).values) };
  }
  const { count, minRatio } = checked<LambdaGrid & { kind?: string }>(
    given as LambdaGrid,
    { kind: oneOf(['grid', 'list']), count: NUMBER, minRatio: orNull(NUMBER) },
    'lambda',
  );
  return { kind: 'grid', count: count ?? 100, minRatio: minRatio ?? null };
}

function checkNumbers(name: string, values: readonly number[]): readonly number[] {
  if (!Array.isArray(values)) throw new UsageError(`${name} ${described(values)}: must be a list of numbers`);
  const wrong = values.find((value) => !NUMBER.accepts(value));
  if (wrong !== undefined || values.includes(undefined as never))
    throw new UsageError(`${name} ${described(wrong)}: must be a number`);
  return values;
}

function columnNumbers(name: string, given: unknown): ColumnNumbers {
  const pairs: unknown =
    given instanceof Map ? [...given] : isPlainObject(given) ? Object.entries(given) : given;
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string';
  if (!Array.isArray(pairs) || !pairs.every(isPair)) {
    throw new UsageError(`${name} ${described(given)}: must be an object of columns and numbers`);
  }
  for (const [column, value] of pairs as [string, unknown][]) {
    if (!NUMBER.accepts(value))
      throw new UsageError(`${name} of ${shown(column)} ${described(value)}: must be a number`);
  }
  return pairs as ColumnNumbers;
}
