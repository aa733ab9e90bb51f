import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { readCsv } from '../../src/csv/read-csv.js';
import { fitOutcome } from '../../src/fit/fit.js';
import { buildModel } from '../../src/model/learn/build.js';
import { scoreTable } from '../../src/model/score/table.js';
import { predictionOf } from '../../src/model/score/terms.js';
import type { FitOptions } from '../../src/options/options.js';
import { ROOT, runCli } from './run-cli.js';

/** Numbers and categories with missing cells, a level that is met once, and a column a billion deviations from 0. */
function mixedCsv(): string {
  const row = (i: number) => [
    i % 9 === 4 ? '' : ((i * 37) % 101) / 7,
    i % 11 === 7 ? 'NA' : ['red', 'green', '"b, l"', '__proto__'][(i * 13) % 4],
    1e9 + ((i * 7) % 13),
    i === 5 ? 'once' : 'often',
    3 * ((i * 37) % 101) - ((i * 29) % 17),
    (i * 37) % 101 > 50 ? 'yes' : 'no',
  ];
  const lines = Array.from({ length: 150 }, (_, i) => row(i).join());
  return `size,colour,year,rare,price,sold\n${lines.join('\n')}\n`;
}

type Case = [file: string, options: FitOptions, args: string[]];

const CASES: readonly Case[] = [
  ['fixtures/diabetes.csv', { target: 'target' }, []],
  ['fixtures/quickstart.csv', { target: 'y' }, []],
  ['fixtures/wide.csv', { target: 'y' }, []],
  ['fixtures/sonar.csv', { target: 'Class' }, []],
  ['fixtures/birthwt.csv', { target: 'low', categorical: ['race'] }, ['--categorical', 'race']],
  ['mixed', { target: 'price', missing: 'mean' }, ['--missing', 'mean']],
  ['mixed', { target: 'sold', missing: 'median' }, ['--missing', 'median']],
  ['mixed', { target: 'sold', exclude: ['price'] }, ['--exclude', 'price']],
];

describe('fit, save and predict in a fresh process', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-round-'));
    writeFileSync(join(folder, 'mixed.csv'), mixedCsv());
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, options, args] of CASES) {
    for (const penalty of ['ridge', 'lasso', 'elasticnet', 'none'] as const) {
      it(`give the fit's own predictions bit for bit: ${name} ${args.join(' ')}, ${options.target}, ${penalty}`, async () => {
        const file = name === 'mixed' ? join(folder, 'mixed.csv') : join(ROOT, name);
        const model = join(folder, 'model.json');
        const fit = ['fit', file, '-t', options.target, '-p', penalty, ...args, '--save', model, '-q'];
        expect((await runCli(fit)).code).to.be.oneOf([0, 4]);
        const { stdout, stderr } = await runCli(['predict', model, file, '--only', '--prefix', 'p_']);
        const rows = parse(stdout, { columns: true }) as Record<string, string>[];

        const table = await readCsv(file, { text: options.categorical ?? [] });
        const own = buildModel(await fitOutcome(table, { ...options, penalty }));
        const expected = Array.from(scoreTable(own, table).eta, (eta) => predictionOf(own.model.family, eta));
        const found = rows.map(
          (row) => row[own.model.family === 'gaussian' ? 'p_prediction' : 'p_probability'],
        );
        expect(found, stderr).to.deep.equal(expected.map((p) => (Number.isNaN(p) ? '' : String(p))));
        expect(JSON.parse(readFileSync(model, 'utf8')).training.digest).to.equal(own.training.digest);
      });
    }
  }
});
