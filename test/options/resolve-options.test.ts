import { expect } from 'chai';
import { UsageError } from '../../src/errors.js';
import type { FitOptions } from '../../src/options/options.js';
import { resolveOptions } from '../../src/options/resolve-options.js';

const refused = (options: Record<string, unknown>, message: string) => {
  expect(() => resolveOptions({ target: 'y', ...options } as FitOptions)).to.throw(UsageError, message);
};

describe('resolveOptions', () => {
  it('fills in the defaults of the contract', () => {
    const { missing, family, penalty, l1Ratio, standardize, intercept, lambda, ...rest } = resolveOptions({
      target: 'y',
    });
    expect({ missing, family, penalty, l1Ratio, standardize, intercept }).to.deep.equal({
      missing: 'drop',
      family: 'auto',
      penalty: 'lasso',
      l1Ratio: 0.5,
      standardize: true,
      intercept: true,
    });
    expect(lambda).to.deep.equal({ kind: 'grid', count: 100, minRatio: null });
    expect([rest.tolerance, rest.maxIterations, rest.holdout, rest.seed, rest.maxLevels]).to.deep.equal([
      1e-6, 100_000, 0.2, 1, 50,
    ]);
  });

  it('refuses a key that is no option, with a near one', () => {
    refused({ penatly: 'ridge' }, 'unknown option "penatly"; did you mean penalty?');
    refused({ xyzzy: 1 }, 'unknown option "xyzzy"; the options are target, features');
  });

  it('takes an option that is undefined for one that was not given', () => {
    const options = { target: 'y', seed: undefined, penalty: undefined } as unknown as FitOptions;
    expect(resolveOptions(options)).to.deep.equal(resolveOptions({ target: 'y' }));
  });

  it('refuses words that it does not know, naming the option, the value and the choices', () => {
    refused({ penalty: 'rigde' }, 'penalty "rigde": must be ridge, lasso, elasticnet, none');
    refused({ missing: 'skip' }, 'missing "skip": must be drop, error, mean, median');
    refused({ family: 'poisson' }, 'family "poisson": must be auto, gaussian, binomial');
    refused({ select: 'best' }, 'select "best"');
    refused({ target: '' }, 'target ""');
  });

  it('refuses numbers out of range', () => {
    for (const l1Ratio of [-0.1, 1.1, Number.NaN]) refused({ l1Ratio }, 'l1Ratio');
    for (const tolerance of [0, 1, -1, Number.NaN]) refused({ tolerance }, 'tolerance');
    for (const maxIterations of [0, 1.5, Number.NaN, Infinity]) refused({ maxIterations }, 'maxIterations');
    for (const holdout of [-0.2, 1.5, Number.NaN, Infinity]) refused({ holdout }, 'holdout');
    for (const seed of [-1, 0.5, 2 ** 32, Number.NaN]) refused({ seed }, 'seed');
    for (const maxLevels of [0, 2.5, Number.NaN]) refused({ maxLevels }, 'maxLevels');
    for (const f of [-1, Infinity, Number.NaN]) refused({ penaltyFactor: [['a', f]] }, 'penaltyFactor of a');
    for (const x of [0.1, Number.NaN]) refused({ lower: [['a', x]] }, 'lower bound of a');
    for (const x of [-0.1, Number.NaN]) refused({ upper: [['a', x]] }, 'upper bound of a');
  });

  it('takes the ends of each range', () => {
    for (const options of [
      { l1Ratio: 0 },
      { l1Ratio: 1 },
      { holdout: 0 },
      { holdout: 5 },
      { seed: 0 },
      { seed: 2 ** 32 - 1 },
      { penaltyFactor: [['a', 0]] },
      { lower: [['a', 0]], upper: [['a', 0]] },
    ] as Partial<FitOptions>[]) {
      expect(resolveOptions({ target: 'y', ...options })).to.include(options);
    }
  });

  it('refuses lambdas that are negative, infinite, repeated or none', () => {
    const list = (...values: number[]) => ({ lambda: { kind: 'list', values } });
    refused(list(), 'lambda: the list is empty');
    refused(list(1, -1), 'lambda -1: must be a finite number from 0');
    refused(list(Infinity), 'lambda Infinity');
    refused(list(Number.NaN), 'lambda NaN');
    refused(list(1, 0.5, 1), 'lambda 1: is given twice');
    refused({ lambda: { kind: 'grid', count: 0, minRatio: null } }, 'lambda count 0');
    for (const minRatio of [0, 1, Number.NaN])
      refused({ lambda: { kind: 'grid', count: 3, minRatio } }, 'lambda-min-ratio');
  });
});
