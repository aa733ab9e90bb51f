import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadBench } from './load-bench.js';

type Bench = Awaited<ReturnType<typeof loadBench>>;

describe('cliff hunter: draws', () => {
  let draw: (seed: number, index: number, cells: number) => Bench;
  before(async () => {
    ({ draw } = await loadBench('cliffs/draw'));
  });
  const hunt = (seed: number, count = 400) =>
    Array.from({ length: count }, (_, k) => draw(seed, k, 5_000_000));

  it('depend on seed, number and size alone, not on the draws before', () => {
    expect(draw(3, 17, 1e6)).to.deep.equal(hunt(3, 18).map((_, k) => draw(3, k, 1e6))[17]);
    expect(draw(3, 17, 1e6)).not.to.deep.equal(draw(4, 17, 1e6));
    expect(draw(3, 17, 1e6)).not.to.deep.equal(draw(3, 18, 1e6));
  });

  it('keep to the cells, have rows enough, and name columns that there are', () => {
    for (const { data, problem, folds } of hunt(1)) {
      const { rows, features, levels = [] } = data;
      expect(rows * features).to.be.at.most(5_000_000);
      expect(rows).to.be.at.least(40);
      expect(features).to.be.at.least(2);
      for (const count of levels) expect(rows).to.be.at.least(10 * count);
      for (const values of [problem.lower, problem.upper, problem.factors]) {
        for (const name of Object.keys(values ?? {}))
          expect(Number(name.slice(1))).to.satisfy((j: number) => j >= 1 && j <= features);
      }
      if (folds > 0) expect(problem.lambdas).to.equal(undefined);
      expect(problem.weights).to.equal(data.weights);
    }
  });

  it('come to every kind of problem and to shapes of all orders', () => {
    const draws = hunt(2);
    const some = (test: (draw: Bench) => unknown) => expect(draws.some(test)).to.equal(true);
    for (const penalty of ['lasso', 'ridge', 'elasticnet'])
      some(({ problem }) => problem.penalty === penalty);
    for (const key of ['lambdas', 'lambdaCount', 'nonnegative', 'lower', 'upper', 'factors', 'weights'])
      some(({ problem }) => problem[key] !== undefined);
    for (const key of ['active', 'noise', 'logit', 'duplicates', 'units', 'zeros', 'levels'])
      some(({ data }) => data[key] !== undefined);
    some(({ problem }) => problem.standardize === false);
    some(({ problem }) => problem.intercept === false);
    some(({ problem }) => Object.values(problem.factors ?? {}).includes(0));
    some(({ folds }) => folds > 0);
    some(({ testRows }) => testRows);
    some(({ data }) => data.rows > 100 * data.features);
    some(({ data }) => data.features > 20 * data.rows);
    some(({ data }) => data.rows * data.features < 5000);
    some(({ data }) => data.rows * data.features > 2_000_000);
  });
});

describe('cliff hunter: verdict', () => {
  let verdict: Bench;
  before(async () => {
    verdict = await loadBench('cliffs/verdict');
  });
  const time = (cpu: number) => ({ cpu, wall: cpu, peakMB: 1, timedOut: false });
  const result = (overrides: object) => ({
    ...{ failure: null, ours: time(1), glmnet: time(2), ratio: 0.5, certified: 3, solutions: 3, worse: 0 },
    ...overrides,
  });
  const complaints = (overrides: object) => verdict.complaints(result(overrides)).join('; ');

  it('takes each start-up off, and allows ours once more', () => {
    // 1.2 s of work next to 0.4 s and an allowance of 0.2 s.
    expect(verdict.slowness(1.4, 1.4, 0.2, 1)).to.be.closeTo(2, 1e-12);
    // As slow as glmnet to the second, and nothing to do at all.
    expect(verdict.slowness(1.2, 2, 0.2, 1)).to.be.below(1);
    expect(verdict.slowness(0.1, 0.9, 0.2, 1)).to.equal(0);
    // Slower by just the start-up.
    expect(verdict.slowness(0.2 + 1.2, 2, 0.2, 1)).to.be.closeTo(1, 1e-12);
  });

  it('takes off what R says that loading took', () => {
    const run = { seconds: 5, cpuSeconds: 3, messages: 'Warning: x\nloaded after 1.25 2.5\n' };
    expect(verdict.withoutLoading(run)).to.include({ seconds: 2.5, cpuSeconds: 1.75 });
    expect(verdict.withoutLoading({ ...run, messages: '' })).to.include({ seconds: 5, cpuSeconds: 3 });
  });

  it('is silent where all is well, and says what is not', () => {
    expect(complaints({})).to.equal('');
    expect(complaints({ ratio: 1.01 })).to.equal('slower than glmnet by more than start-up');
    expect(complaints({ certified: 1 })).to.equal('2 of 3 solutions are not certified');
    expect(complaints({ worse: 2e-3 })).to.include('larger than glmnet');
    expect(complaints({ worse: -2e-3 })).to.equal('');
    expect(complaints({ worse: null })).to.equal('');
    expect(complaints({ worse: Number.NaN })).to.include('not a number');
    expect(complaints({ failure: 'exit code 70' })).to.equal('exit code 70');
    const ended = { ...time(60), timedOut: true };
    expect(complaints({ ours: ended, ratio: 30 })).to.include('did not end in time');
    expect(complaints({ glmnet: ended, ratio: 30 })).to.equal('');
  });
});

