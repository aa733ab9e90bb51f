import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportCommand } from '../../src/cli/commands/export/command.js';
import { commandHelp } from '../../src/cli/help.js';
import { runCli } from './run-cli.js';

describe('export', () => {
  let folder: string;
  let model: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-export-'));
    model = join(folder, 'model.json');
    await runCli(['fit', 'fixtures/birthwt.csv', '-t', 'low', '--categorical', 'race', '--save', model]);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('has a help within 80 columns', () => {
    const lines = commandHelp(exportCommand).split('\n');
    expect(lines.filter((line) => line.length > 80 || line !== line.trimEnd())).to.deep.equal([]);
  });

  it('says of a model without a certificate that it has none, beside the program and in it', async () => {
    const data = join(folder, 'apart.csv');
    writeFileSync(data, `x,y\n${[1, 2, 3, 4, 5, 6].map((x) => `${x},${Number(x > 3)}`).join('\n')}\n`);
    const apart = join(folder, 'apart.json');
    const fit = await runCli(['fit', data, '-t', 'y', '-p', 'none', '--holdout', '0', '-q', '--save', apart]);
    expect(fit.code).to.equal(4);
    expect(fit.stderr).to.include('no optimum exists').and.not.to.include('--max-iterations');
    for (const to of ['js', 'sql']) {
      const { code, stdout, stderr } = await runCli(['export', apart, '--to', to]);
      expect(code).to.equal(0);
      expect(stderr).to.include('the model is not certified');
      expect(stdout).to.include('This model is not certified');
    }
  });

  for (const words of [
    'js',
    'python',
    'r',
    'sql',
    'sql --dialect sqlite --table main.t',
    'sql --expression',
  ]) {
    it(`gives the same bytes on standard output, in a file and again: ${words}`, async () => {
      const file = join(folder, 'out');
      const args = ['export', model, '--to', ...words.split(' ')];
      const { code, stdout, stderr } = await runCli(args);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(await runCli([...args, '-o', file])).to.deep.equal({ code: 0, stdout: '', stderr: '' });
      expect(readFileSync(file, 'utf8')).to.equal(stdout);
      expect((await runCli(args)).stdout).to.equal(stdout);
      expect(stdout)
        .to.match(/binomial lasso/)
        .and.match(/sha256:[0-9a-f]{64}/);
    });
  }

  it('can be imported and called', async () => {
    const file = join(folder, 'model.mjs');
    await runCli(['export', model, '--to', 'js', '-o', file]);
    const { predict } = await import(file);
    const row = {
      age: 20,
      lwt: 120,
      race: 'white',
      smoke: 1,
      ptl: 0,
      ht: 0,
      ui: 0,
      ftv: 0,
      other: 'ignored',
    };
    const { probability } = predict(row);
    expect(probability).to.be.within(0, 1);
    expect(predict({ ...row, race: 'unseen' }).probability).to.be.above(probability);
    expect(predict({ ...row, lwt: null })).to.deep.equal({ probability: null, class: null });
    expect(() => predict({ ...row, lwt: '120' })).to.throw(TypeError, /"lwt": expected a number/);
    const { lwt, ...without } = row;
    expect(() => predict(without)).to.throw(TypeError, /no column "lwt"/);
  });

  const wrong: [string[], RegExp][] = [
    [[], /--to is missing: one of sql, js, python, r/],
    [['--to', 'pyhton'], /expected one of .*did you mean python/],
    [['--to', 'r', '--table', 't'], /--table is for SQL/],
    [['--to', 'js', '--expression'], /--expression is for SQL/],
    [['--to', 'sql', '--dialect', 'oracle'], /expected one of postgres/],
    [['--to', 'sql', '--table', 'a..b'], /SCHEMA\.TABLE/],
  ];
  for (const [args, message] of wrong) {
    it(`is a usage error: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(['export', model, ...args]);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
      expect(stderr).to.match(message);
    });
  }

  it('leaves the old file where the model is refused', async () => {
    const file = join(folder, 'old.sql');
    const broken = join(folder, 'broken.json');
    writeFileSync(file, 'old');
    writeFileSync(broken, readFileSync(model, 'utf8').slice(0, 900));
    const { code, stderr } = await runCli(['export', broken, '--to', 'sql', '-o', file]);
    expect(code).to.equal(3);
    expect(stderr).to.match(/ends too early/);
    expect(readFileSync(file, 'utf8')).to.equal('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });
});
