import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readCsv } from '../../src/csv/read-csv.js';
import { fit } from '../../src/fit/fit.js';
import type { PenaltyName } from '../../src/options/vocabulary.js';
import { renderFit } from '../../src/report/render.js';
import { Engine } from '../../src/runtime/engine.js';
import { runCli, spawnCli } from './run-cli.js';

/** A large enough table that both the fast reader and the compiled kernels take it. */
function table(rows: number, columns: number, binary: boolean): string {
  let seed = 7;
  const draw = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x7fffffff - 0.5;
  };
  const names = Array.from({ length: columns }, (_, j) => `x${j}`);
  const lines = [`${names.join(',')},y`];
  for (let i = 0; i < rows; i++) {
    const x = names.map(draw);
    const signal = 3 * x[0] - 2 * x[1] + x[2] + draw();
    lines.push(`${x.map((value) => value.toFixed(5)).join(',')},${binary ? Number(signal > 0) : signal}`);
  }
  return `${lines.join('\n')}\n`;
}

/** One fit of a file, with as many threads as are said, in each format. */
async function inAllFormats(file: string, penalty: PenaltyName, threads: number): Promise<string[]> {
  const engine = new Engine(threads).startThreads();
  try {
    const lambda = { kind: 'grid', count: 12, minRatio: null } as const;
    const table = await readCsv(file, { engine });
    const report = await fit(table, { target: 'y', penalty, lambda }, { engine: () => engine });
    const formats = ['json', 'csv', 'table', 'markdown'] as const;
    return Promise.all(formats.map(async (format) => [...(await renderFit(report, { format }))].join('')));
  } finally {
    engine.close();
  }
}

describe('the number of threads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-threads-'));
  after(() => rmSync(folder, { recursive: true }));

  const shapes: [string, number, number, boolean][] = [
    ['tall gaussian', 6001, 40, false],
    ['tall binomial', 6001, 40, true],
    ['wide gaussian', 203, 1501, false],
    ['wide binomial', 203, 1501, true],
  ];
  for (const [name, rows, columns, binary] of shapes) {
    for (const penalty of ['ridge', 'lasso'] as const) {
      it(`changes no byte of any format: ${name} ${penalty}`, async () => {
        const file = join(folder, `${name.replace(' ', '-')}.csv`);
        writeFileSync(file, table(rows, columns, binary));
        const [one, two, three] = await Promise.all(
          [1, 2, 3].map((threads) => inAllFormats(file, penalty, threads)),
        );
        for (const text of one) expect(text.length).to.be.above(100);
        expect(two).to.deep.equal(one);
        expect(three).to.deep.equal(one);
      });
    }
  }

  for (const [family, penalty] of [
    ['gaussian', 'ridge'],
    ['gaussian', 'lasso'],
    ['binomial', 'ridge'],
    ['binomial', 'lasso'],
  ]) {
    it(`changes no byte of a cross-validation: ${family} ${penalty}`, async () => {
      const file = join(folder, 'folds.csv');
      writeFileSync(file, table(6001, 40, family === 'binomial'));
      const line = ['fit', file, '-t', 'y', '-p', penalty, '--json', '--cv', '7', '--lambda-count', '12'];
      const [one, two, three] = await Promise.all(
        ['1', '2', '3'].map((threads) => spawnCli([...line, '--threads', threads])),
      );
      expect(one.code).to.equal(0);
      expect(two).to.deep.equal(one);
      expect(three).to.deep.equal(one);
    });
  }

  for (const family of ['gaussian', 'binomial']) {
    it(`changes no byte of a wide cross-validation, whose folds are done by one thread each: ${family}`, async () => {
      const file = join(folder, 'wide-folds.csv');
      writeFileSync(file, table(203, 1501, family === 'binomial'));
      const line = ['fit', file, '-t', 'y', '--json', '--cv', '5', '--lambda-count', '12'];
      const [one, two, three] = await Promise.all(
        ['1', '2', '3'].map((threads) => runCli([...line, '--threads', threads])),
      );
      expect(one.code).to.equal(0);
      expect(two).to.deep.equal(one);
      expect(three).to.deep.equal(one);
    });
  }

  for (const [file, target] of [
    ['diabetes', 'target'],
    ['quickstart', 'y'],
    ['wide', 'y'],
    ['birthwt', 'low'],
    ['sonar', 'Class'],
  ]) {
    it(`changes no byte: ${file}.csv`, async () => {
      const line = ['fit', `fixtures/${file}.csv`, '-t', target, '--json'];
      const [one, two, three] = await Promise.all(
        ['1', '2', '3'].map((threads) => runCli([...line, '--threads', threads])),
      );
      expect(one.code).to.equal(0);
      expect(two).to.deep.equal(one);
      expect(three).to.deep.equal(one);
    });
  }
});
