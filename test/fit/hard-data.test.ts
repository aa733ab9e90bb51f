import { expect } from 'chai';
import type { PenaltyName } from '../../src/options/vocabulary.js';
import { renderFit } from '../../src/report/render.js';
import { normal } from '../solvers/random-problem.js';
import { type Columns, codes, fitAll, fitAt, named, predictions, regression } from './fit-helpers.js';

const random = normal(77);
const base = Array.from({ length: 5 }, () => Array.from({ length: 30 }, random));
const y = base[0].map((value, i) => value - 2 * base[1][i] + 0.5 * random());
const label = y.map((value, i) => ((i % 7 === 0 ? -value : value) > 0 ? 1 : 0));
const level = y.map((_, i) => 'abcd'[i % 4]);

const HARD: [string, Columns][] = [
  [
    'scales from 1e12 to 1e-9',
    { big: base[0].map((v) => 1e12 + 1e9 * v), small: base[1].map((v) => 1e-9 * v) },
  ],
  ['a huge mean', { far: base[0].map((v) => 1e12 + Math.round(8 * v)), x: base[1] }],
  ['duplicates and multiples', { a: base[0], b: base[0], c: base[0].map((v) => -1000 * v), d: base[1] }],
  [
    'a column that is the sum of others',
    { a: base[0], b: base[1], sum: base[0].map((v, i) => v + base[1][i]) },
  ],
  ['one-hot sets', { g: level, h: level.toReversed(), x: base[0] }],
  ['constant columns', { one: base[0].map(() => 1), tenth: base[0].map(() => 0.1), x: base[0] }],
  ['a nearly constant column', { near: base[0].map((_, i) => (i === 3 ? 1 + 1e-12 : 1)), x: base[0] }],
  ['nearly equal columns', { a: base[0], b: base[0].map((v, i) => v + 1e-7 * base[2][i]), c: base[1] }],
  [
    'powers',
    Object.fromEntries([1, 2, 3, 4, 5, 6].map((k) => [`p${k}`, base[0].map((_, i) => (i + 1) ** k)])),
  ],
];

for (const [kind, columns] of HARD) {
  describe(`data with ${kind}`, () => {
    for (const penalty of ['ridge', 'lasso', 'elasticnet', 'none'] as PenaltyName[]) {
      it(`are certified along the ${penalty} path, gaussian and binomial`, async () => {
        for (const target of [y, label]) {
          const report = await fitAll({ ...columns, y: target }, { penalty });
          if (codes(report).includes('separation')) continue;
          for (const { kkt, certified, df } of report.path) {
            expect(kkt).to.be.at.most(1e-6);
            expect(certified).to.equal(true);
            expect(df).to.be.at.least(0);
          }
        }
      });
    }

    it('are certified near lambda 0 too', async () => {
      for (const penalty of ['ridge', 'lasso'] as PenaltyName[]) {
        const { path } = await fitAll(
          { ...columns, y },
          { penalty, lambda: { kind: 'list', values: [1e-6, 1e-9, 1e-12, 0] } },
        );
        expect(path.map(({ certified }) => certified)).to.deep.equal([true, true, true, true]);
      }
    });
  });
}

describe('dependent columns without a penalty', () => {
  it('share the coefficient, and the warning says the rank', async () => {
    const report = await fitAll({ a: base[0], b: base[0], y }, { penalty: 'none' });
    const [{ coefficients }] = report.path;
    expect(coefficients[0]).to.be.closeTo(coefficients[1], 1e-12);
    expect(codes(report)).to.deep.equal(['rank-deficient']);
    expect(report.warnings[0].message).to.include('rank 1 in 2 features');
  });

  it('predict what independent ones do', async () => {
    const alone = await fitAt(named(base.slice(0, 2), y), 0, { penalty: 'none' });
    const sum = base[0].map((v, i) => v + base[1][i]);
    const all = [base[0], base[1], sum];
    const together = await fitAt(named(all, y), 0, { penalty: 'none' });
    const expected = predictions(alone, base.slice(0, 2));
    predictions(together, all).forEach((value, i) => {
      expect(value).to.be.closeTo(expected[i], 1e-12);
    });
  });

  it('interpolate where columns outnumber rows', async () => {
    const wide = regression(6, 15, 5);
    const report = await fitAll(named(wide.x, wide.y), { penalty: 'none' });
    expect(report.path[0].certified).to.equal(true);
    expect(report.path[0].df).to.equal(5);
    predictions(report.path[0], wide.x).forEach((value, i) => {
      expect(value).to.be.closeTo(wide.y[i], 1e-12);
    });
  });
});

