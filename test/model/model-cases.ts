import type { Table } from '../../src/csv/columns/table.js';
import { type FitOutcome, fitOutcome } from '../../src/fit/fit.js';
import { buildModel } from '../../src/model/learn/build.js';
import type { Model } from '../../src/model/model.js';
import type { FitOptions } from '../../src/options/options.js';
import { fixture, mixedTable } from './model-helpers.js';

/** The penalties that a model is tried with. */
export const PENALTIES = ['ridge', 'lasso', 'elasticnet'] as const;

/** Fits of all kinds: both families, categories, missing cells under each policy, an offset. */
export const MODEL_CASES: readonly [title: string, table: () => Promise<Table>, options: FitOptions][] = [
  ['diabetes', () => fixture('diabetes'), { target: 'target' }],
  ['birthwt', () => fixture('birthwt', ['race']), { target: 'low', categorical: ['race'] }],
  ['sonar', () => fixture('sonar'), { target: 'Class' }],
  ['wide', () => fixture('wide'), { target: 'y' }],
  [
    'mixed gaussian, missing cells filled by the mean',
    mixedTable,
    { target: 'price', exclude: ['sold'], missing: 'mean' },
  ],
  [
    'mixed binomial, missing cells filled by the median',
    mixedTable,
    { target: 'sold', exclude: ['price'], missing: 'median' },
  ],
  ['mixed gaussian, rows with missing cells dropped', mixedTable, { target: 'price', exclude: ['sold'] }],
  ['a standardized target', () => fixture('diabetes'), { target: 'target', standardizeTarget: true }],
  [
    'an offset and no intercept',
    () => fixture('diabetes'),
    { target: 'target', offset: 's1', intercept: false },
  ],
];

/** A case with its data, its fit, and its models: the selected one and the last of the path. */
export interface FittedCase {
  readonly table: Table;
  readonly outcome: FitOutcome;
  readonly model: Model;
  readonly last: Model;
}

const known = new Map<string, Promise<FittedCase>>();

/** A case by its title, fitted once per process, so tests must not change it. */
export function fittedCase(title: string, penalty: (typeof PENALTIES)[number]): Promise<FittedCase> {
  const key = `${title}, ${penalty}`;
  const found = known.get(key) ?? fitCase(title, penalty);
  known.set(key, found);
  return found;
}

async function fitCase(title: string, penalty: (typeof PENALTIES)[number]): Promise<FittedCase> {
  const [, read, options] = MODEL_CASES.find(([name]) => name === title)!;
  const table = await read();
  const outcome = await fitOutcome(table, { ...options, penalty });
  const model = buildModel(outcome);
  return { table, outcome, model, last: buildModel(outcome, {}, outcome.path.length - 1) };
}
