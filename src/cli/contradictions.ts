import { UsageError } from '../errors.js';
import { shown } from '../visible.js';
import type { ParsedArguments } from './parsed-arguments.js';
import { parseColumnNumbers } from './values/column-numbers.js';

type Condition = (given: ParsedArguments) => boolean;

/**
 * Two conditions that cannot both hold, and a message with the way out; restricted to some commands if an option has another meaning
 * elsewhere.
 */
interface Rule {
  readonly one: Condition;
  readonly other: Condition;
  readonly message: string;
  readonly commands?: readonly string[];
}

const has =
  (name: string): Condition =>
  (given) =>
    given.has(name);

/** The option has one of these values. */
const is =
  (name: string, ...values: readonly string[]): Condition =>
  (given) =>
    values.includes(given.text(name) ?? '');

/** The option has another value than these, or is not given. */
const isNot =
  (name: string, ...values: readonly string[]): Condition =>
  (given) =>
    !is(name, ...values)(given);

const both =
  (...conditions: readonly Condition[]): Condition =>
  (given) =>
    conditions.every((condition) => condition(given));

const isZero =
  (name: string): Condition =>
  (given) =>
    Number(given.text(name) ?? Number.NaN) === 0;

const isJson: Condition = (given) => given.has('json') || is('format', 'json')(given);

const isCsv: Condition = (given) => !given.has('json') && is('format', 'csv')(given);

const hasLowerBelow0: Condition = (given) => {
  const range = { words: 'a number', accepts: () => true };
  return parseColumnNumbers('--lower', given.texts('lower'), range).some(([, value]) => value < 0);
};

/** Two switches or options that exclude each other. */
const pair = (one: string, other: string, message: string): Rule => ({
  one: has(one),
  other: has(other),
  message: `--${one} and --${other} exclude each other: ${message}`,
});

const each = (names: readonly string[], rule: (name: string) => Rule): Rule[] => names.map(rule);

const SHOWN: readonly Rule[] = [
  {
    one: has('json'),
    other: both(has('format'), isNot('format', 'json')),
    message: '--json and another --format exclude each other: leave one of them out',
  },
  {
    one: has('no-color'),
    other: both(has('color'), isNot('color', 'never')),
    message: '--color and --no-color contradict each other: leave one of them out',
  },
  {
    one: has('quiet'),
    other: is('progress', 'always'),
    message: '--quiet shows no progress, but --progress always asks for it: leave one of them out',
  },
  {
    one: isJson,
    other: has('table'),
    message: '--table chooses what table, markdown and csv show, but json holds everything: leave it out',
    commands: ['fit', 'evaluate', 'inspect'],
  },
];

const FITTED: readonly Rule[] = [
  {
    one: has('l1-ratio'),
    other: isNot('penalty', 'elasticnet'),
    message: '--l1-ratio is the mix of the elasticnet: add --penalty elasticnet, or leave it out',
  },
  ...each(['lambda', 'lambda-count', 'lambda-min-ratio', 'penalty-factor'], (name) => ({
    one: has(name),
    other: is('penalty', 'none'),
    message: `--${name} has no meaning with --penalty none: leave it out, or choose ridge, lasso or elasticnet`,
  })),
  {
    one: has('standardize-target'),
    other: is('family', 'binomial', 'logistic'),
    message: '--standardize-target has no meaning for classes, which have no unit: leave it out',
  },
  {
    one: has('standardize-target'),
    other: is('penalty', 'none'),
    message: '--standardize-target says what the penalty acts on, but --penalty none has none: leave it out',
  },
  pair('lambda', 'lambda-count', 'FROM:TO:COUNT counts too'),
  pair('lambda', 'lambda-min-ratio', 'leave one of them out'),
  pair('holdout', 'test-file', 'the test rows come from one of them'),
  ...each(['stratify', 'standardize', 'intercept'], (name) =>
    pair(name, `no-${name}`, 'leave one of them out'),
  ),
  {
    one: has('stratify'),
    other: has('test-file'),
    message: '--stratify draws test rows, but --test-file gives them: leave one of them out',
  },
  {
    one: has('stratify'),
    other: isZero('holdout'),
    message: '--stratify draws test rows, but --holdout 0 asks for none: leave one of them out',
  },
  {
    one: has('stratify'),
    other: is('family', 'gaussian', 'linear'),
    message: '--stratify keeps the share of classes, but --family gaussian has none: leave --stratify out',
  },
  {
    one: has('positive'),
    other: is('family', 'gaussian', 'linear'),
    message:
      '--positive names a class, but --family gaussian has none: leave --positive out, or choose binomial',
  },
  {
    one: is('select', 'test'),
    other: isZero('holdout'),
    message:
      '--select test needs test rows, but --holdout 0 asks for none: choose --select aicc, or a holdout',
  },
  ...each(['cv', 'cv-1se'], (rule) => ({
    one: is('select', rule),
    other: (given) => !given.has('cv'),
    message: `--select ${rule} needs the folds of a cross-validation: add --cv 10, or choose another rule`,
  })),
  {
    one: has('nonnegative'),
    other: hasLowerBelow0,
    message:
      '--nonnegative and --lower below 0 contradict each other: give --lower COL=0 to the columns that need it',
  },
];

