import { expect } from 'chai';
import { loadBench } from './load-bench.js';

describe('benchmark: command line', () => {
  let parse: (args: string[]) => Record<string, unknown>;
  let help: string;
  let cases: Awaited<ReturnType<typeof loadBench>>;
  before(async () => {
    ({ parseArguments: parse, HELP: help } = await loadBench('arguments'));
    cases = await loadBench('cases');
  });

  const chosen = (...names: string[]) =>
    cases.chooseCases(cases.allCases(false), names).map(({ name }: { name: string }) => name);

  it('has defaults', () => {
    expect(parse([])).to.deep.equal({
      ...{ names: [], runs: 5, peers: null, quick: false, install: true },
      ...{ bin: null, list: false, help: false },
    });
  });

  it('reads names and options in any order', () => {
    const options = parse(['tall', '-n', '3', 'mid', '--peers', 'glmnet,sklearn', '--quick', '--no-install']);
    expect(options).to.include({ runs: 3, quick: true, install: false });
    expect(options.names).to.deep.equal(['tall', 'mid']);
    expect(options.peers).to.deep.equal(['glmnet', 'sklearn']);
    expect(parse(['--peers', 'none']).peers).to.deep.equal([]);
  });

  it('refuses what it does not know', () => {
    expect(() => parse(['--fast'])).to.throw('--fast');
    expect(() => parse(['-n', 'many'])).to.throw('--runs takes a whole number, not many');
    expect(() => parse(['-n', '1.5'])).to.throw('1.5');
    expect(() => chosen('tal')).to.throw('no case is called tal');
  });

  it('chooses by name or beginning, and huge only when named', () => {
    expect(chosen('tall-gaussian')).to.deep.equal([
      'tall-gaussian-lasso',
      'tall-gaussian-ridge',
      'tall-gaussian-cv',
      'tall-gaussian-elasticnet',
    ]);
    expect(chosen('mid-binomial-ridge')).to.deep.equal(['mid-binomial-ridge']);
    expect(chosen('huge')).to.deep.equal(['huge-gaussian-lasso', 'huge-gaussian-ridge']);
    expect(chosen()).to.have.length(39);
    expect(chosen().join()).not.to.include('huge');
  });

  it('gives each case a name of its own, and weights where there is a column of them', () => {
    const all = cases.allCases(false);
    expect(new Set(all.map(({ name }: { name: string }) => name)).size).to.equal(all.length);
    for (const { data, problem } of all) expect(problem.weights).to.equal(data.weights);
  });

  it('has a help that fits 80 columns', () => {
    for (const line of help.split('\n')) expect(line.length).to.be.at.most(80);
  });
});
