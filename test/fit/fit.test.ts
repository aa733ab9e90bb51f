import { expect } from 'chai';
import { DataError, UsageError } from '../../src/errors.js';
import { fit } from '../../src/fit/fit.js';
import type { FitOptions } from '../../src/options/options.js';
import { tableOf } from '../features/tables.js';
import { normal } from '../solvers/random-problem.js';
import { type Columns, codes, fitAll, fitAt, named, predictions, regression } from './fit-helpers.js';

const { x, y } = regression(30, 3, 9);
const DATA = named(x, y);

async function refused(
  columns: Columns,
  options: Partial<FitOptions>,
  kind: typeof DataError | typeof UsageError,
  message: string,
  testColumns?: Columns,
): Promise<void> {
  let thrown: unknown = null;
  const testTable = testColumns === undefined ? null : tableOf(testColumns, 'test.csv');
  try {
    await fit(tableOf(columns), { target: 'y', ...options }, { testTable });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).to.be.instanceOf(kind);
  expect((thrown as Error).message).to.include(message);
}

describe('fit', () => {
  it('solves every lambda asked for, in decreasing order', async () => {
    const report = await fitAll(DATA, { lambda: { kind: 'list', values: [0, 0.5, 0.01] } });
    expect(report.path.map(({ lambda }) => lambda)).to.deep.equal([0.5, 0.01, 0]);
  });

  it('goes from lambdaMax down by the default ratio', async () => {
    const { path, lambdaMax } = await fitAll(DATA);
    expect(path.length).to.equal(100);
    expect([path[0].lambda, path[99].lambda]).to.deep.equal([lambdaMax, lambdaMax * 1e-4]);
    const wide = regression(5, 8, 2);
    const other = await fitAll(named(wide.x, wide.y));
    expect(other.path[99].lambda).to.equal(other.lambdaMax * 1e-2);
  });

  it('counts non-zero penalised features only', async () => {
    const report = await fitAll(DATA, { penaltyFactor: [['x2', 0]] });
    expect(report.path[0].nonzero).to.equal(0);
    expect(report.path[0].coefficients[1]).not.to.equal(0);
    expect(report.path[0].sparsity).to.equal(1);
    expect(report.path[99].nonzero).to.equal(2);
    expect(report.path[99].sparsity).to.be.closeTo(1 / 3, 1e-15);
  });

  it('reports norms of standardized coefficients', async () => {
    const { path, featureScale } = await fitAll(DATA);
    const { coefficients, l1Norm, l2Norm } = path[60];
    const standardized = Array.from(coefficients, (b, j) => b * featureScale[j]);
    expect(l1Norm).to.be.closeTo(
      standardized.reduce((s, b) => s + Math.abs(b), 0),
      1e-12,
    );
    expect(l2Norm).to.be.closeTo(Math.hypot(...standardized), 1e-12);
  });

  it('has the mean of the training rows as baseline', async () => {
    const { baseline } = await fitAll(DATA);
    const mean = y.reduce((a, b) => a + b, 0) / 30;
    const { mse, r2 } = baseline.train as { mse: number; r2: number };
    expect(mse).to.be.closeTo(y.reduce((s, v) => s + (v - mean) ** 2, 0) / 30, 1e-12);
    expect(r2).to.be.closeTo(0, 1e-14);
  });

  it('learns means, scales and lambdas from training rows only', async () => {
    const test = { x1: [1e9], x2: [-1e9], x3: [5], y: [7] };
    const alone = await fitAll(DATA);
    const report = await fit(tableOf(DATA), { target: 'y' }, { testTable: tableOf(test, 'test.csv') });
    expect(report.path.map(({ lambda }) => lambda)).to.deep.equal(alone.path.map(({ lambda }) => lambda));
    expect([...report.path[50].coefficients]).to.deep.equal([...alone.path[50].coefficients]);
    expect(report.split).to.deep.equal({ method: 'file', seed: null, train: 30, test: 1 });
    const { intercept, coefficients } = report.path[99];
    const at = intercept + coefficients[0] * 1e9 - coefficients[1] * 1e9 + coefficients[2] * 5;
    const { mae } = report.path[99].test as { mae: number };
    expect(mae / Math.abs(7 - at)).to.be.closeTo(1, 1e-9);
  });

  it('draws the same split for the same seed, another for another, and stratifies classes', async () => {
    const table = tableOf(DATA);
    const one = await fit(table, { target: 'y', seed: 5 });
    const two = await fit(table, { target: 'y', seed: 5 });
    const other = await fit(table, { target: 'y', seed: 6 });
    expect(two.path).to.deep.equal(one.path);
    expect(other.path[0].test).not.to.deep.equal(one.path[0].test);
    expect(one.split).to.deep.equal({ method: 'random', seed: 5, train: 24, test: 6 });
    const classes = y.map((_, i) => (i % 5 === 0 ? 'rare' : 'common'));
    const binary = await fit(tableOf(named(x, classes)), { target: 'y' });
    expect(binary.split.method).to.equal('stratified');
    const { accuracy } = binary.baseline.test as { accuracy: number };
    expect(accuracy).to.be.closeTo(5 / 6, 1e-15);
  });

  it('selects by test rows where there are some, else by aicc', async () => {
    const report = await fit(tableOf(DATA), { target: 'y' });
    expect(report.selected.rule).to.equal('test');
    const errors = report.path.map(({ test }) => (test as { mse: number }).mse);
    expect(report.selected.index).to.equal(errors.indexOf(Math.min(...errors)));
    expect((await fitAll(DATA)).selected.rule).to.equal('aicc');
    await refused(DATA, { holdout: 0, select: 'test' }, UsageError, '--select test: there are no test rows');
  });

  it('solves lambda 0 alone for penalty none', async () => {
    const report = await fitAll(DATA, { penalty: 'none' });
    expect(report.path.map(({ lambda }) => lambda)).to.deep.equal([0]);
    expect(report.lambdaMax).to.equal(0);
  });
});

