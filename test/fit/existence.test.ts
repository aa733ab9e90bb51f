import { expect } from 'chai';
import type { FitReport, PathPoint } from '../../src/fit/fit-report.js';
import { normal } from '../solvers/random-problem.js';
import { type Columns, codes, fitAll, fitAt } from './fit-helpers.js';

/** Classes by chance, but for a flag that is 1 in a few rows of class 1 only. */
function flagged(rows: number, columns: number): Columns {
  const random = normal(rows);
  const y = Array.from({ length: rows }, () => Number(random() > 0));
  const flag = y.map((label, i) => Number(label === 1 && i % 10 === 0));
  const others = Array.from({ length: columns }, (_, j) => [`x${j}`, y.map(() => random())] as const);
  return { flag, ...Object.fromEntries(others), y };
}

const FREE = [['flag', 0]] as const;

/** Nothing is certified, and one warning says why. */
function expectSeparated(report: FitReport): void {
  expect(report.path.map(({ certified }) => certified)).not.to.include(true);
  const warnings = report.warnings.filter(({ code }) => !code.startsWith('selected-'));
  expect(warnings.map(({ code }) => code)).to.deep.equal(['separation']);
  expect(warnings[0].message).to.include('("flag")');
}

describe('a path whose unpenalised feature separates the classes', () => {
  for (const penalty of ['lasso', 'ridge', 'elasticnet'] as const) {
    it(`has no certified row and one warning: ${penalty}`, async () => {
      expectSeparated(await fitAll(flagged(200, 2), { penalty, penaltyFactor: FREE }));
    });
  }

  it('has none on compiled kernels either', async () => {
    const lambda = { kind: 'grid', count: 10, minRatio: null } as const;
    for (const penalty of ['lasso', 'ridge'] as const) {
      expectSeparated(await fitAll(flagged(8000, 20), { penalty, lambda, penaltyFactor: FREE }));
    }
  });

  it('has certified rows once a bound holds the feature', async () => {
    const report = await fitAll(flagged(200, 2), { penaltyFactor: FREE, upper: [['flag', 4]] });
    expect(report.path.map(({ certified }) => certified)).not.to.include(false);
    expect(codes(report)).not.to.include('separation');
  });
});

describe('selection', () => {
  it('passes over a row without a certificate while another has one', async () => {
    const table = flagged(200, 2);
    const lambda = { kind: 'list', values: [0.05, 0] } as const;
    const report = await fitAll(table, { penalty: 'ridge', lambda, select: 'aicc' });
    expect(report.path.map(({ certified }) => certified)).to.deep.equal([true, false]);
    // The error falls without end where lambda is 0, so the criterion alone would take that row.
    expect(report.path[1].train).to.have.property('logLoss').below(errorOf(report.path[0]));
    expect(report.selected.index).to.equal(0);
    expect(report.warnings[0].message).to.include('leave lambda 0 out');
  });
});

const errorOf = ({ train }: PathPoint) => ('logLoss' in train ? train.logLoss : Number.NaN);

