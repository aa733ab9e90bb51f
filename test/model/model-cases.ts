import type { Table } from '../../src/csv/table.js';
import type { FitOptions } from '../../src/fit/options.js';
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
