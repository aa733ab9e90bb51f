import { expect } from 'chai';
import { fit } from '../../src/fit/fit.js';
import type { BinomialMetrics, GaussianMetrics } from '../../src/fit/fit-report.js';
import type { FitOptions } from '../../src/options/options.js';
import { tableOf } from '../features/tables.js';
import { named, predictions, regression } from '../fit/fit-helpers.js';

/** As many cells as compiled kernels ask for, with test rows. */
const { x, y } = regression(7000, 25, 4);
const table = tableOf(named(x, y));
const OPTIONS: FitOptions = { target: 'y', lambda: { kind: 'grid', count: 30, minRatio: null } };

describe('the metrics of a large linear fit', () => {
  it('are the errors of its own predictions', async () => {
    const first = 5600;
    const part = (from: number, to?: number) =>
      tableOf(
        named(
          x.map((c) => c.slice(from, to)),
          y.slice(from, to),
        ),
      );
    const report = await fit(part(0, first), { ...OPTIONS, penalty: 'ridge' }, { testTable: part(first) });
    for (const point of report.path) {
      for (const [metrics, from, to] of [
        [point.train, 0, first],
        [point.test, first, y.length],
      ] as const) {
        const { mse, mae, r2 } = metrics as GaussianMetrics;
        const rows = y.slice(from, to);
        const errors = predictions(
          point,
          x.map((c) => c.slice(from, to)),
        ).map((p, i) => rows[i] - p);
        const mean = (values: readonly number[]) => values.reduce((s, value) => s + value, 0) / values.length;
        const expected = mean(errors.map((e) => e * e));
        const variance = mean(rows.map((value) => (value - mean(rows)) ** 2));
        expect(mse).to.be.closeTo(expected, 1e-10 * expected);
        expect(mae).to.be.closeTo(mean(errors.map(Math.abs)), 1e-10 * expected);
        expect(r2).to.be.closeTo(1 - expected / variance, 1e-9);
      }
    }
  });

  for (const penalty of ['lasso', 'ridge'] as const) {
    it(`leave out the mean absolute error where no table shows it, and nothing else: ${penalty}`, async () => {
      const all = await fit(table, { ...OPTIONS, penalty });
      const shown = await fit(table, { ...OPTIONS, penalty }, { metrics: 'shown' });
      expect(shown.path.map(({ train }) => (train as GaussianMetrics).mae)).to.deep.equal(
        Array(30).fill(null),
      );
      const withoutMae = ({ path, ...rest }: typeof all) => ({
        ...rest,
        path: path.map((point) => ({
          ...point,
          train: { ...point.train, mae: null },
          test: { ...point.test, mae: null },
        })),
      });
      expect(withoutMae(shown)).to.deep.equal(withoutMae(all));
    });
  }
});

describe('the metrics of a large logistic fit', () => {
  const classes = y.map((value, i) => (value > 3 * Math.sin(i) ? 1 : 0));
  const labelled = tableOf(named(x, classes));
  const withoutArea = ({ path, ...rest }: Awaited<ReturnType<typeof fit>>) => ({
    ...rest,
    path: path.map((point) => ({ ...point, train: { ...point.train, auc: null } })),
  });

  it('leave out the area of the training rows where tables show that of the test rows, and nothing else', async () => {
    const all = await fit(labelled, OPTIONS);
    const shown = await fit(labelled, OPTIONS, { metrics: 'shown' });
    expect(all.path.every(({ train }) => (train as BinomialMetrics).auc !== null)).to.equal(true);
    expect(shown.path.every(({ train }) => (train as BinomialMetrics).auc === null)).to.equal(true);
    expect(withoutArea(shown)).to.deep.equal(withoutArea(all));
  });

  it('have that area where there are no test rows', async () => {
    const options = { ...OPTIONS, holdout: 0 };
    expect(await fit(labelled, options, { metrics: 'shown' })).to.deep.equal(await fit(labelled, options));
  });
});
