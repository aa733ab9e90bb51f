import { expect } from 'chai';
import type { GaussianMetrics } from '../../src/fit/fit-report.js';
import type { FitOptions } from '../../src/options/options.js';
import { codes, fitAll, named, regression } from '../fit/fit-helpers.js';

const { x, y } = regression(60, 6, 1);
const wide = regression(20, 50, 2);
const classes = y.map((value, i) => (value + (i % 5) - 2 > 2 ? 1 : 0));
const wideClasses = wide.y.map((value) => (value > 2 ? 1 : 0));
const w = y.map((_, i) => i % 4);

/** The largest correlation of a column with the target, and the rank of the columns about their means. */
const correlation = (a: readonly number[], b: readonly number[]) => {
  const mean = (c: readonly number[]) => c.reduce((s, value) => s + value, 0) / c.length;
  const [p, q] = [a.map((value) => value - mean(a)), b.map((value) => value - mean(b))];
  const inner = (c: readonly number[], d: readonly number[]) =>
    c.reduce((s, value, i) => s + value * d[i], 0);
  return Math.abs(inner(p, q)) / Math.sqrt(inner(p, p) * inner(q, q));
};

type Case = [string, Parameters<typeof fitAll>[0], number, Partial<FitOptions>];
const GAUSSIAN: Case[] = [
  ['tall', named(x, y), 6, {}],
  ['wide', named(wide.x, wide.y), 19, {}],
  ['weighted, some rows by 0', { ...named(x, y), w }, 6, { weights: 'w' }],
  [
    'with factors',
    named(x, y),
    6,
    {
      penaltyFactor: [
        ['x1', 100],
        ['x2', 0.01],
      ],
    },
  ],
  ['with a column twice and a constant one', { ...named(x, y), copy: x[0], one: x[0].map(() => 1) }, 6, {}],
  ['one-hot', { g: x[0].map((_, i) => 'abc'[i % 3]), ...named(x, y) }, 8, {}],
  [
    'not standardized',
    named(
      x.map((c, j) => c.map((value) => value * 10 ** j)),
      y,
    ),
    6,
    { standardize: false },
  ],
  [
    'not standardized, columns 1e6 apart',
    named(
      x.map((c, j) => c.map((value) => value * 1e-6 ** (j % 2))),
      y,
    ),
    6,
    { standardize: false },
  ],
];
const BINOMIAL: Case[] = [
  ['tall', named(x, classes), 6, {}],
  [
    'with factors',
    named(x, classes),
    6,
    {
      penaltyFactor: [
        ['x1', 100],
        ['x2', 0.01],
      ],
    },
  ],
];