describe('constant columns', () => {
  it('keep their place with coefficient 0 and a warning', async () => {
    const report = await fitAll({ one: y.map(() => 0.1), x: base[0], y });
    expect(report.features).to.deep.equal(['one', 'x']);
    for (const { coefficients } of report.path) expect(coefficients[0]).to.equal(0);
    const about = report.warnings.filter(({ code }) => code === 'constant-features');
    expect(about.map(({ message }) => message)).to.deep.equal([
      '1 of 2 features are constant in the training rows and get coefficient 0: "one"',
    ]);
  });
});

describe('very few rows', () => {
  for (const rows of [2, 3, 4, 5]) {
    it(`are fitted by every penalty: ${rows} rows, 1 column and 3`, async () => {
      const few = regression(rows, 3, rows);
      for (const columns of [few.x.slice(0, 1), few.x]) {
        for (const penalty of ['ridge', 'lasso', 'elasticnet', 'none'] as PenaltyName[]) {
          const report = await fitAll(named(columns, few.y), { penalty, family: 'gaussian' });
          expect(report.path.every(({ certified }) => certified)).to.equal(true);
          expect(report.selected.index).to.be.within(0, report.path.length - 1);
          const target = few.y.map((_, i) => i % 2);
          const binary = await fitAll(named(columns, target), { penalty });
          if (penalty !== 'none') expect(binary.path.every(({ certified }) => certified)).to.equal(true);
        }
      }
    });
  }

  it('too few for the criterion are said to be so', async () => {
    const report = await fitAll({ x: [1, 2, 4], y: [1, 3, 2] }, { family: 'gaussian' });
    expect(codes(report)).to.include('aicc-undefined');
    expect(report.selected.index).to.equal(0);
    const text = [...(await renderFit(report, { width: 300 }))].join('');
    expect(text).to.include('(the largest, for the AICc is undefined at every lambda)');
    expect(text).not.to.include('smallest AICc').and.not.to.include('rows chose');
  });

  it('is not certified in the digits of the tables', async () => {
    const { x, y } = regression(60, 6, 3);
    const report = await fitAll(named(x, y), { maxIterations: 1, tolerance: 1e-13, penalty: 'elasticnet' });
    const message = report.warnings.find(({ code }) => code === 'not-certified')?.message;
    expect(message).to.be.a('string');
    expect(message).not.to.match(/[1-9]\d{4}/);
  });
});

describe('extreme weights', () => {
  it('are certified, from 1e-12 to 1e12', async () => {
    const w = y.map((_, i) => 10 ** ((i % 25) - 12));
    for (const target of [y, label]) {
      for (const penalty of ['ridge', 'lasso'] as PenaltyName[]) {
        const report = await fitAll({ ...named(base, target), w }, { penalty, weights: 'w' });
        expect(report.path.every(({ certified }) => certified)).to.equal(true);
      }
    }
  });
});

describe('a column without relation to the target', () => {
  it('has a path all the same', async () => {
    const report = await fitAll({ x: [1, -1, 1, -1], y: [1, 1, -1, -1] }, { family: 'gaussian' });
    expect(codes(report)).to.include('no-penalised-feature');
    expect(report.path.every(({ certified }) => certified)).to.equal(true);
  });

  it('is certified where the relation is rounding only', async () => {
    for (const penalty of ['lasso', 'ridge', 'none'] as PenaltyName[]) {
      const report = await fitAll(
        { x: [0.1, 0.2, 0.3], y: [0.1, 0.7, 0.1] },
        { family: 'gaussian', penalty },
      );
      expect(report.path.every(({ certified }) => certified)).to.equal(true);
    }
  });
});

describe('extreme offsets', () => {
  it('do not stop a logistic fit', async () => {
    for (const size of [30, 300, 800]) {
      const o = y.map((_, i) => (i % 3 === 0 ? size : -size));
      const report = await fitAll(
        { ...named(base, label), o },
        { offset: 'o', lambda: { kind: 'list', values: [0.01] } },
      );
      // Where the loss has no curvature left in doubles the solution is at least not called certified.
      expect(report.path[0].kkt).to.satisfy(Number.isFinite);
      expect(report.path[0].certified).to.equal(size === 30);
      const shifted = y.map(() => size);
      const point = await fitAt({ ...named(base, label), o: shifted }, 0.01, { offset: 'o' });
      const plain = await fitAt(named(base, label), 0.01);
      expect(point.certified).to.equal(true);
      expect(point.intercept + size).to.be.closeTo(plain.intercept, 1e-6);
    }
  });
});
