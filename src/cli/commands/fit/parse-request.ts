import { resolveDialect } from '../../../csv/dialect/dialect.js';
import type { CsvOptions } from '../../../csv/read-csv.js';
import { UsageError } from '../../../errors.js';
import type { LambdaChoice } from '../../../options/options.js';
import {
  FAMILY_CHOICES,
  MISSING_POLICIES,
  PENALTY_NAMES,
  SELECTION_RULES,
} from '../../../options/vocabulary.js';
import { readingOptions } from '../../flags/reading.js';
import { threadsGiven } from '../../flags/threads.js';
import type { ParsedArguments } from '../../parsed-arguments.js';
import { choiceOf } from '../../values/choice.js';
import { parseColumnNumbers } from '../../values/column-numbers.js';
import { defined } from '../../values/defined.js';
import { parseLambda } from '../../values/lambda.js';
import { parseNames } from '../../values/list.js';
import { numberIn, wholeNumber } from '../../values/number.js';
import { outputRequest } from './output.js';
import type { FitRequest } from './request.js';

const ALIASES = { linear: 'gaussian', logistic: 'binomial' } as const;
const FAMILIES = [...FAMILY_CHOICES, ...(Object.keys(ALIASES) as (keyof typeof ALIASES)[])] as const;
const MANY = 1_000_000_000;

/**
 * Reads a command line of `fit`.
 *
 * @throws UsageError naming the option, its value and what is accepted
 */
export function parseFitRequest(given: ParsedArguments): FitRequest {
  const target = given.text('target');
  if (target === null) throw new UsageError('--target COL is missing: which column is to be predicted?');
  const request = {
    file: given.operands[0],
    testFile: given.text('test-file'),
    csv: csvOptions(given),
    options: {
      target,
      ...inputOptions(given),
      ...modelOptions(given),
      ...pathOptions(given),
      ...splitOptions(given),
    },
    save: given.text('save'),
    output: outputRequest(given),
    threads: threadsGiven(given),
  };
  resolveDialect(request.csv);
  return request;
}

function csvOptions(given: ParsedArguments): CsvOptions {
  // Numbers in a column that is categorical must keep their spelling: 01 and 1 are two levels.
  const text = given.parsed('categorical', parseNames, undefined);
  return { ...readingOptions(given), ...defined({ text }) };
}

function inputOptions(given: ParsedArguments) {
  return defined({
    features: given.parsed('features', parseNames, undefined),
    exclude: given.parsed('exclude', parseNames, undefined),
    categorical: given.parsed('categorical', parseNames, undefined),
    maxLevels: given.parsed('max-levels', numberIn(wholeNumber(1, MANY)), undefined),
    missing: given.parsed('missing', choiceOf(MISSING_POLICIES), undefined),
    weights: given.text('weights') ?? undefined,
    offset: given.text('offset') ?? undefined,
  });
}

function modelOptions(given: ParsedArguments) {
  const family = given.parsed('family', choiceOf(FAMILIES), 'auto');
  const pairs = (name: string, words: string, accepts: (value: number) => boolean) =>
    parseColumnNumbers(`--${name}`, given.texts(name), { words, accepts });
  return {
    family: family === 'linear' || family === 'logistic' ? ALIASES[family] : family,
    penaltyFactor: pairs('penalty-factor', 'a number of at least 0', (value) => value >= 0),
    lower: pairs('lower', 'a bound of at most 0 (a coefficient must be free to be 0)', (value) => value <= 0),
    upper: pairs(
      'upper',
      'a bound of at least 0 (a coefficient must be free to be 0)',
      (value) => value >= 0,
    ),
    standardize: !given.has('no-standardize'),
    standardizeTarget: given.has('standardize-target'),
    intercept: !given.has('no-intercept'),
    nonnegative: given.has('nonnegative'),
    ...defined({
      positive: given.text('positive') ?? undefined,
      penalty: given.parsed('penalty', choiceOf(PENALTY_NAMES), undefined),
      l1Ratio: given.parsed(
        'l1-ratio',
        numberIn({ words: 'a number from 0 to 1', accepts: (r) => r >= 0 && r <= 1 }),
        undefined,
      ),
    }),
  };
}

const BETWEEN = { words: 'a number above 0 and below 1', accepts: (value: number) => value > 0 && value < 1 };

function pathOptions(given: ParsedArguments) {
  return defined({
    lambda: lambdaChoice(given),
    tolerance: given.parsed('tolerance', numberIn(BETWEEN), undefined),
    maxIterations: given.parsed('max-iterations', numberIn(wholeNumber(1, MANY)), undefined),
  });
}

function lambdaChoice(given: ParsedArguments): LambdaChoice | undefined {
  const values = given.parsed('lambda', parseLambda, null);
  const count = given.parsed('lambda-count', numberIn(wholeNumber(1, 100_000)), null);
  const minRatio = given.parsed('lambda-min-ratio', numberIn(BETWEEN), null);
  if (values !== null) return { kind: 'list', values };
  return count === null && minRatio === null ? undefined : { kind: 'grid', count: count ?? 100, minRatio };
}

function splitOptions(given: ParsedArguments) {
  const holdout = {
    words: 'a fraction above 0 and below 1, a whole number of rows, or 0 for none',
    accepts: (value: number) => value >= 0 && (value < 1 || Number.isSafeInteger(value)),
  };
  return defined({
    holdout: given.parsed('holdout', numberIn(holdout), undefined),
    seed: given.parsed('seed', numberIn(wholeNumber(0, 4_294_967_295)), undefined),
    stratify: given.has('stratify') ? true : given.has('no-stratify') ? false : undefined,
    cv: given.parsed('cv', numberIn(wholeNumber(2, MANY)), undefined),
    select: given.parsed('select', choiceOf(SELECTION_RULES), undefined),
  });
}
