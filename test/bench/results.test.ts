import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadBench } from './load-bench.js';

const MACHINE = {
  ...{ date: '2026-01-02', cpu: 'Abacus', cores: 2, memoryGB: 8, platform: 'linux x64', node: 'v20.19.0' },
  peers: { glmnet: '4.1' },
};
const peer = (seconds: number) => ({
  seconds,
  peakMB: 400,
  ratio: { median: seconds, min: seconds, max: 9 },
});
const result = (name: string, overrides: object = {}) => ({
  ...{ case: name, rows: 1000, features: 5, csvMB: 1.234, machine: MACHINE },
  check: { certified: 100, solutions: 100 },
  ours: { seconds: 1, peakMB: 99.6 },
  peers: { glmnet: peer(5), sklearn: peer(4) },
  ...overrides,
});

describe('benchmark: results', () => {
  let results: Awaited<ReturnType<typeof loadBench>>;
  let check: Awaited<ReturnType<typeof loadBench>>;
  before(async () => {
    results = await loadBench('results');
    check = await loadBench('check');
  });

  it('name the fastest peer, with the machine above the table', () => {
    const text: string = results.render([result('a')]);
    expect(text).to.match(
      /^2026-01-02, Abacus \(2 cores\), 8 GB, linux x64, node v20.19.0, glmnet 4.1\n\n\| case/,
    );
    expect(text).to.include(
      '| a | 1,000 x 5 | 1.2 | 1.0 | 4.0 (sklearn) | 4.0 (4.0..9.0) | 100 | 400 (glmnet), 400 (sklearn) | 100/100 |',
    );
  });

  it('leave a dash where nothing was measured', () => {
    const text: string = results.render([result('a', { ours: null, peers: {} })]);
    expect(text).to.include('| a | 1,000 x 5 | 1.2 | - | - | - | - | - | 100/100 |');
  });

  it('of another machine or day get a table of their own', () => {
    const other = { machine: { ...MACHINE, cpu: 'Slide rule' } };
    expect(results.render([result('a'), result('b'), result('c', other)]).match(/\| case/g)).to.have.length(
      2,
    );
  });

  it('say how time for a row and memory grow from tall to huge', () => {
    const huge = { rows: 10_000, ours: { seconds: 8, peakMB: 250 } };
    const text: string = results.render([result('tall-x'), result('mid-x'), result('huge-x', huge)]);
    expect(text.trimEnd().split('\n').at(-1)).to.equal(
      'tall-x to huge-x: 1000.0 to 800.0 microseconds a row, ratio 0.80; 100 to 250 MB for 10 times the rows',
    );
    expect(results.render([result('huge-x', huge)])).not.to.include('microseconds');
  });

  it('are kept when another case is measured', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
    const cases = [{ name: 'a' }, { name: 'b' }];
    results.saveResult(folder, cases, result('b'));
    results.saveResult(folder, cases, result('a'));
    expect(readFileSync(join(folder, 'table.md'), 'utf8')).to.match(/\| a .*\n\| b /);
    rmSync(folder, { recursive: true });
  });

  it('fail when a test error or a lambda differs, or is missing', () => {
    const ours = [
      { lambda: 1, test: 2, cv: null },
      { lambda: 0.5, test: 1, cv: 3 },
    ];
    const theirs = (test: number, lambda = 0.5, cv = 3) => [ours[0], { lambda, test, cv }];
    const difference = (actual: object[]) => check.largestDifference(ours, actual, { name: 'R' }, 1e-4);
    expect(difference(theirs(1.00001))).to.be.closeTo(1e-5, 1e-9);
    expect(() => difference(theirs(1.01))).to.throw("differ from R's by 1.0e-2");
    expect(() => difference(theirs(1, 0.5, 3.03))).to.throw("differ from R's by 1.0e-2");
    expect(() => difference(theirs(1, 0.5, Number.NaN))).to.throw("differ from R's");
    expect(() => difference(theirs(Number.NaN))).to.throw("differ from R's");
    expect(() => difference(theirs(1, 0.4))).to.throw('R has no solution at lambda 0.5');
    expect(() => difference([ours[0]])).to.throw('R has no solution at lambda 0.5');
  });
});
