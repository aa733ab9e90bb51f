import { fit } from '../../src/fit/fit.js';
import type { FitReport, PathPoint } from '../../src/fit/fit-report.js';
import type { FitOptions } from '../../src/options/options.js';
import { type Cell, tableOf } from '../features/tables.js';
import { normal } from '../solvers/random-problem.js';

export type Columns = Record<string, ArrayLike<Cell>>;

/** Fits the column `y` on all rows. */
export function fitAll(columns: Columns, options: Partial<FitOptions> = {}): Promise<FitReport> {
  return fit(tableOf(columns), { target: 'y', holdout: 0, ...options });
}

/** The only solution at one lambda. */
export async function fitAt(
  columns: Columns,
  lambda: number,
  options: Partial<FitOptions> = {},
): Promise<PathPoint> {
  const report = await fitAll(columns, { lambda: { kind: 'list', values: [lambda] }, ...options });
  return report.path[0];
}

export function codes(report: FitReport): string[] {
  return report.warnings.map(({ code }) => code);
}

/** The predictions of a point on numeric columns, in the order of the report's features. */
export function predictions(
  { intercept, coefficients }: PathPoint,
  x: readonly ArrayLike<number>[],
): number[] {
  return Array.from(x[0], (_, i) => x.reduce((s, column, j) => s + coefficients[j] * column[i], intercept));
}

/** Columns x1.. of standard normal numbers, and y = their weighted sum plus noise. */
export function regression(rows: number, columns: number, seed: number): { x: number[][]; y: number[] } {
  const random = normal(seed);
  const x = Array.from({ length: columns }, () => Array.from({ length: rows }, random));
  const y = Array.from({ length: rows }, (_, i) => x.reduce((s, c, j) => s + (j % 3) * c[i], 2 + random()));
  return { x, y };
}

export function named(x: readonly ArrayLike<Cell>[], y: ArrayLike<Cell>): Columns {
  return { ...Object.fromEntries(x.map((column, j) => [`x${j + 1}`, column])), y };
}
