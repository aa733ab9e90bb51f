import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type BinomialFitReport,
  compare,
  DataError,
  evaluate,
  exportModel,
  type FitReport,
  fit,
  type GaussianFitReport,
  loadModel,
  type Model,
  modelOf,
  modelText,
  parseModel,
  predict,
  renderFit,
  saveModel,
  select,
  verify,
} from '../../src/index.js';
import { ROOT, runCli } from '../cli/run-cli.js';
import { failureOf } from './failure.js';

const FILE = join(ROOT, 'fixtures', 'diabetes.csv');

/** Two classes that follow `a`, a column of noise, and a category. */
const ROWS = Array.from({ length: 120 }, (_, i) => ({
  outcome: Math.sin(12.9898 * i) + 0.5 * Math.cos(5 * i) > 0 ? 'yes' : 'no',
  a: Math.sin(12.9898 * i),
  noise: Math.sin(78.233 * i * i),
  group: `g${i % 3}`,
}));

describe('a model of the library', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-library-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the one that the command line saves, byte for byte', async () => {
    const saved = join(folder, 'saved.json');
    expect((await runCli(['fit', FILE, '--target', 'target', '--save', saved])).code).to.equal(0);
    const report = await fit(FILE, { target: 'target' });
    expect(modelText(report)).to.equal(readFileSync(saved, 'utf8'));
    await saveModel(report, join(folder, 'own.json'));
    expect(readFileSync(join(folder, 'own.json'))).to.deep.equal(readFileSync(saved));
    expect(await loadModel(saved)).to.deep.equal(modelOf(report));
    expect(await parseModel(modelText(report))).to.deep.equal(modelOf(report));
  });

  it('is saved over a file through a link, which keeps its mode, and nothing is left beside it where it cannot be', async function () {
    if (process.platform === 'win32') this.skip();
    const [file, link] = [join(folder, 'm.json'), join(folder, 'link.json')];
    writeFileSync(file, 'old', { mode: 0o640 });
    symlinkSync('m.json', link);
    const report = await fit(FILE, { target: 'target' });
    await saveModel(report, link);
    expect(readFileSync(file, 'utf8')).to.equal(modelText(report));
    expect(statSync(file).mode & 0o777).to.equal(0o640);
    mkdirSync(join(folder, 'a'));
    const refused = await failureOf(() => saveModel(report, join(folder, 'a')));
    expect(refused).to.be.instanceOf(DataError).with.property('message').that.includes('is a directory');
    const lost = await failureOf(() => saveModel(report, join(folder, 'none/m.json')));
    expect(lost).to.be.instanceOf(DataError).with.property('message').that.includes('make it first');
    expect(readdirSync(folder).sort()).to.deep.equal(['a', 'link.json', 'm.json']);
  });

  it('predicts what its definition says, with null where a cell is missing that it does not fill', async () => {
    const report = await fit(FILE, { target: 'target' });
    const model = modelOf(report);
    const row = Object.fromEntries(report.features.map((name, j) => [name, 1 + j / 10]));
    const { intercept, coefficients } = report.path[report.selected.index];
    const eta = report.features.reduce((sum, name, j) => sum + coefficients[j] * row[name], intercept);
    const { predictions, warnings } = await predict(model, [row, { ...row, bmi: null }]);
    expect(predictions[0]).to.be.closeTo(eta, 1e-9);
    expect(predictions[1]).to.equal(null);
    expect(warnings.map(({ code }) => code)).to.deep.equal(['no-prediction']);
    expect((await predict(report, [row])).predictions).to.deep.equal([predictions[0]]);
  });

  it('gives probabilities and classes where there are two', async () => {
    const report = await fit(ROWS, { target: 'outcome' });
    const answer = await predict(report, ROWS, { threshold: 0.7 });
    if (answer.family !== 'binomial') throw new Error(answer.family);
    expect(answer.positive).to.equal('yes');
    answer.predictions.forEach((p, i) => {
      expect(answer.classes[i]).to.equal(p! >= 0.7 ? 'yes' : 'no');
    });
    const unseen = await predict(modelOf(report, report.path.at(-1)!.lambda), [{ ...ROWS[0], group: 'new' }]);
    expect(unseen.warnings.map(({ code }) => code)).to.deep.equal(['unseen-levels']);
  });

  it('refuses a missing cell where it was trained to', async () => {
    const report = await fit(ROWS, { target: 'outcome', missing: 'error' });
    const error = await failureOf(() => predict(report, [{ ...ROWS[0], a: null }]));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.match(/^rows:0: column "a": a cell is missing.* missing error/);
  });

  it('survives JSON, and is refused when it is broken', async () => {
    const model = modelOf(await fit(ROWS, { target: 'outcome' }));
    const copy = JSON.parse(JSON.stringify(model)) as Model;
    expect(await predict(copy, ROWS)).to.deep.equal(await predict(model, ROWS));
    const error = await failureOf(() => predict({ ...copy, features: [] } as never, ROWS));
    expect(error).to.be.instanceOf(DataError);
  });

  it('is measured and verified on data in any form', async () => {
    const report = await fit(ROWS, { target: 'outcome' });
    const evaluation = await evaluate(report, ROWS);
    if (evaluation.family !== 'binomial') throw new Error(evaluation.family);
    expect(evaluation.data.isTrainingFile).to.equal(true);
    expect(evaluation.metrics!.auc).to.be.above(0.8);
    expect(JSON.parse(JSON.stringify(evaluation)).roc.truePositiveRate).to.deep.equal(
      evaluation.roc!.truePositiveRate,
    );
    expect((await verify(report, ROWS)).verified).to.equal(true);
    expect((await verify(report, ROWS.slice(1))).verified).to.equal(false);
    const { refusal } = await evaluate(report, [{ a: 1, noise: 1, group: 'g1' }]);
    expect(refusal).to.match(/or give checkOnly$/);
  });

  it('is compared with another, or with a fit', async () => {
    const base = await fit(ROWS, { target: 'outcome', lambda: 0.1 });
    const next = await fit(ROWS, { target: 'outcome', lambda: 0.05 });
    expect((await compare(base, base)).beyond).to.equal(0);
    expect((await compare(base, modelOf(base))).beyond).to.equal(0);
    expect(
      (await compare(modelOf(base), next)).figures.find(({ name }) => name === 'lambda')!.beyond,
    ).to.equal(true);
  });

  it('is exported as the command line does', async () => {
    const saved = join(folder, 'model.json');
    const report = await fit(FILE, { target: 'target' });
    await saveModel(report, saved);
    for (const to of ['sql', 'js', 'python', 'r'] as const) {
      const { stdout } = await runCli(['export', saved, '--to', to]);
      expect(await exportModel(report, { to })).to.equal(stdout);
    }
  });

  it('replaces a file whole or not at all', async () => {
    const path = join(folder, 'model.json');
    writeFileSync(path, 'old');
    const report = await fit(ROWS, { target: 'outcome' });
    await saveModel(report, path);
    expect((await loadModel(path)).target.name).to.equal('outcome');
    const error = await failureOf(() => saveModel(report, join(folder, 'none', 'model.json')));
    expect(error).to.be.instanceOf(DataError);
    expect(readdirSync(folder)).to.deep.equal(['model.json']);
  });
});