describe('bounds', () => {
  it('are met exactly on the original scale', async () => {
    const random = normal(3);
    for (let trial = 0; trial < 40; trial++) {
      const scale = Math.exp(5 * random());
      const columns = named(
        [x[1].map((v) => scale * v), x[2]],
        y.map((v) => v + 1),
      );
      const bound = (0.1 * Math.abs(random())) / scale;
      const point = await fitAt(columns, 0, { upper: [['x1', bound]], lower: [['x2', -0.3]] });
      expect(point.coefficients[0]).to.equal(bound);
      expect(point.certified).to.equal(true);
    }
  });

  it('leave a coefficient alone that they do not touch, whatever the scale of its column', async () => {
    for (const scale of [1e-6, 1, 1e6]) {
      const columns = named([x[1].map((v) => scale * v)], y);
      const free = (await fitAt(columns, 0, { penalty: 'none' })).coefficients[0];
      const wide = await fitAt(columns, 0, { upper: [['x1', 1.0001 * free]] });
      expect(wide.coefficients[0] / free).to.be.closeTo(1, 1e-9);
      const tight = await fitAt(columns, 0, { upper: [['x1', 0.5 * free]] });
      expect(tight.coefficients[0]).to.equal(0.5 * free);
      const errors = predictions(tight, [columns.x1 as number[]]).map((at, i) => (y[i] - at) ** 2);
      const mse = errors.reduce((a, b) => a + b, 0) / y.length;
      expect((tight.train as { mse: number }).mse / mse).to.be.closeTo(1, 1e-9);
    }
  });

  it('hold along the path: nonnegative', async () => {
    const flipped = named([x[1].map((v) => -v), x[2]], y);
    for (const penalty of ['ridge', 'lasso', 'elasticnet', 'none'] as const) {
      const { path } = await fitAll(flipped, { nonnegative: true, penalty });
      for (const { coefficients, certified } of path) {
        expect(Math.min(...coefficients)).to.equal(0);
        expect(certified).to.equal(true);
      }
      expect(path.at(-1)!.coefficients[1]).to.be.above(0);
    }
  });

  it('and factors apply to every level of a category, or to one', async () => {
    const g = y.map((_, i) => 'abc'[i % 3]);
    const all = await fitAt({ ...DATA, g }, 0.001, { upper: [['g', 0]], lower: [['g', 0]] });
    expect([...all.coefficients.subarray(3)]).to.deep.equal([0, 0, 0]);
    const one = await fitAt({ ...DATA, g }, 0.001, { penaltyFactor: [['g=b', 1e9]], penalty: 'ridge' });
    expect(Math.abs(one.coefficients[4])).to.be.below(1e-6);
    expect(Math.abs(one.coefficients[3])).to.be.above(1e-3);
    await refused(
      DATA,
      { penaltyFactor: [['x9', 1]] },
      UsageError,
      '--penalty-factor "x9": no such column; did you mean "x1"?',
    );
  });
});

