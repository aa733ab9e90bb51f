import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { ROOT, runCli } from './run-cli.js';

const schema = JSON.parse(readFileSync(join(ROOT, 'schema', 'evaluate.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

const HOSTILE = [
  '__proto__',
  'constructor',
  '=cmd()',
  '</script>',
  'a\u001b[31m',
  '| x |',
  'q""q',
  '::error ::x',
];
const TABLES = ['metrics', 'confusion', 'calibration', 'roc', 'findings', 'columns'];

describe('evaluate', () => {
  let folder: string;
  let [linear, logistic] = ['', ''];
  const evaluate = (...args: string[]) => runCli(['evaluate', ...args]);
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-evaluate-'));
    [linear, logistic] = ['linear', 'logistic'].map((name) => join(folder, `${name}.json`));
    await runCli(['fit', 'fixtures/diabetes.csv', '-t', 'target', '--save', linear]);
    await runCli(['fit', 'fixtures/birthwt.csv', '-t', 'low', '--save', logistic]);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('prints JSON of its schema for both families, and where nothing can be measured', async () => {
    const runs = [
      await evaluate(linear, 'fixtures/diabetes.csv', '--json', '--require', 'rmse < baseline'),
      await evaluate(logistic, 'fixtures/birthwt.csv', '--json', '--threshold', '0.3'),
      await evaluate(logistic, 'fixtures/birthwt.csv', '--json', '--check-only'),
      await evaluate(linear, 'fixtures/birthwt.csv', '--json'),
    ];
    for (const { stdout } of runs) {
      expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors?.slice(0, 3))).to.equal(true);
    }
    expect(runs.map(({ code }) => code)).to.deep.equal([0, 0, 0, 3]);
    const [first, second, checked, refused] = runs.map(({ stdout }) => JSON.parse(stdout));
    expect(first.gates[0]).to.include({
      passed: true,
      value: first.metrics.rmse,
      bound: first.baseline.rmse,
    });
    expect(second.confusion.threshold).to.equal(0.3);
    expect(second.roc.at(-1)).to.include({ tpr: 1, fpr: 1 });
    expect(second.roc[0]).to.deep.equal({ threshold: null, tpr: 0, fpr: 0 });
    expect([checked.metrics, checked.refusal]).to.deep.equal([null, null]);
    expect(refused.refusal).to.match(/is missing, and the model needs it/);
  });

  it('prints the findings and then ends with 3 where no row can be scored', async () => {
    const { code, stdout, stderr } = await evaluate(linear, 'fixtures/birthwt.csv');
    expect(code).to.equal(3);
    expect(stdout).to.match(/error\s+column-missing\s+bmi/);
    expect(stderr).to.match(/birthwt\.csv: column "\w+" is missing/);
  });

  it('gives the same bytes for any number of threads, and from standard input', async () => {
    const one = await evaluate(logistic, 'fixtures/birthwt.csv', '--json', '--threads', '1');
    expect(await evaluate(logistic, 'fixtures/birthwt.csv', '--json', '--threads', '2')).to.deep.equal(one);
    const piped = await runCli(['evaluate', logistic, '-', '--json'], {
      input: readFileSync(join(ROOT, 'fixtures', 'birthwt.csv'), 'utf8'),
    });
    expect(piped.stdout.replaceAll('"-', '"birthwt.csv')).to.equal(one.stdout);
  });

  it('reads a file as the training file was read, unless told otherwise', async () => {
    const comma = readFileSync(join(ROOT, 'fixtures', 'diabetes.csv'), 'utf8');
    const german = join(folder, 'german.csv');
    writeFileSync(german, comma.replaceAll(',', ';').replaceAll('.', ','));
    const model = join(folder, 'german.json');
    await runCli(['fit', german, '-t', 'target', '--decimal', ',', '--save', model]);
    const asTrained = JSON.parse((await evaluate(model, german, '--json')).stdout);
    expect(asTrained.data.isTrainingFile).to.equal(true);
    const other = JSON.parse(
      (await evaluate(model, 'fixtures/diabetes.csv', '--json', '--decimal', '.')).stdout,
    );
    expect(other.metrics).to.deep.equal(asTrained.metrics);
  });

  it('fails on gates over metrics, findings and columns, and refuses names it does not have', async () => {
    const gate = async (expression: string) =>
      (await evaluate(logistic, 'fixtures/birthwt.csv', '-q', '--require', expression)).code;
    expect(await gate('auc >= 0.7')).to.equal(0);
    expect(await gate('auc >= baseline + 0.4')).to.equal(1);
    expect(await gate('findings.error == 0')).to.equal(0);
    expect(await gate('psi("age") < 0.2')).to.equal(0);
    expect(await gate('columns.psi < 1e-9')).to.equal(1);
    expect(await gate('confusion.sensitivity > 2')).to.equal(1);
    // A number has no unseen levels: what is undefined never passes.
    expect(await gate('unseen("age") == 0')).to.equal(1);
    expect(await gate('psi("aeg") < 0.2')).to.equal(2);
    const misspelt = await evaluate(logistic, 'fixtures/birthwt.csv', '--require', 'acu > 0');
    expect([misspelt.code, misspelt.stdout]).to.deep.equal([2, '']);
    expect(misspelt.stderr).to.match(/did you mean auc/);
    expect((await evaluate(linear, 'fixtures/diabetes.csv', '--require', 'auc > 0')).code).to.equal(2);
    expect((await evaluate(linear, 'fixtures/diabetes.csv', '-q', '--warn', 'rmse < 0')).code).to.equal(0);
  });

  it('reports every check for CI, findings as warnings', async () => {
    const file = join(folder, 'checks.xml');
    const args = ['--require', 'auc > 0.99', '--report', `junit=${file}`, '-q'];
    expect((await evaluate(logistic, 'fixtures/birthwt.csv', ...args)).code).to.equal(1);
    expect(readFileSync(file, 'utf8')).to.match(/auc &gt; 0\.99/);
    expect((await evaluate(linear, 'fixtures/birthwt.csv', '-q', '--report', `junit=${file}`)).code).to.equal(
      3,
    );
    expect(readFileSync(file, 'utf8')).to.match(/column-missing: bmi/);
  });

  it('refuses options that have no effect, and files that are none', async () => {
    const code = async (...args: string[]) => (await evaluate(...args)).code;
    expect(await code(linear, 'fixtures/diabetes.csv', '--threshold', '0.5')).to.equal(2);
    expect(await code(logistic, 'fixtures/birthwt.csv', '--threshold', '1.5')).to.equal(2);
    expect(await code(logistic, 'fixtures/birthwt.csv', '--table', 'roc')).to.equal(2);
    expect(await code(logistic, 'fixtures/birthwt.csv', '--check-only', '--table', 'metrics')).to.equal(2);
    expect(await code(logistic, 'fixtures/birthwt.csv', '--json', '--table', 'metrics')).to.equal(2);
    expect(await code(logistic)).to.equal(2);
    expect(await code(join(folder, 'no.json'), 'fixtures/birthwt.csv')).to.equal(3);
    expect(await code('fixtures/birthwt.csv', 'fixtures/birthwt.csv')).to.equal(3);
  });

  it('shows hostile names and levels harmlessly in every format and table', async () => {
    const rows = (level: string) =>
      Array.from({ length: 60 }, (_, i) =>
        [
          ...HOSTILE.map((_, j) => (i * (j + 3)) % 17),
          `"${i % 2 ? level : 'plain'}"`,
          i % 3 ? 'yes' : 'no',
        ].join(),
      ).join('\n');
    const header = `${[...HOSTILE, 'kind', 'y'].map((name) => `"${name}"`).join()}\n`;
    const [training, fresh, model] = ['training.csv', 'fresh.csv', 'hostile.json'].map((name) =>
      join(folder, name),
    );
    writeFileSync(training, `${header}${rows('seen')}\n`);
    writeFileSync(fresh, `${header}${rows('=<b>\u001b[2J')}\n`);
    await runCli(['fit', training, '-t', 'y', '-p', 'ridge', '--save', model]);
    const of = async (...options: string[]) => evaluate(model, fresh, ...options);
    const report = JSON.parse((await of('--json')).stdout);
    const names = HOSTILE.map((name) => name.replaceAll('""', '"'));
    expect(report.columns.map(({ name }: { name: string }) => name)).to.deep.equal(['y', ...names, 'kind']);
    for (const table of TABLES) {
      const csv = await of('--format', 'csv', '--table', table);
      expect(csv.code).to.equal(0);
      expect(csv.stdout).to.not.match(/^[=@+]/m);
      expect(csv.stderr).to.not.match(/\u001b/);
      if (table === 'roc') continue;
      const { stdout } = await of('--table', table, '--color', 'never');
      expect(stdout).to.not.match(/\u001b|^::/m);
      expect((await of('--format', 'markdown', '--table', table)).stdout).to.not.match(
        /<\/script>|<b>|\| x \|/,
      );
    }
  });
});
