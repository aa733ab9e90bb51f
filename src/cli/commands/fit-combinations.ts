import { UsageError } from '../../errors.js';
import type { ParsedArguments } from '../parsed-arguments.js';
import { shown } from '../parsers/shown.js';
import type { FitRequest } from './fit-request.js';

type Rule = readonly [broken: (request: FitRequest, given: ParsedArguments) => boolean, message: string];

const both =
  (one: string, other: string): Rule[0] =>
  (_, given) =>
    given.has(one) && given.has(other);

/** Options that contradict each other or would have no effect, each with the way out. */
const RULES: readonly Rule[] = [
  [
    ({ options }, given) => given.has('l1-ratio') && options.penalty !== 'elasticnet',
    '--l1-ratio is the mix of the elasticnet: add --penalty elasticnet, or leave it out',
  ],
  ...['lambda', 'lambda-count', 'lambda-min-ratio', 'penalty-factor'].map(
    (name): Rule => [
      ({ options }, given) => options.penalty === 'none' && given.has(name),
      `--${name} has no meaning with --penalty none: leave it out, or choose ridge, lasso or elasticnet`,
    ],
  ),
  [
    both('lambda', 'lambda-count'),
    '--lambda and --lambda-count exclude each other: FROM:TO:COUNT counts too',
  ],
  [
    both('lambda', 'lambda-min-ratio'),
    '--lambda and --lambda-min-ratio exclude each other: leave one of them out',
  ],
  [
    both('holdout', 'test-file'),
    '--holdout and --test-file exclude each other: the test rows come from one of them',
  ],
  [both('stratify', 'no-stratify'), '--stratify and --no-stratify exclude each other: leave one of them out'],
  [
    both('stratify', 'test-file'),
    '--stratify draws test rows, but --test-file gives them: leave one of them out',
  ],
  [
    ({ options }) => options.stratify === true && options.holdout === 0,
    '--stratify draws test rows, but --holdout 0 asks for none: leave one of them out',
  ],
  [
    ({ options }) => options.stratify === true && options.family === 'gaussian',
    '--stratify keeps the share of classes, but --family gaussian has none: leave --stratify out',
  ],
  [
    ({ options }, given) => given.has('positive') && options.family === 'gaussian',
    '--positive names a class, but --family gaussian has none: leave --positive out, or choose binomial',
  ],
  [
    ({ options }) => options.select === 'test' && options.holdout === 0,
    '--select test needs test rows, but --holdout 0 asks for none: choose --select aicc, or a holdout',
  ],
  [
    ({ options }) => options.nonnegative === true && (options.lower ?? []).some(([, value]) => value < 0),
    '--nonnegative and --lower below 0 contradict each other: give --lower COL=0 to the columns that need it',
  ],
  [
    ({ file, testFile }) => file === '-' && testFile === '-',
    '--test-file - and FILE - would both read standard input: give one of them by name',
  ],
  [
    (_, given) => given.has('json') && given.has('format') && given.text('format') !== 'json',
    '--json and another --format exclude each other: leave one of them out',
  ],
  [
    ({ output }, given) => output.format === 'json' && given.has('table'),
    '--table chooses what table, markdown and csv show, but json holds everything: leave it out',
  ],
  [
    (_, given) => given.has('no-color') && (given.text('color') ?? 'never') !== 'never',
    '--color and --no-color contradict each other: leave one of them out',
  ],
];

/** @throws UsageError for the first combination that makes no sense */
export function checkCombinations(request: FitRequest, given: ParsedArguments): void {
  for (const [broken, message] of RULES) {
    if (broken(request, given)) throw new UsageError(message);
  }
  checkRoles(given);
  checkDialect(request);
}

/** A column can be one thing only. */
function checkRoles(given: ParsedArguments): void {
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

/** The characters of a dialect must differ, or no line can be read. */
function checkDialect({ csv }: FitRequest): void {
  const taken = new Map<string, string>();
  const marks = { delimiter: csv.delimiter, quote: csv.quote, comment: csv.comment, decimal: csv.decimal };
  for (const [name, mark] of Object.entries(marks)) {
    if (mark === undefined || mark === null) continue;
    const other = taken.get(mark);
    if (other !== undefined)
      throw new UsageError(`--${name} ${shown(mark)}: the same as --${other}; they must differ`);
    taken.set(mark, name);
  }
}
