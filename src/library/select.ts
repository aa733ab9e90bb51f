import type { Table } from '../csv/columns/table.js';
import { keptColumns } from '../fit/kept-columns.js';
import type { Data } from './data.js';
import { fitTable } from './fit.js';
import type { FitOptions } from './options.js';
import type { FitReport } from './reports.js';
import { said } from './words.js';

/** Which columns a fit keeps. */
export interface Selection {
  /** Feature columns with a coefficient other than 0 at the selected lambda, in the order of the data. */
  readonly kept: readonly string[];
  /** Feature columns whose coefficients are all 0. */
  readonly leftOut: readonly string[];
  /** The data with the target, weights, offset and the kept columns only. */
  readonly table: Table;
  readonly report: FitReport;
}

/** Fits as `fit` does, and keeps the columns that have a coefficient other than 0. A column of categories is kept when any level is. */
export async function select(data: Data, options: FitOptions): Promise<Selection> {
  return said(async () => {
    const { report, outcome } = await fitTable(data, options);
    const { table } = outcome;
    const { kept, leftOut } = keptColumns(outcome);
    const { target, weights, offset } = outcome.options;
    const wanted = new Set([target, weights, offset, ...kept]);
    return {
      kept,
      leftOut,
      table: { ...table, columns: table.columns.filter(({ name }) => wanted.has(name)) },
      report,
    };
  });
}
