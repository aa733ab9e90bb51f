import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { readCsv } from '../../src/csv/read-csv.js';
import { plain } from './tables.js';

const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json'));
const names = readdirSync(join(folder, 'csvs')).map((file) => file.replace(/\.csv$/, ''));

/** The cells of a case by column; an empty cell is a missing one here. */
async function cellsOf(name: string): Promise<Map<string, unknown>> {
  const path = join(folder, 'csvs', `${name}.csv`);
  const header = (await readCsv(path)).columns.map((column) => column.name);
  const table = await readCsv(path, { text: header, na: [], delimiter: ',' });
  return new Map(table.columns.map((column) => [column.name, plain(column)]));
}

/** What the case expects. */
function expectedOf(name: string): Record<string, string>[] {
  const rows = JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'));
  if (name !== 'location_coordinates') return rows;
  // This one is an object instead of an array, and its telephone number is not that of the file.
  return [{ ...rows, 'Contact Phone Number': '2095257564' }];
}

describe('csv-spectrum', () => {
  it('has all twelve cases', () => {
    expect(names).to.have.length(12);
  });

  for (const name of names) {
    it(`reads ${name} as expected`, async () => {
      const rows = expectedOf(name);
      const expected = new Map(
        Object.keys(rows[0]).map((column) => [column, rows.map((row) => row[column] || null)]),
      );
      expect([...(await cellsOf(name))]).to.deep.equal([...expected]);
    });
  }
});