describe('missing cells', () => {
  const holes = { ...DATA, x1: x[0].map((v, i) => (i < 3 ? null : v)) };

  it('drop their rows with a count by column', async () => {
    const report = await fitAll(holes);
    expect(report.data).to.deep.equal({ source: 'data.csv', rows: 30, rowsUsed: 27, rowsDropped: 3 });
    expect(report.warnings[0]).to.deep.equal({
      code: 'rows-dropped',
      message: 'data.csv: dropped 3 of 30 rows with a missing cell (by column: "x1" 3)',
    });
  });

  it('are refused under error, filled from training rows under mean and median', async () => {
    await refused(holes, { missing: 'error' }, DataError, 'data.csv:2: column "x1"');
    const filled = await fitAll(holes, { missing: 'mean' });
    const mean = x[0].slice(3).reduce((a, b) => a + b, 0) / 27;
    const byHand = await fitAll({ ...DATA, x1: x[0].map((v, i) => (i < 3 ? mean : v)) });
    filled.path.forEach((point, k) => {
      point.coefficients.forEach((b, j) => {
        expect(b).to.be.closeTo(byHand.path[k].coefficients[j], 1e-9);
      });
    });
    expect(filled.data.rowsDropped).to.equal(0);
  });

  it('in test rows take the training value', async () => {
    const testTable = tableOf({ x1: [null], x2: [0], x3: [0], y: [0] }, 'test.csv');
    const report = await fit(tableOf(DATA), { target: 'y', missing: 'mean' }, { testTable });
    const { intercept, coefficients, test } = report.path[99];
    const mean = x[0].reduce((a, b) => a + b, 0) / 30;
    expect((test as { mae: number }).mae).to.be.closeTo(Math.abs(intercept + coefficients[0] * mean), 1e-10);
  });

  it('in every training row that counts leave finite results', async () => {
    const w = y.map((_, i) => (i === 0 ? 0 : 1));
    const table = tableOf({ ...DATA, z: y.map((_, i) => (i === 0 ? 1 : null)), w });
    const testTable = tableOf({ ...DATA, z: y, w }, 'test.csv');
    for (const missing of ['mean', 'median'] as const) {
      const { path } = await fit(table, { target: 'y', missing, weights: 'w' }, { testTable });
      expect(path.every(({ certified }) => certified)).to.equal(true);
    }
  });
});

