import { expect } from 'chai';
import { UsageError } from '../../src/errors.js';
import { evaluateGate } from '../../src/gates/evaluate-gate.js';
import { fitNames } from '../../src/gates/fit-scope.js';
import { parseGate } from '../../src/gates/parse-gate.js';
import { resolveGate } from '../../src/gates/resolve-gate.js';
import type { GateScope } from '../../src/gates/scope.js';

/** A result of no command at all: gates see figures and nothing else. */
const SCOPE: GateScope = {
  subject: 'a sample',
  figures: new Map(
    Object.entries({
      'test.rmse': 2,
      'train.rmse': 1,
      'test.r2': null,
      'baseline.test.rmse': 4,
      'baseline.train.rmse': 3,
      nonzero: 3,
      rows: 10,
      nothing: 0,
      certified: 1,
      broken: Number.NaN,
    }).map(([name, value]) => [name, () => value]),
  ),
  functions: new Map([
    [
      'coef',
      {
        argument: 'feature',
        values: new Map<string, number | null>([
          ['age', -0.5],
          ['say "hi"', 1],
          ["it's", 2],
          ['a\\b\n\u00e9', 3],
          ['__proto__', 4],
          ['', 5],
          ['undefined', null],
        ]),
      },
    ],
  ]),
};

const result = (text: string) => evaluateGate(parseGate(text), SCOPE);
const passes = (text: string) => result(text).passed;
const SIGNS = ['<', '>', '<=', '>=', '==', '!='];

