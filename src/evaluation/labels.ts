import type { Column, Table } from '../csv/columns/table.js';
import { DataError } from '../errors.js';
import { usable } from '../features/choose-columns.js';
import type { Model } from '../model/model.js';
import { shown } from '../visible.js';

/**
 * The target of every row as the model counts it: the number, or 1 for the positive class and 0 for the other; NaN where the cell
 * is missing or none of the classes.
 * @throws DataError where the file has no target, or one of another type
 */
export function labelsOf({ target }: Model, table: Table): Float64Array {
  const found = table.columns.find(({ name }) => name === target.name);
  if (found === undefined) {
    throw new DataError(
      `${table.source}: the target ${shown(target.name)} is missing, so nothing can be measured; add it, or give --check-only`,
    );
  }
  const column = usable(table, found);
  if (target.classes !== null) return classesOf(column, target.classes);
  if (column.kind === 'numeric') return column.values;
  throw new DataError(
    `${table.source}: the target ${shown(target.name)} holds text, and the model predicts numbers; correct it, or give --check-only`,
  );
}

function classesOf(
  column: Exclude<Column, { kind: 'dirty' }>,
  [negative, positive]: readonly [string, string],
) {
  const code = (cell: string) => (cell === positive ? 1 : cell === negative ? 0 : Number.NaN);
  if (column.kind === 'numeric') return column.values.map((value) => code(String(value)));
  const codes = column.levels.map(code);
  return Float64Array.from(column.codes, (level) => (level < 0 ? Number.NaN : codes[level]));
}

/**
 * The weight of every row; ones where the model has no weights, or the file lacks them. NaN where the cell is missing.
 * @throws DataError for a weight below 0, or a column that is not made of numbers
 */
export function weightsOf({ weights }: Model, table: Table): Float64Array {
  const found = table.columns.find(({ name }) => name === weights);
  if (weights === null || found === undefined) return new Float64Array(table.rows).fill(1);
  const column = usable(table, found);
  const name = `column ${shown(weights)}`;
  if (column.kind === 'text')
    throw new DataError(`${table.source}: ${name}: the weights are not numbers; correct them`);
  const negative = column.values.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw new DataError(
      `${table.source}:${table.lineOf(negative)}: ${name}: the weight ${column.values[negative]} is below 0; ` +
        'correct it, or give it 0 to ignore the row',
    );
  }
  return column.values;
}