describe('columns and rows that cannot be used', () => {
  it('are left out with a warning: too many levels', async () => {
    const report = await fitAll({ ...DATA, id: y.map((_, i) => `id${i % 20}`) }, { maxLevels: 19 });
    expect(report.features).to.deep.equal(['x1', 'x2', 'x3']);
    expect(report.warnings[0].message).to.equal(
      'column "id" is left out: it has 20 levels, more than --max-levels 19',
    );
  });

  it('or levels that only test rows have: a warning with their names', async () => {
    const g = y.map((_, i) => 'ab'[i % 2]);
    const testTable = tableOf({ ...DATA, g: y.map((_, i) => (i < 4 ? 'new' : 'a')) }, 'test.csv');
    const report = await fit(tableOf({ ...DATA, g }), { target: 'y' }, { testTable });
    const warning = report.warnings.find(({ code }) => code === 'unseen-levels');
    expect(warning?.message).to.include('column "g": 4 test rows with a level not seen in training ("new")');
  });

  it('or two features of one name', async () => {
    const g = y.map((_, i) => 'ab'[i % 2]);
    await refused({ ...DATA, g, 'g=a': x[0] }, {}, DataError, 'two features would be called "g=a"');
  });
});

describe('data that cannot support a fit', () => {
  const w = y.map((_, i) => (i === 3 ? -0.5 : 1));

  it('are refused: weights below 0 with line and column, or none above 0', async () => {
    await refused(
      { ...DATA, w },
      { weights: 'w' },
      DataError,
      'data.csv:5: column "w": the weight -0.5 is below 0',
    );
    await refused(
      { ...DATA, w: y.map(() => 0) },
      { weights: 'w' },
      DataError,
      'data.csv: column "w": all weights are 0',
    );
  });

  it('are refused: a missing weight by the name of its column', async () => {
    const holes = { ...DATA, w: y.map((_, i) => (i === 3 ? null : 1)) };
    await refused(
      holes,
      { weights: 'w', missing: 'error' },
      DataError,
      'data.csv:5: column "w": a cell is missing',
    );
  });

  it('are refused: a target that does not vary in training', async () => {
    await refused(
      { ...DATA, y: y.map(() => 3) },
      {},
      DataError,
      'the target "y" is "3" in every training row',
    );
    const weightless = {
      ...DATA,
      y: y.map((_, i) => (i === 0 ? 1 : 2)),
      w: y.map((_, i) => (i === 0 ? 0 : 1)),
    };
    await refused(weightless, { weights: 'w', holdout: 0 }, DataError, 'there is nothing to learn');
  });

  it('are refused: strata without classes', async () => {
    await refused(DATA, { stratify: true }, DataError, 'no classes to stratify by');
  });

  it('are refused: a test file without a column, or with one of another kind', async () => {
    await refused(DATA, {}, DataError, 'test.csv: column "x3" is missing, but data.csv has it', {
      x1: [1],
      x2: [1],
      y: [1],
    });
    await refused(DATA, {}, DataError, 'test.csv: column "x2" holds text, but numbers in data.csv', {
      ...named(x, y),
      x2: y.map(() => 'a'),
    });
  });

  it('are named where they separate the classes', async () => {
    const label = x[0].map((v) => (v > 0 ? 1 : 0));
    const report = await fitAll(named(x, label), { penalty: 'none' });
    expect(report.path[0].certified).to.equal(false);
    expect(codes(report)).to.deep.equal(['separation']);
    expect(report.warnings[0].message).to.include(
      'lambda 0: without a penalty the classes are separated (by "x1"',
    );
  });

  it('are marked where time ran out', async () => {
    const report = await fitAll(DATA, {
      maxIterations: 1,
      tolerance: 1e-12,
      lambda: { kind: 'list', values: [1e-3] },
    });
    expect(report.path[0].certified).to.equal(false);
    expect(codes(report)).to.deep.equal(['not-certified']);
  });
});

describe('names from the data', () => {
  it('may be any string', async () => {
    const names = ['__proto__', 'constructor', 'a=b', 'toString'];
    const columns = Object.fromEntries([...names.map((name, j) => [name, x[j % 3]] as const), ['y', y]]);
    expect((await fitAll(columns)).features).to.deep.equal(names);
  });
});
