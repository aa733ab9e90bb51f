import { expect } from 'chai';
import {
  compare,
  evaluate,
  exportModel,
  type FitOptions,
  fit,
  loadModel,
  modelOf,
  parseModel,
  predict,
  readCsv,
  renderFit,
  saveModel,
  select,
  UsageError,
  verify,
} from '../../src/index.js';
import { inOptionWords } from '../../src/library/words.js';
import { failureOf } from './failure.js';

const ROWS = Array.from({ length: 60 }, (_, i) => ({
  y: 3 * Math.sin(i) + Math.cos(7 * i),
  a: Math.sin(i),
  b: Math.sin(3 * i),
  group: `g${i % 3}`,
}));

describe('the options of the library', () => {
  it('take one lambda, a list, or a grid', async () => {
    const lambdas = async (lambda: FitOptions['lambda']) =>
      (await fit(ROWS, lambda === undefined ? { target: 'y' } : { target: 'y', lambda })).path.map(
        (point) => point.lambda,
      );
    expect(await lambdas(0.1)).to.deep.equal([0.1]);
    expect(await lambdas([0.01, 0.1])).to.deep.equal([0.1, 0.01]);
    expect(await lambdas({ kind: 'list', values: [0.5] })).to.deep.equal([0.5]);
    expect(await lambdas({ count: 7 })).to.have.length(7);
    const [from, to] = await lambdas({ count: 2, minRatio: 0.25 });
    expect(to / from).to.be.closeTo(0.25, 1e-12);
    expect(await lambdas(undefined)).to.have.length(100);
  });

  it('take numbers for columns as an object, a Map or pairs', async () => {
    const forms = [{ a: 0.5 }, new Map([['a', 0.5]]), [['a', 0.5] as const]];
    for (const upper of forms) {
      const { features, path } = await fit(ROWS, { target: 'y', lambda: 0, penalty: 'ridge', upper });
      expect(path[0].coefficients[features.indexOf('a')]).to.be.closeTo(0.5, 1e-9);
    }
  });

  it('are refused by a UsageError that names the option, its value and what it may be', async () => {
    const cases: [object, RegExp][] = [
      [{ lambada: 1 }, /^unknown option "lambada"; did you mean lambda\?$/],
      [{ features: 'a' }, /^features "a": must be a list of strings, or null$/],
      [{ standardize: 'no' }, /^standardize "no": must be true or false$/],
      [{ holdout: '0.2' }, /^holdout "0.2": must be a number$/],
      [{ cv: '5' }, /^cv "5": must be a number, or null$/],
      [{ cv: 1 }, /^cv 1: must be a whole number of folds/],
      [{ seed: Number.NaN }, /^seed NaN: must be a number$/],
      [{ penalty: 'l1' }, /^penalty "l1": must be ridge, lasso, elasticnet, none$/],
      [{ l1Ratio: 0.3 }, /^l1Ratio 0.3: only penalty "elasticnet" takes one/],
      [{ lambda: '0.1' }, /^lambda "0.1": must be a number, a list of numbers, or \{ count, minRatio \}$/],
      [{ lambda: [0.1, '0.2'] }, /^lambda "0.2": must be a number$/],
      [{ lambda: [0.1, 0.1] }, /^lambda 0.1: is given twice$/],
      [{ lambda: -1 }, /^lambda -1: must be a finite number from 0$/],
      [{ lambda: { size: 3 } }, /^unknown option "lambda.size"/],
      [{ lambda: { minRatio: 2 } }, /^lambda.minRatio 2: must be a number between 0 and 1$/],
      [{ lambda: { count: 0 } }, /^lambda.count 0: must be a whole number/],
      [{ upper: { a: 'x' } }, /^upper of "a" "x": must be a number$/],
      [{ upper: 3 }, /^upper 3: must be an object of columns and numbers$/],
      [{ lower: { missing: 0 } }, /^lower "missing"/],
      [{ threads: 0 }, /^threads 0: must be a whole number from 1$/],
      [{ csv: { delimiter: ';' } }, /^csv: the data are not a file; leave it out$/],
      [{ csv: { delimeter: ';' } }, /^unknown option "csv.delimeter"; did you mean delimiter\?$/],
      [{ select: 'test', holdout: 0 }, /^select test: .* or select aicc$/],
      [{ weights: 'zzz' }, /^weights "zzz"/],
      [{ features: ['zzz'] }, /^features "zzz"/],
      [{ target: 'z' }, /^target "z"/],
    ];
    for (const [options, message] of cases) {
      const error = await failureOf(() => fit(ROWS, { target: 'y', ...options } as never));
      expect(error, `${JSON.stringify(options)}: ${error.message}`).to.be.instanceOf(UsageError);
      expect(error.message).to.match(message).and.not.match(/--/);
    }
    for (const options of [undefined, null, 3, 'y', []]) {
      const error = await failureOf(() => fit(ROWS, options as never));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.match(/^options .*: must be an object$/);
    }
    expect((await failureOf(() => fit(ROWS, {} as never))).message).to.match(/^target is missing/);
  });

  it('are refused by every other function too', async () => {
    const report = await fit(ROWS, { target: 'y' });
    const wrong: (() => unknown)[] = [
      () => predict({} as never, ROWS),
      () => predict(undefined as never, ROWS),
      () => predict(report, 7 as never),
      () => predict(report, ROWS, { treshold: 0.5 } as never),
      () => predict(report, ROWS, { threshold: 0.5 }),
      () => predict(report, ROWS, { csv: { delimiter: ';' } }),
      () => evaluate(report, ROWS, { checkOnly: 1 } as never),
      () => evaluate({ ...report } as never, ROWS),
      () => verify(report, ROWS, { tolerance: '1' } as never),
      () => compare(report, {} as never),
      () => compare(report, report, { rtol: -1 }),
      () => select(ROWS, { targt: 'y' } as never),
      () => exportModel(report, {} as never),
      () => exportModel(report, { to: 'perl' } as never),
      () => exportModel(report, { to: 'js', table: 'x' }),
      () => exportModel(report, { to: 'sql', table: 'a..b' }),
      () => modelOf(report, 12345),
      () => modelOf({ ...report }),
      () => saveModel(report, ''),
      () => saveModel(3 as never, 'x.json'),
      () => loadModel(undefined as never),
      () => parseModel(7 as never),
      () => renderFit(report, { format: 'html' } as never),
      () => renderFit({} as never),
      () => readCsv(7 as never),
      () => readCsv('x.csv', { delimiter: ';;' }),
      () => readCsv('x.csv', { engine: null } as never),
    ];
    for (const call of wrong) {
      const error = await failureOf(call);
      expect(error, `${call}: ${error.message}`).to.be.instanceOf(UsageError);
      expect(error.message).to.not.match(/--/);
    }
  });

  it('stand in messages where the command line has flags, but not in names, which are data', () => {
    expect(inOptionWords('more than --max-levels 50; say --no-intercept')).to.equal(
      'more than maxLevels 50; say intercept: false',
    );
    expect(inOptionWords('column "--max-levels \\" --cv": give --lambda-min-ratio or --na')).to.equal(
      'column "--max-levels \\" --cv": give lambda.minRatio or csv.na',
    );
  });
});
