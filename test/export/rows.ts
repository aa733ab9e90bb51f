import type { Table } from '../../src/csv/columns/table.js';
import type { Model } from '../../src/model/model.js';
import { scoreTable } from '../../src/model/score/table.js';
import { predictionOf } from '../../src/model/score/terms.js';

/** A cell as programs hold it: a number, a category, or null. */
export type Cell = number | string | null;

/** Rows by column, as the engines of the tests take them. */
export interface Columns {
  readonly names: readonly string[];
  readonly cells: readonly (readonly Cell[])[];
  readonly rows: number;
}

/** What an export says of a row. */
export interface Answer {
  readonly prediction?: number | null;
  readonly probability?: number | null;
  readonly class?: string | null;
}

export function columnsOf(table: Table): Columns {
  const cells = table.columns.map((column): Cell[] => {
    if (column.kind === 'numeric') return Array.from(column.values, (x) => (Number.isNaN(x) ? null : x));
    if (column.kind === 'text') return Array.from(column.codes, (code) => column.levels[code] ?? null);
    throw new Error('a dirty column');
  });
  return { names: table.columns.map(({ name }) => name), cells, rows: table.rows };
}

/** What the model itself says. */
export function expectedAnswers(model: Model, table: Table): Answer[] {
  return Array.from(scoreTable(model, table).eta, (eta) => answerOf(model, eta));
}

export function answerOf({ model, target }: Model, eta: number): Answer {
  const value = Number.isNaN(eta) ? null : predictionOf(model.family, eta);
  if (model.family === 'gaussian') return { prediction: value };
  return { probability: value, class: value === null ? null : target.classes![value >= 0.5 ? 1 : 0] };
}

/** The largest relative difference; Infinity where one has a figure or a class and the other not. */
export function worstDifference(found: readonly Answer[], expected: readonly Answer[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  return found.reduce((worst, answer, i) => Math.max(worst, difference(answer, expected[i])), 0);
}

function difference(a: Answer, b: Answer): number {
  if ((a.class ?? null) !== (b.class ?? null)) return Number.POSITIVE_INFINITY;
  const [x, y] = [a.prediction ?? a.probability ?? null, b.prediction ?? b.probability ?? null];
  if (x === null || y === null) return x === y ? 0 : Number.POSITIVE_INFINITY;
  return x === y ? 0 : Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y));
}
