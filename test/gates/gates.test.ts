import { expect } from 'chai';
import { UsageError } from '../../src/errors.js';
import type { FitReport, Metrics, PathPoint } from '../../src/fit/fit-report.js';
import { checkGateNames, evaluateGate } from '../../src/gates/evaluate-gate.js';
import { figuresOf } from '../../src/gates/figures.js';
import { parseGate } from '../../src/gates/parse-gate.js';

const GAUSSIAN: Metrics = { mse: 4, rmse: 2, mae: 1.5, r2: null };
const BINOMIAL: Metrics = { logLoss: 0.5, auc: 0.8, accuracy: 0.75, brier: 0.2 };

/** A report with two rows, the second selected; gates look at nothing else. */
function report(family: 'gaussian' | 'binomial', test: boolean): FitReport {
  const train = family === 'gaussian' ? GAUSSIAN : BINOMIAL;
  const point = {
    lambda: 0.5,
    nonzero: 3,
    sparsity: 0.7,
    df: 3,
    l1Norm: 6,
    l2Norm: 4,
    kkt: 1e-9,
    certified: true,
  };
  const selected = { ...point, iterations: 7, train, test: test ? train : null } as unknown as PathPoint;
  return {
    model: { family },
    data: { rows: 10, rowsUsed: 9, rowsDropped: 1 },
    split: { train: 7, test: test ? 2 : 0 },
    baseline: { train, test: test ? train : null },
    lambdaMax: 2,
    path: [{}, selected],
    selected: { rule: 'test', index: 1, lambda: 0.5 },
  } as unknown as FitReport;
}

const passes = (text: string, family: 'gaussian' | 'binomial' = 'gaussian', test = true) =>
  evaluateGate(parseGate(text), report(family, test)).passed;

describe('a gate', () => {
  it('compares a figure of the selected row with a number, with or without spaces', () => {
    for (const text of [
      'test.rmse<=2',
      ' test.rmse >= 2 ',
      'test.rmse==2',
      'test.rmse!=3',
      'nonzero<4',
      'kkt > 1e-10',
    ]) {
      expect(passes(text), text).to.equal(true);
    }
    for (const text of ['test.rmse<2', 'test.rmse>2', 'test.rmse!=2', 'test.rmse==2.1', 'nonzero<=-1']) {
      expect(passes(text), text).to.equal(false);
    }
  });

  it('reports the expression, the figure and the verdict', () => {
    expect(evaluateGate(parseGate(' test.rmse <= 3 '), report('gaussian', true))).to.deep.equal({
      expression: 'test.rmse <= 3',
      value: 2,
      passed: true,
    });
    expect(evaluateGate(parseGate('3 >= test.rmse'), report('gaussian', true)).value).to.equal(2);
  });

  it('knows every figure of its family', () => {
    for (const family of ['gaussian', 'binomial'] as const) {
      for (const [name, figure] of figuresOf(family)) {
        const value = figure(report(family, true));
        if (!name.endsWith('r2')) expect(value, name).to.be.a('number');
      }
    }
  });

  it('does arithmetic in the usual order', () => {
    expect(passes('test.rmse < 0.9 * baseline.test.mse')).to.equal(true);
    expect(passes('1 + nonzero * 2 == 7')).to.equal(true);
    expect(passes('(1 + nonzero) * -2 == -8')).to.equal(true);
    expect(passes('8 - nonzero - 2 == nonzero')).to.equal(true);
    expect(passes('12 / nonzero / 2 == 2')).to.equal(true);
    expect(passes('certified == 1')).to.equal(true);
  });

  it('fails on a figure that is undefined, whatever the comparison', () => {
    for (const sign of ['<', '>', '<=', '>=', '==', '!=']) {
      expect(passes(`test.r2 ${sign} 0`), sign).to.equal(false);
      expect(passes(`test.rmse ${sign} 0`, 'gaussian', false), sign).to.equal(false);
      expect(passes(`test.rmse / data.rows * 0 / split.test ${sign} 1`, 'gaussian', false), sign).to.equal(
        false,
      );
      expect(passes(`nonzero / (nonzero - 3) ${sign} 1`), sign).to.equal(false);
    }
  });

  it('that does not parse is a usage error with the place', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['', 'character 1'],
      ['rmse', 'character 5'],
      ['test.rmse <=', 'too early'],
      ['test.rmse = 3', 'character 11'],
      ['test.rmse ≤ 3', 'character 11'],
      ['lambda < 1 < 2', 'second comparison'],
      ['lambda < 1 2', 'character 12'],
      ['(lambda < 1', 'character 9'],
      ['lambda < 1)', 'character 11'],
      ['lambda < 1e999', 'too large'],
      ['lambda < 5%', 'character 11'],
      ['3 < 4', 'no figure'],
      ['lambda <  ', 'too early'],
    ];
    for (const [text, words] of cases) expect(() => parseGate(text), text).to.throw(UsageError, words);
  });

  it('with an unknown figure is a usage error that lists what there is', () => {
    const check = (text: string, family: 'auto' | 'gaussian' | 'binomial') => () =>
      checkGateNames(parseGate(text), family);
    expect(check('test.rsme<1', 'auto')).to.throw(UsageError, 'did you mean test.rmse?');
    expect(check('test.rmse<1', 'binomial')).to.throw(UsageError, 'test.logLoss');
    expect(check('constructor<1', 'auto')).to.throw(UsageError, '"constructor"');
    expect(check('test.auc<1', 'auto')).to.not.throw();
    expect(() => passes('test.auc<1')).to.throw(UsageError, 'gaussian');
  });
});
