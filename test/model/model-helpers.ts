import { join } from 'node:path';
import type { Table } from '../../src/csv/columns/table.js';
import { readCsv } from '../../src/csv/read-csv.js';
import { type FitOutcome, fitOutcome } from '../../src/fit/fit.js';
import { buildModel } from '../../src/model/learn/build.js';
import type { Model } from '../../src/model/model.js';
import type { FitOptions } from '../../src/options/options.js';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');

/** A table written as CSV text. */
export function tableOf(text: string, categories: readonly string[] = []): Promise<Table> {
  return readCsv({ name: 'inline.csv', open: () => [Buffer.from(text)] }, { text: categories, engine: null });
}

export function fixture(name: string, categories: readonly string[] = []): Promise<Table> {
  return readCsv(join(FIXTURES, `${name}.csv`), { text: categories });
}

/** A fit and its model at one solution of the path: the selected one, or the last. */
export async function fitted(
  table: Table,
  options: FitOptions,
  which: 'selected' | 'last' = 'selected',
): Promise<{ outcome: FitOutcome; model: Model }> {
  const outcome = await fitOutcome(table, options);
  const index = which === 'last' ? outcome.path.length - 1 : outcome.report.selected.index;
  return { outcome, model: buildModel(outcome, {}, index) };
}

/** Numbers with missing cells, categories with missing cells, a column far from 0, two kinds of target. */
export async function mixedTable(): Promise<Table> {
  const lines = ['size,colour,year,grade,price,sold'];
  const colours = ['red', 'green', 'blue', '"a ""quoted"", one"', '__proto__'];
  for (let i = 0; i < 60; i++) {
    const size = i % 9 === 4 ? '' : String(((i * 37) % 101) / 7);
    const colour = i % 11 === 7 ? '' : colours[(i * 13) % 5];
    const price = 3 * ((i * 37) % 101) - ((i * 13) % 5) * 40 + ((i * 29) % 17);
    lines.push(
      `${size},${colour},${1e9 + ((i * 7) % 13)},${'ABC'[(i * 5) % 3]},${price},${price > 60 ? 'yes' : 'no'}`,
    );
  }
  return tableOf(`${lines.join('\n')}\n`);
}