const EVALUATED: readonly Rule[] = [
  {
    one: is('table', 'roc'),
    other: (given) => !isCsv(given),
    message: '--table roc has a row for every score: add --format csv, or take --json',
    commands: ['evaluate'],
  },
  {
    one: has('check-only'),
    other: has('threshold'),
    message: '--threshold says what to measure, but --check-only measures nothing: leave one out',
  },
  ...each(['metrics', 'confusion', 'calibration', 'roc'], (table) => ({
    one: has('check-only'),
    other: is('table', table),
    message: `--table ${table} shows what is measured, but --check-only measures nothing: leave one out`,
    commands: ['evaluate'],
  })),
];

const COMPARED: readonly Rule[] = [
  {
    one: has('table'),
    other: (given) => !isCsv(given),
    message: '--table chooses what csv shows, the other formats show all: add --format csv, or leave it out',
    commands: ['diff'],
  },
];

const EXPORTED: readonly Rule[] = [
  ...each(['dialect', 'table', 'expression'], (name) => ({
    one: has(name),
    other: both(has('to'), isNot('to', 'sql')),
    message: `--${name} is for SQL: leave it out, or choose --to sql`,
    commands: ['export'],
  })),
  {
    one: has('table'),
    other: has('expression'),
    message: '--table names the table of a query, but --expression writes no query: leave one of them out',
    commands: ['export'],
  },
  ...each(['format', 'json', 'table', 'rows', 'color', 'no-color'], (name) => ({
    one: has('recipe'),
    other: has(name),
    message: `--${name} has no meaning with --recipe: leave it out`,
  })),
  {
    one: has('data'),
    other: (given) => !given.has('recipe'),
    message: '--data is for --recipe: leave it out, or add --recipe sklearn or glmnet',
  },
];

const RULES: readonly Rule[] = [...SHOWN, ...FITTED, ...EVALUATED, ...COMPARED, ...EXPORTED];

/**
 * Refuses, for every command, options that contradict each other or that would have no effect. Contradictions that depend on a file, such
 * as the family of a model, are refused once the file is read.
 *
 * @throws UsageError for the first combination that makes no sense
 */
export function refuseContradictions(command: string, given: ParsedArguments): void {
  for (const { one, other, message, commands } of RULES) {
    if (commands !== undefined && !commands.includes(command)) continue;
    if (one(given) && other(given)) throw new UsageError(message);
  }
  refuseTwoRoles(given);
}

/** A column can have only one role. */
function refuseTwoRoles(given: ParsedArguments): void {
  const taken = new Map<string, string>();
  for (const role of ['target', 'weights', 'offset']) {
    const column = given.text(role);
    if (column === null) continue;
    const other = taken.get(column);
    if (other !== undefined) {
      throw new UsageError(`--${role} ${shown(column)}: the column is the --${other} already; name another`);
    }
    taken.set(column, role);
  }
}