describe('cliff hunter: command lines', () => {
  it('give a problem as the same options to all tools', async () => {
    const { problemArguments } = await loadBench('problem');
    expect(problemArguments({ penalty: 'lasso' })).to.deep.equal(['--penalty', 'lasso']);
    const all = {
      ...{ penalty: 'elasticnet', l1Ratio: 0.3, lambdas: [0.2, 0.1], lambdaCount: 3, weights: true },
      ...{ nonnegative: true, lower: { x1: -1 }, upper: { x1: 2, x7: 0.5 }, factors: { x2: 0 } },
      ...{ standardize: false, intercept: false },
    };
    expect(problemArguments(all).join(' ')).to.equal(
      '--penalty elasticnet --l1-ratio 0.3 --lambda 0.2,0.1 --lambda-count 3 --weights w --nonnegative --lower x1=-1 ' +
        '--upper x1=2,x7=0.5 --penalty-factor x2=0 --no-standardize --no-intercept',
    );
  });

  it('can be pasted into a shell', async () => {
    const { shellLine } = await loadBench('cliffs/render');
    expect(shellLine(['node', 'a b.csv', '--upper', 'x1=0.5,x2=1', '$x'])).to.equal(
      "node 'a b.csv' --upper x1=0.5,x2=1 '$x'",
    );
  });

  it('choose what is hunted', async () => {
    const { parseArguments, HELP } = await loadBench('cliffs/arguments');
    expect(parseArguments([]).indexes).to.have.length(30);
    expect(parseArguments(['--from', '7', '--count', '2'])).to.deep.include({ indexes: [7, 8], keep: false });
    expect(parseArguments(['--only', '7'])).to.deep.include({ indexes: [7], keep: true });
    expect(() => parseArguments(['--seed', 'x'])).to.throw('--seed takes a whole number, not x');
    for (const line of HELP.split('\n')) expect(line.length).to.be.at.most(80);
  });

  it('are limited by processor time, and hand exit codes on', async () => {
    const { time } = await loadBench('command');
    const node = (script: string) => [process.execPath, '-e', script];
    expect(time(node('process.exit(4)'), { allowed: [0, 4], limit: 10 })).to.include({
      status: 4,
      timedOut: false,
    });
    expect(time(node('for (;;);'), { limit: 1 })).to.include({ timedOut: true });
    expect(() => time(node('process.exit(3)'), { limit: 10 })).to.throw(/exit code 3/);
  });
});

describe('cliff hunter: the judge', () => {
  let objective: Bench;
  let folder: string;
  before(async () => {
    objective = await loadBench('cliffs/objective');
    folder = mkdtempSync(join(tmpdir(), 'judge-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const columns = (text: string) => {
    writeFileSync(join(folder, 'a.csv'), text);
    return objective.readColumns(join(folder, 'a.csv'));
  };

  it('adds up loss and penalty as they are defined, weights, factors and levels included', () => {
    const table = columns('x1,c1,w,y\n1,L1,1,2\n3,L2,3,4\n');
    const problem = { penalty: 'elasticnet', l1Ratio: 0.25, weights: true, factors: { x1: 2 } };
    const judge = objective.judgeOf(table, { family: 'gaussian', problem });
    // The weighted mean of y is 3.5, and its weighted variance 0.75.
    expect(judge.baseline).to.be.closeTo(0.375, 1e-12);
    const point = { lambda: 0.1, intercept: 1, features: ['x1', 'c1=L2'], coefficients: [0.5, 1] };
    // eta is 1.5 and 3.5; the deviations are sqrt(0.75) for x1 and sqrt(3 / 16) for c1=L2.
    const net = (b: number) => 0.375 * b * b + 0.25 * Math.abs(b);
    const penalty = 2 * net(0.5 * Math.sqrt(0.75)) + net(Math.sqrt(3 / 16));
    expect(judge.objective(point)).to.be.closeTo(0.125 + 0.1 * penalty, 1e-12);
    const plain = objective.judgeOf(table, {
      family: 'gaussian',
      problem: { ...problem, standardize: false },
    });
    expect(plain.objective(point)).to.be.closeTo(0.125 + 0.1 * (2 * net(0.5) + net(1)), 1e-12);
  });

  it('takes the logistic loss, and a baseline without an intercept where there is none', () => {
    const table = columns('x1,y\n1,0\n2,1\n3,1\n4,1\n');
    const judge = (problem: object) => objective.judgeOf(table, { family: 'binomial', problem });
    const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    expect(judge({ penalty: 'ridge' }).baseline).to.be.closeTo(entropy, 1e-12);
    expect(judge({ penalty: 'ridge', intercept: false }).baseline).to.be.closeTo(Math.log(2), 1e-12);
    const worse = { lambda: 0.1, intercept: 0, features: [], coefficients: [] };
    const better = { ...worse, intercept: Math.log(3) };
    expect(objective.excess(judge({ penalty: 'ridge' }), worse, better)).to.be.closeTo(
      Math.log(2) / entropy - 1,
      1e-12,
    );
  });
});
