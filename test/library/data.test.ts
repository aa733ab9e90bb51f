import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type Cell, DataError, type FitOptions, fit, readCsv, UsageError } from '../../src/index.js';
import { ROOT } from '../cli/run-cli.js';
import { failureOf } from './failure.js';

const FILE = join(ROOT, 'fixtures', 'diabetes.csv');
const OPTIONS: FitOptions = { target: 'target', seed: 1 };

/** The fixture as a list of lists of texts, the header first. */
const CELLS = readFileSync(FILE, 'utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));

function rowsOf<T>(cell: (text: string) => T): Record<string, T>[] {
  const [names, ...rows] = CELLS;
  return rows.map((cells) => Object.fromEntries(names.map((name, j) => [name, cell(cells[j])])));
}

function columnsOf<T>(make: (values: number[]) => T): Record<string, T> {
  const [names, ...rows] = CELLS;
  return Object.fromEntries(names.map((name, j) => [name, make(rows.map((cells) => Number(cells[j])))]));
}

describe('the data of the library', () => {
  it('may come in any form: the solutions are the same, bit for bit', async () => {
    const expected = (await fit(FILE, OPTIONS)).path;
    const forms = [
      pathToFileURL(FILE),
      await readCsv(FILE),
      { name: 'bytes', open: () => [readFileSync(FILE)] },
      rowsOf(Number),
      // As a CSV parser gives them that does not look at what cells mean.
      rowsOf((text) => text),
      { columns: columnsOf((values) => values) },
      { columns: columnsOf((values) => Float64Array.from(values)) },
      { columns: new Map(Object.entries(columnsOf((values) => values))) },
    ];
    for (const data of forms) expect((await fit(data, OPTIONS)).path).to.deep.equal(expected);
  });

  it('takes a string of rows as the same cell of a file is taken', async () => {
    const rows: Record<string, Cell>[] = Array.from({ length: 60 }, (_, i) => ({
      y: i + (i % 3),
      zip: `0${i % 3}`,
      level: ['a', 'b', 'NA'][i % 3],
      flag: i % 2 === 0,
      x: i % 7 === 0 ? null : String(i * 1.5),
    }));
    const names = Object.keys(rows[0]);
    const text = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].join('\n');
    const file = { name: 'file', open: () => [Buffer.from(text)] };
    const options: FitOptions = { target: 'y', categorical: ['zip'], missing: 'mean' };
    const [fromRows, fromFile] = [await fit(rows, options), await fit(file, options)];
    expect(fromRows.features).to.deep.equal(fromFile.features);
    expect(fromRows.features).to.include.members(['zip=00', 'zip=02', 'level=a', 'flag=true', 'x']);
    expect(fromRows.path).to.deep.equal(fromFile.path);
  });

  it('takes a key that a row lacks, null, undefined and NaN for a missing cell', async () => {
    const rows: object[] = Array.from({ length: 40 }, (_, i) => ({ y: i, x: i * i, z: i % 5 }));
    rows[3] = { y: 3, x: 9 };
    rows[5] = { y: 5, x: null, z: 1 };
    rows[7] = { y: 7, x: undefined, z: 1 };
    rows[9] = { y: 9, x: Number.NaN, z: 1 };
    expect((await fit(rows, { target: 'y' })).data).to.include({ rows: 40, rowsUsed: 36, rowsDropped: 4 });
  });

  it('may have names that mean something to objects', async () => {
    const x = Array.from({ length: 30 }, (_, i) => Math.sin(i));
    const columns = new Map([
      ['__proto__', x],
      ['constructor', x.map((value) => value * value)],
      ['y', x.map((value) => 2 * value)],
    ]);
    const report = await fit({ columns }, { target: 'y' });
    expect(report.features).to.deep.equal(['__proto__', 'constructor']);
  });

  it('is refused where it is no data, with its place', async () => {
    const good = { y: [1, 2, 3], x: [1, 2, 3] };
    const cases: [unknown, typeof UsageError | typeof DataError, RegExp][] = [
      [undefined, UsageError, /^the data undefined: must be a table, \{ columns \}, a list of objects/],
      [{}, UsageError, /^the data an object: must be/],
      [[], UsageError, /^rows: there are no rows/],
      [[[1, 2]], UsageError, /^rows\[0\] \[1, 2\]: must be an object/],
      [[{ y: 1 }, 7], UsageError, /^rows\[1\] 7: must be an object/],
      [
        [{ y: 1, when: new Date(0) }],
        UsageError,
        /^rows:0: column "when": a Date must be a number, a string/,
      ],
      [[{ y: 1, n: 5n }], UsageError, /^rows:0: column "n": 5n must be/],
      [[{ y: 1 }, { y: Infinity }], DataError, /^rows:1: column "y": Infinity is not a finite number/],
      [{ columns: { ...good, x: [1, 2] } }, UsageError, /^column "x" has 2 values, and those before it 3/],
      [{ columns: { ...good, x: 'abc' } }, UsageError, /^column "x" "abc": must be a list of values/],
      [{ columns: { '': [1] } }, UsageError, /^columns: a column has no name/],
      [new URL('https://example.org/a.csv'), UsageError, /is not a file; download it first/],
      [{ source: 'x', rows: 3, columns: [{ kind: 'numeric' }], lineOf: () => 1 }, UsageError, /^the table: /],
      ['no-such-file.csv', DataError, /^no-such-file.csv: no such file/],
    ];
    for (const [data, type, message] of cases) {
      const error = await failureOf(() => fit(data as never, { target: 'y' }));
      expect(error, String(message)).to.be.instanceOf(type);
      expect(error.message).to.match(message);
    }
  });
});
