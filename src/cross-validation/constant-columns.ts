import { featureValues, type UsableColumn } from '../features/encode.js';
import type { Folds } from './folds.js';

/** Whether values are filled in, which each fold has to learn for itself. */
export function fillsAreLearned({ parts, options }: Folds): boolean {
  const fills = options.missing === 'mean' || options.missing === 'median';
  return fills && parts.train.features.some((column) => hasMissing(column, parts.train.rows));
}

function hasMissing(column: UsableColumn, rows: Int32Array): boolean {
  return column.kind === 'numeric'
    ? rows.some((row) => Number.isNaN(column.values[row]))
    : rows.some((row) => column.codes[row] < 0);
}

/** Whether feature j has one value on those of the rows without a fold that count. Exact: its values are compared. */
export function isConstantWithout({ prepared, parts, rows: folds }: Folds, fold: number, j: number): boolean {
  const { features, rows, w } = parts.train;
  const spec = prepared.features[j];
  const column = features.find(({ name }) => name === spec.column) as UsableColumn;
  const counting = folds[fold].rest.filter((i) => w[i] > 0).map((i) => rows[i]);
  const values = featureValues(spec, column, counting);
  return values.every((x) => x === values[0]);
}
