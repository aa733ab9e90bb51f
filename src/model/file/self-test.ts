import type { ColumnSchema, Model, SelfTestRow } from '../model.js';
import { columnTerms, predictionOf, termValue } from '../score/terms.js';

/** Number of generated test rows; each column of categories shows as many of its levels. */
const ROWS = 5;

/**
 * Rows generated from what the model knows about its columns (the smallest, the mean and the largest value, each level in turn, a missing
 * cell where one is filled), so that no row of the training data is disclosed; with the model's predictions.
 */
export function selfTestRows(model: Omit<Model, 'selfTest'>): SelfTestRow[] {
  const fills = new Map(model.features.map(({ column, fill }) => [column, fill !== null]));
  return Array.from({ length: ROWS }, (_, k) => {
    const cells = model.columns.map((column, index) => madeUpCell(column, k, index, fills.get(column.name)!));
    return { cells, ...answer(model, cells) };
  });
}

function madeUpCell(
  column: ColumnSchema,
  row: number,
  index: number,
  fills: boolean,
): SelfTestRow['cells'][number] {
  if (fills && row === ROWS - 1) return null;
  if (column.type === 'text') return column.levels[(row + index) % column.levels.length] ?? null;
  const values = [
    column.min,
    column.mean,
    column.max,
    column.edges[0],
    column.edges[column.edges.length - 1],
  ];
  return values[(row + index) % values.length] ?? column.mean ?? (fills ? null : 0);
}

/** The model's prediction for a row; null if it has none. */
export function answer(
  model: Omit<Model, 'selfTest'>,
  cells: SelfTestRow['cells'],
): { linearPredictor: number; prediction: number } {
  const place = new Map(model.columns.map(({ name }, index) => [name, index]));
  let eta = model.intercept;
  for (const term of columnTerms(model)) {
    eta += termValue(term, cells[place.get(term.column)!]) ?? Number.NaN;
  }
  return { linearPredictor: eta, prediction: predictionOf(model.model.family, eta) };
}