describe('a report of the library', () => {
  it('is plain data, and survives JSON', async () => {
    const report = await fit(FILE, { target: 'target', cv: 3 });
    expect(JSON.parse(JSON.stringify(report))).to.deep.equal(report);
    expect(report.path[5].coefficients).to.be.an('array');
  });

  it('is shown as the command line shows it', async () => {
    const { stdout } = await runCli(['fit', FILE, '--target', 'target', '--json']);
    const chunks = await renderFit(await fit(FILE, { target: 'target' }), { format: 'json' });
    expect([...chunks].join('')).to.equal(stdout);
  });

  it('has a family that tells which metrics it has', async () => {
    const error = (report: FitReport): number =>
      report.family === 'gaussian' ? report.path[0].train.rmse : report.path[0].train.logLoss;
    const gaussian: GaussianFitReport = await fit(FILE, { target: 'target', family: 'gaussian' });
    const binomial: BinomialFitReport = await fit(ROWS, { target: 'outcome', family: 'binomial' });
    expect(error(gaussian)).to.be.closeTo(gaussian.baseline.train.rmse, 1e-9);
    expect(error(binomial)).to.be.closeTo(binomial.baseline.train.logLoss, 1e-9);
  });

  it('says in its warnings options, not flags', async () => {
    const rows = ROWS.map((row, i) => ({ ...row, id: `id${i % 60}` }));
    const { warnings } = await fit(rows, { target: 'outcome' });
    expect(warnings.map(({ message }) => message).join('\n'))
      .to.include('maxLevels')
      .and.not.include('--');
  });

  it('tells which columns a fit keeps', async () => {
    const { kept, leftOut, table, report } = await select(ROWS, { target: 'outcome', lambda: 0.1 });
    expect(kept).to.deep.equal(['a']);
    expect(leftOut).to.deep.equal(['noise', 'group']);
    expect(table.columns.map(({ name }) => name)).to.deep.equal(['outcome', 'a']);
    const again = await fit(table, { target: 'outcome', lambda: 0.1 });
    expect(again.path[0].coefficients[0]).to.be.closeTo(report.path[0].coefficients[0], 1e-6);
  });

  it('takes test rows of their own, and tells how far it is', async () => {
    const done: number[] = [];
    const report = await fit(ROWS.slice(0, 90), {
      target: 'outcome',
      testData: ROWS.slice(90),
      onProgress: (k) => done.push(k),
    });
    expect(report.split).to.deep.equal({ method: 'file', seed: null, train: 90, test: 30 });
    expect(done).to.include(100);
  });
});
