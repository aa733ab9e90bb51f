import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseModel } from '../../src/model/file/load.js';
import { expectOldOrNew } from './killed.js';
import { runCli } from './run-cli.js';

const FIT = ['fit', 'fixtures/diabetes.csv', '-t', 'target'];

describe('fit --save', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-save-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes the selected model, the same bytes each time, and prints the same tables as without it', async () => {
    const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')];
    const saved = await runCli([...FIT, '--json', '--save', one]);
    await runCli([...FIT, '--threads', '1', '--save', two]);
    const plain = await runCli([...FIT, '--json']);
    expect(saved).to.deep.equal(plain);
    expect(readFileSync(one, 'utf8')).to.equal(readFileSync(two, 'utf8'));
    const model = await parseModel(readFileSync(one, 'utf8'), 'one.json');
    const report = JSON.parse(plain.stdout);
    const point = report.path[report.selected.index];
    expect(model.lambda).to.equal(point.lambda);
    expect(model.features.map((f) => f.coefficient)).to.deep.equal(point.coefficients);
    expect(model.metrics.test).to.deep.equal(point.test);
    expect(model.intercept).to.equal(point.intercept);
  });

  it('leaves the old model where a gate fails, and says so', async () => {
    const file = join(folder, 'model.json');
    writeFileSync(file, 'old');
    const { code, stderr } = await runCli([...FIT, '--save', file, '--require', 'test.rmse < 1']);
    expect(code).to.equal(1);
    expect(stderr).to.match(/model\.json was not written: a gate failed/);
    expect(readFileSync(file, 'utf8')).to.equal('old');
    expect(readdirSync(folder)).to.deep.equal(['model.json']);
  });

  it('refuses a place that cannot be written before it reads a row', async () => {
    const { code, stderr } = await runCli([
      'fit',
      'no-such.csv',
      '-t',
      'y',
      '--save',
      join(folder, 'no', 'm.json'),
    ]);
    expect(code).to.equal(3);
    expect(stderr).to.match(/directory does not exist/);
  });

  it('killed at any step of writing leaves the old model or the new one', async () => {
    const file = join(folder, 'model.json');
    const args = [...FIT, '--lambda', '0.5', '--save', file];
    await runCli(args);
    await expectOldOrNew(['bin/shrinkfit.js', ...args], file, readFileSync(file, 'utf8'));
  });
});