describe('a gate', () => {
  it('compares a figure with a number, with or without spaces', () => {
    for (const text of ['test.rmse<=2', ' test.rmse >= 2 ', 'test.rmse==2', 'test.rmse!=3', 'nonzero<4']) {
      expect(passes(text), text).to.equal(true);
    }
    for (const text of ['test.rmse<2', 'test.rmse>2', 'test.rmse!=2', 'test.rmse==2.1', 'nonzero<=-1']) {
      expect(passes(text), text).to.equal(false);
    }
  });

  it('reports the expression, the figure, the bound and the verdict, and has a name and a remedy', () => {
    const expected = { expression: 'test.rmse <= 3', level: 'require', value: 2, bound: 3, passed: true };
    expect(result(' test.rmse <= 3 ')).to.deep.include({ ...expected, name: 'test.rmse <= 3' });
    expect(result('3 >= test.rmse')).to.deep.include({ value: 2, bound: 3 });
    expect(result('test.rmse <= 2 * train.rmse')).to.deep.include({ value: 2, bound: 2 });
    const given = { level: 'warn', origin: 'a file', name: 'small', remedy: 'more rows' } as const;
    expect(evaluateGate(parseGate('test.rmse<1', given), SCOPE)).to.deep.equal({
      expression: 'test.rmse<1',
      level: 'warn',
      name: 'small',
      value: 2,
      bound: 1,
      passed: false,
      remedy: 'more rows',
    });
  });

  it('does arithmetic in the usual order', () => {
    for (const text of [
      'test.rmse < 0.9 * baseline.test.rmse',
      '1 + nonzero * 2 == 7',
      '(1 + nonzero) * -2 == -8',
      '8 - nonzero - 2 == nonzero',
      '12 / nonzero / 2 == 2',
      'certified == true',
      'nothing == false',
      'abs(nonzero - 5) == 2',
      'max(nonzero, test.rmse, 1) == 3',
      'min(nonzero, -abs(test.rmse)) == -2',
      '+nonzero == 3e0',
    ]) {
      expect(passes(text), text).to.equal(true);
    }
  });

  it('looks up a figure by a quoted name, which may be any string', () => {
    for (const text of [
      'coef("age") == -0.5',
      "coef('age') < 0",
      'abs(coef("age")) <= 0.5',
      'coef("say \\"hi\\"") == 1',
      `coef('say "hi"') == 1`,
      `coef("it's") == 2`,
      "coef('it\\'s') == 2",
      'coef("a\\\\b\\n\\u00e9") == 3',
      'coef("a\\\\b\n\u00e9") == 3',
      'coef("__proto__") == 4',
      'coef("") == 5',
    ]) {
      expect(passes(text), text).to.equal(true);
    }
  });

  it('takes baseline for that of its other figure', () => {
    expect(result('test.rmse <= baseline / 2')).to.deep.include({ value: 2, bound: 2, passed: true });
    expect(result('baseline - train.rmse == 2')).to.deep.include({ value: 2, passed: true });
    for (const [text, words] of [
      [
        'test.rmse - train.rmse < baseline',
        'could be baseline.test.rmse or baseline.train.rmse; name the one you mean: baseline.test.rmse, baseline.train.rmse',
      ],
      ['nonzero < baseline', 'no figure that has one'],
      ['1 < baseline', 'no figure that has one'],
    ]) {
      expect(() => passes(text), text).to.throw(UsageError, words);
    }
  });

  it('fails on a figure that is undefined, whatever the comparison', () => {
    for (const sign of SIGNS) {
      for (const left of [
        'test.r2',
        'broken',
        'coef("undefined")',
        'abs(test.r2)',
        'max(test.r2, 1)',
        'test.rmse / nothing',
        'nothing / nothing',
        '-test.r2',
        'test.r2 - test.r2',
      ]) {
        expect(result(`${left} ${sign} 0`), left).to.deep.include({ value: null, passed: false });
        expect(passes(`nonzero ${sign} ${left}`), left).to.equal(false);
      }
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
      ['abs(3) < 4', 'no figure'],
      ['lambda <  ', 'too early'],
      ['coef(age) > 0', 'quote the column name'],
      ['coef() > 0', 'quote the column name'],
      ['coef("age" > 0', 'character 12'],
      ['coef("age) > 0', 'not closed'],
      ['coef("a\\', 'JSON does not have'],
      ['coef("a\\x41") > 0', 'JSON does not have'],
      ['coef("a\\u00g0") > 0', 'JSON does not have'],
      ['"age" > 0', 'character 1'],
      ['abs(lambda, 1) > 0', 'one number'],
      ['max(lambda) > 0', 'two numbers'],
      ['max() > 0', 'unexpected ")"'],
      ['lambda, 1 > 0', 'character 7'],
      ['lambda "+" 1 > 0', 'character 8'],
    ];
    for (const [text, words] of cases) expect(() => parseGate(text), text).to.throw(UsageError, words);
  });

  it('that is hostile ends in a usage error, quickly and with a short message', () => {
    const million = 1_000_000;
    const texts = [
      `${'('.repeat(million)}lambda < 1`,
      `${'-'.repeat(million)}lambda < 1`,
      `${'abs('.repeat(million)}lambda < 1`,
      `lambda${'+1'.repeat(million)} < 1`,
      `lambda < ${'9'.repeat(million)}`,
      `${'a'.repeat(million)} < 1`,
      `coef("${'\\'.repeat(million)}`,
      `coef("${'\\\\'.repeat(million)}") < 1`,
      `coef("${'x'.repeat(million)}") < 1`,
      ' '.repeat(million),
      'process.exit(1) < 1',
      'constructor < 1',
      'nonzero.constructor < 1',
      '__proto__ < 1',
      'toString("age") < 1',
      '`nonzero` < 1',
      'nonzero < 1; nonzero < 2',
      '\u001b[31m\u202e < 1',
    ];
    for (const text of texts) {
      expect(() => passes(text), text.slice(0, 40))
        .to.throw(UsageError)
        .with.property('message')
        .with.length.below(1000);
    }
    expect(passes(`nonzero${'+1'.repeat(400)} < 1000`)).to.equal(true);
  });

  it('with an unknown figure is a usage error that lists what there is', () => {
    const check = (text: string, family: 'auto' | 'gaussian' | 'binomial') => () =>
      resolveGate(parseGate(text), fitNames(family));
    expect(check('test.rsme<1', 'auto')).to.throw(UsageError, 'did you mean test.rmse?');
    expect(check('test.rmse<1', 'binomial')).to.throw(UsageError, 'test.logLoss');
    expect(check('constructor<1', 'auto')).to.throw(UsageError, '"constructor"');
    expect(check('test.auc<1', 'auto')).to.not.throw();
    expect(check('test.auc<1', 'gaussian')).to.throw(UsageError, 'in a gaussian fit');
    expect(check('coeff("age")<1', 'auto')).to.throw(UsageError, 'did you mean coef?');
    expect(check('baseline < test.auc', 'auto')).to.not.throw();
  });

  it('with a name that the function does not know is a usage error with the near one', () => {
    expect(() => passes('coef("agee") < 1')).to.throw(
      UsageError,
      'there is no feature "agee" in a sample; did you mean age?',
    );
    expect(() => passes('coef("toString") < 1')).to.throw(UsageError, 'no feature "toString"');
  });
});