describe('without an intercept', () => {
  const ones = [1, 1, 1, 1, 1];
  const b = [0, 1, 2, 3, 4];

  it('a constant column is a feature, as the column of ones of a design by hand', async () => {
    const y = b.map((x) => 1 + 2 * x);
    for (const penalty of ['none', 'ridge', 'lasso'] as const) {
      const point = await fitAt({ a: ones, b, y }, 0, { penalty, intercept: false });
      expect(point.coefficients[0]).to.be.closeTo(1, 1e-12);
      expect(point.coefficients[1]).to.be.closeTo(2, 1e-12);
      expect(point.certified).to.equal(true);
    }
  });

  it('it is penalised by its size, so that its unit does not matter', async () => {
    const y = [3, 1, 4, 1, 5];
    const at = (a: number[]) => fitAt({ a, b, y }, 0.3, { penalty: 'lasso', intercept: false });
    const [small, large] = [await at(ones), await at(ones.map(() => -1000))];
    expect(large.coefficients[0]).to.be.closeTo(-small.coefficients[0] / 1000, 1e-12);
    expect(large.coefficients[1]).to.be.closeTo(small.coefficients[1], 1e-12);
    expect(small.coefficients[0]).not.to.equal(0);
  });

  it('a column of zeros is none, and a constant beside an intercept neither', async () => {
    const y = [3, 1, 4, 1, 5];
    const zeros = await fitAll({ a: ones.map(() => 0), b, y }, { intercept: false });
    const beside = await fitAll({ a: ones, b, y });
    for (const report of [zeros, beside]) {
      expect(codes(report)).to.include('constant-features');
      expect(report.path.map(({ coefficients }) => coefficients[0])).to.deep.equal(report.path.map(() => 0));
    }
  });

  it('a constant target is well posed, unless it is 0', async () => {
    const point = await fitAt({ b: [1, 2, 3, 4], y: [6, 6, 6, 6] }, 0, { penalty: 'none', intercept: false });
    // sum b y / sum b^2
    expect(point.coefficients[0]).to.be.closeTo(60 / 30, 1e-12);
    expect(point.certified).to.equal(true);
    let message = '';
    await fitAll({ b: [1, 2, 3, 4], y: [0, 0, 0, 0] }, { intercept: false }).catch((error: Error) => {
      message = error.message;
    });
    expect(message).to.include('is "0" in every training row');
  });

  it('solutions are certified where the target is far from 0', async () => {
    const random = normal(5);
    const x = Array.from({ length: 3 }, () => Array.from({ length: 40 }, random));
    const y = x[0].map((value) => 1e6 + value + random());
    const columns = { a: x[0], b: x[1], c: x[2], y };
    for (const penalty of ['lasso', 'ridge'] as const) {
      const report = await fitAll(columns, { penalty, intercept: false });
      expect(report.path.map(({ certified }) => certified)).not.to.include(false);
    }
  });

  it('cross-validation follows where a column is constant in what is left of a fold', async () => {
    const random = normal(8);
    const rows = 24;
    // Constant but for one row: without the fold of that row the column is a constant.
    const a = Array.from({ length: rows }, (_, i) => (i === 7 ? 3 : 2));
    const c = Array.from({ length: rows }, random);
    const y = a.map((value, i) => value + c[i] + 0.1 * random());
    const options = { intercept: false, cv: rows, lambda: { kind: 'list', values: [0.01] } } as const;
    for (const penalty of ['ridge', 'lasso'] as const) {
      const report = await fitAll({ a, c, y }, { ...options, penalty });
      let total = 0;
      for (let out = 0; out < rows; out++) {
        const rest = (x: number[]) => x.filter((_, i) => i !== out);
        const fold = await fitAt({ a: rest(a), c: rest(c), y: rest(y) }, 0.01, { penalty, intercept: false });
        total += (y[out] - fold.coefficients[0] * a[out] - fold.coefficients[1] * c[out]) ** 2;
      }
      expect(report.path[0].cv?.mean).to.be.closeTo(total / rows, 1e-9);
    }
  });
});

describe('without standardization', () => {
  /** The violation of the KKT conditions in the units of each column standardized, from its definition. */
  function violation(
    x: readonly number[][],
    y: readonly number[],
    lambda: number,
    l1Ratio: number,
    { coefficients, intercept }: PathPoint,
  ): number {
    const n = y.length;
    const mean = (v: readonly number[]) => v.reduce((s, value) => s + value / n, 0);
    const residual = y.map(
      (value, i) => value - x.reduce((s, c, j) => s + coefficients[j] * c[i], intercept),
    );
    const centred = y.map((value) => value - mean(y));
    let worst = Math.abs(mean(residual));
    let unit = 0;
    x.forEach((column, j) => {
      const m = mean(column);
      const scale = Math.sqrt(mean(column.map((value) => (value - m) ** 2)));
      const product = (r: readonly number[]) => mean(column.map((value, i) => ((value - m) / scale) * r[i]));
      const b = coefficients[j];
      const slope = product(residual) - (lambda * (1 - l1Ratio) * b) / scale;
      const threshold = (lambda * l1Ratio) / scale;
      worst = Math.max(
        worst,
        b === 0 ? Math.abs(slope) - threshold : Math.abs(slope - threshold * Math.sign(b)),
      );
      unit = Math.max(unit, Math.abs(product(centred)));
    });
    return worst / unit;
  }

  for (const [penalty, l1Ratio] of [
    ['lasso', 1],
    ['ridge', 0],
    ['elasticnet', 0.5],
  ] as const) {
    it(`each column is solved and certified in its own unit: ${penalty}`, async () => {
      const random = normal(6);
      const rows = 50;
      const x = [1, 1e6, 1e-6].map((unit) => Array.from({ length: rows }, () => unit * random()));
      const y = x[0].map((value, i) => value + x[1][i] / 1e6 + x[2][i] * 1e6 + random());
      for (const lambda of [1e-13, 1e-7, 1e-3, 1]) {
        const point = await fitAt({ a: x[0], b: x[1], c: x[2], y }, lambda, { penalty, standardize: false });
        expect(point.certified).to.equal(true);
        expect(violation(x, y, lambda, l1Ratio, point)).to.be.at.most(1e-6);
        expect(point.kkt).to.be.at.most(1e-6);
      }
    });
  }
});