describe('a ridge grid', () => {
  for (const [what, columns, rank, options] of [...GAUSSIAN, ...BINOMIAL]) {
    it(`goes from below two percent of the degrees of freedom to above 98: ${what}`, async () => {
      const { path, warnings } = await fitAll(columns, { penalty: 'ridge', ...options });
      expect(path.length).to.equal(100);
      expect(path[0].df / rank).to.be.within(0, 0.02);
      expect(path[99].df / rank).to.be.within(0.98, 1);
      for (const point of path) expect(point.certified, `lambda ${point.lambda}`).to.equal(true);
      expect(warnings.map(({ code }) => code)).not.to.include('not-certified');
    });
  }

  it('counts degrees of freedom beside unpenalised features and without an intercept too', async () => {
    const free = await fitAll(named(x, y), { penalty: 'ridge', penaltyFactor: [['x3', 0]] });
    expect(free.path[0].df).to.be.within(1, 1 + 0.02 * 5);
    expect(free.path[99].df).to.be.within(1 + 0.98 * 5, 6);
    const through = await fitAll(named(x, y), { penalty: 'ridge', intercept: false });
    expect(through.path[0].df).to.be.below(0.02 * 6);
    expect(through.path[99].df).to.be.above(0.98 * 6);
  });

  it("holds glmnet's own, of the target divided by its deviation, for rows that outnumber features and for others", async () => {
    for (const [columns, data, target, ratio] of [
      [named(x, y), x, y, 1e-4],
      [named(wide.x, wide.y), wide.x, wide.y, 1e-2],
    ] as const) {
      const { path } = await fitAll(columns, { penalty: 'ridge' });
      const largest = 1000 * Math.max(...data.map((column) => correlation(column, target)));
      expect(path[0].lambda).to.be.at.least(largest * (1 - 1e-9));
      expect(path[99].lambda).to.be.at.most(largest * ratio * (1 + 1e-9));
    }
    for (const [columns, target, data] of [
      [named(x, classes), classes, x],
      [named(wide.x, wideClasses), wideClasses, wide.x],
    ] as const) {
      const { path } = await fitAll(columns, { penalty: 'ridge', family: 'binomial' });
      const lasso = await fitAll(columns, { penalty: 'lasso', family: 'binomial' });
      const ratio = target.length >= data.length ? 1e-4 : 1e-2;
      expect(path[0].lambda).to.be.at.least(1000 * lasso.lambdaMax * (1 - 1e-9));
      expect(path[99].lambda).to.be.at.most(1000 * lasso.lambdaMax * ratio * (1 + 1e-9));
    }
  });

  for (const [what, columns, , options] of GAUSSIAN) {
    it(`is the same for a target in any unit, with the same errors in it: ${what}`, async () => {
      const given = { penalty: 'ridge', holdout: 0.25, ...options } as const;
      const target = Array.from(columns.y as number[]);
      const one = await fitAll(columns, given);
      for (const unit of [1000, 1e-9, 1 / 3, -7e12]) {
        const other = await fitAll({ ...columns, y: target.map((value) => value * unit + 5 * unit) }, given);
        expect(other.path.map(({ lambda }) => lambda)).to.deep.equal(one.path.map(({ lambda }) => lambda));
        expect(other.lambdaMax).to.equal(one.lambdaMax);
        other.path.forEach(({ test }, k) => {
          expect((test as GaussianMetrics).r2).to.be.closeTo((one.path[k].test as GaussianMetrics).r2!, 1e-7);
        });
      }
    });
  }

  it('is that of the features alone with bounds, whichever solver they take', async () => {
    for (const columns of [named(x, y), named(wide.x, wide.y), named(x, classes)]) {
      const free = await fitAll(columns, { penalty: 'ridge' });
      const bounded = await fitAll(columns, { penalty: 'ridge', lower: [['x1', -1e6]] });
      expect(bounded.path.map(({ lambda }) => lambda)).to.deep.equal(free.path.map(({ lambda }) => lambda));
    }
  });

  it('ends at the share of its beginning that is asked for, and tells where it begins beside a list too', async () => {
    const whole = await fitAll(named(x, y), { penalty: 'ridge' });
    const [first] = whole.path;
    expect(whole.lambdaMax).to.equal(first.lambda);
    const lambda = { kind: 'grid', count: 7, minRatio: 0.01 } as const;
    const short = await fitAll(named(x, y), { penalty: 'ridge', lambda });
    expect([short.path.length, short.path[0].lambda, short.path[6].lambda]).to.deep.equal([
      7,
      first.lambda,
      first.lambda * 0.01,
    ]);
    for (const penalty of ['ridge', 'elasticnet'] as const) {
      const options = { penalty, l1Ratio: 0, lambda: { kind: 'list', values: [3, 1] } } as const;
      expect((await fitAll(named(x, y), options)).lambdaMax).to.equal(first.lambda);
    }
  });

  it('has the one lambda 0 where nothing varies', async () => {
    const constant = { x1: y.map(() => 3), x2: y.map(() => 5), y };
    const report = await fitAll(constant, { penalty: 'ridge' });
    expect(report.path.map(({ lambda }) => lambda)).to.deep.equal([0]);
    expect(codes(report)).to.include('no-penalised-feature');
  });
});
