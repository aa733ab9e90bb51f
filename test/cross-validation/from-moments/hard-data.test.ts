import { expect } from 'chai';
import { fit } from '../../../src/fit/fit.js';
import type { FitReport, GaussianMetrics } from '../../../src/fit/fit-report.js';
import type { FitOptions } from '../../../src/options/options.js';
import { tableOf } from '../../features/tables.js';
import { named, predictions } from '../../fit/fit-helpers.js';
import { normal } from '../../solvers/random-problem.js';

/** As many cells as compiled kernels ask for. */
const ROWS = 6000;
const COLUMNS = 25;

/** Steps of 2^-10: a power of two can be added to such numbers, and none of their digits is lost. */
const stepped = (value: number) => Math.round(value * 1024) / 1024;

interface Data {
  readonly x: number[][];
  readonly y: number[];
  readonly w: number[];
}

function drawn(noise: number): Data {
  const random = normal(11);
  const x = Array.from({ length: COLUMNS }, () => Array.from({ length: ROWS }, () => stepped(random())));
  const y = Array.from({ length: ROWS }, (_, i) =>
    x.reduce((s, column, j) => s + (j % 3) * column[i], 2 + noise * random()),
  );
  return { x, y, w: Array.from({ length: ROWS }, (_, i) => i % 4) };
}

/** Training rows alone, and no metric that no table shows: what is null then, sums have done without the rows. */
function fitted({ x, y, w }: Data, options: Partial<FitOptions> = {}): Promise<FitReport> {
  const given: FitOptions = {
    target: 'y',
    holdout: 0,
    lambda: { kind: 'grid', count: 30, minRatio: null },
    ...options,
  };
  const columns = options.weights === undefined ? named(x, y) : { ...named(x, y), w };
  return fit(tableOf(columns), given, { metrics: 'shown' });
}

const trainOf = ({ path }: FitReport) => path.map(({ train }) => train as GaussianMetrics);
const byRows = (report: FitReport) => trainOf(report).map(({ mae }) => mae !== null);

/** mse of the report's own predictions, on the scale of the columns. */
function errorsOf({ x, y }: Data, { path }: FitReport, weight: (i: number) => number): number[] {
  const total = y.reduce((s, _, i) => s + weight(i), 0);
  return path.map((point) =>
    predictions(point, x).reduce((s, p, i) => s + (weight(i) * (y[i] - p) ** 2) / total, 0),
  );
}

function expectErrors(report: FitReport, expected: readonly number[], within: number): void {
  for (const [k, { mse }] of trainOf(report).entries()) {
    expect(Math.abs(mse - expected[k]) / expected[k], `error ${k}`).to.be.at.most(within);
  }
  for (const { certified, kkt } of report.path) expect(certified, `kkt ${kkt}`).to.equal(true);
}

describe('a large linear fit by sums', () => {
  const noisy = drawn(1);
  const one = () => 1;
  const CASES: Record<string, Partial<FitOptions>> = {
    'as it is': {},
    'without an intercept': { intercept: false },
    'without standardization': { standardize: false },
    'without either': { intercept: false, standardize: false },
    'with an elastic net': { penalty: 'elasticnet' },
    'as a ridge': { penalty: 'ridge' },
  };
  for (const [name, options] of Object.entries(CASES)) {
    it(`has the errors of its predictions ${name}`, async () => {
      const report = await fitted(noisy, options);
      expect(byRows(report)).not.to.include(true);
      expectErrors(report, errorsOf(noisy, report, one), 1e-9);
    });
  }

  it('weighs the rows, those of no weight too', async () => {
    const report = await fitted(noisy, { weights: 'w' });
    expect(byRows(report)).not.to.include(true);
    expectErrors(
      report,
      errorsOf(noisy, report, (i) => i % 4),
      1e-9,
    );
  });

  it('keeps its digits where columns and target are far from 0', async () => {
    const plain = await fitted(noisy);
    const far = 2 ** 30;
    const x = noisy.x.map((column) => column.map((value) => value + far));
    const report = await fitted({ ...noisy, x });
    expect(byRows(report)).not.to.include(true);
    expectErrors(
      report,
      trainOf(plain).map(({ mse }) => mse),
      1e-9,
    );
    const raised = await fitted({ ...noisy, y: noisy.y.map((value) => value + 2 ** 16) });
    expect(byRows(raised)).not.to.include(true);
    expectErrors(
      raised,
      trainOf(plain).map(({ mse }) => mse),
      1e-9,
    );
  });

  it('goes by the rows where their own rounding is too much to hold sums against them', async () => {
    const raised = await fitted({ ...noisy, y: noisy.y.map((value) => stepped(value) + 2 ** 30) });
    expect(byRows(raised)).not.to.include(false);
    for (const { certified } of raised.path) expect(certified).to.equal(true);
  });

  it('keeps its digits where columns have very different units', async () => {
    const units = noisy.x.map((column, j) => column.map((value) => value * 2 ** (20 * ((j % 3) - 1))));
    for (const standardize of [true, false]) {
      for (const penalty of ['lasso', 'ridge'] as const) {
        const report = await fitted({ ...noisy, x: units }, { standardize, penalty });
        const data = { ...noisy, x: units };
        expectErrors(report, errorsOf(data, report, one), 1e-9);
      }
    }
  });

  it('leaves the rows to tell how small the errors of a nearly perfect fit are', async () => {
    const perfect = drawn(1e-7);
    const report = await fitted(perfect, { lambda: { kind: 'list', values: [1e-8, 1e-9] } });
    expect(byRows(report)).to.deep.equal([true, true]);
    expectErrors(report, errorsOf(perfect, report, one), 1e-6);
  });
});
