import { expect } from 'chai';
import { foldsByRows } from '../../../src/cross-validation/refit/refit.js';
import { foldsOnFewColumns } from '../../../src/cross-validation/screened/screened.js';
import type { FitOptions } from '../../../src/options/options.js';
import { Engine } from '../../../src/runtime/engine.js';
import { named, regression } from '../../fit/fit-helpers.js';
import { normal } from '../../solvers/random-problem.js';
import { foldsOf, means } from '../folds.js';

const quiet = () => {};
const ROWS = 40;

/** Few rows, many columns. */
function many(family: 'gaussian' | 'binomial', seed: number, columns = 440) {
  const { x, y } = regression(ROWS, columns, seed);
  return { x, y: family === 'gaussian' ? y : y.map((value) => Number(value > 0.3)) };
}

/** Both ways, at a tight tolerance. */
async function both(
  columns: Parameters<typeof foldsOf>[0],
  given: Partial<FitOptions>,
  perRow: number,
  threads = 1,
) {
  const engine = new Engine(threads).startThreads();
  const folds = foldsOf(columns, 4, { tolerance: 1e-9, ...given }, engine);
  const few = await foldsOnFewColumns(folds, quiet, perRow);
  const byRows = foldsByRows(folds, quiet);
  engine.close();
  return { few, byRows };
}

describe('cross-validation with folds on few columns', () => {
  const cases: [string, 'gaussian' | 'binomial', Partial<FitOptions>][] = [
    ['gaussian lasso', 'gaussian', {}],
    ['logistic lasso', 'binomial', {}],
    ['logistic elastic net', 'binomial', { penalty: 'elasticnet' }],
    ['not standardized', 'gaussian', { standardize: false }],
    ['without an intercept', 'binomial', { intercept: false }],
    [
      'with factors',
      'gaussian',
      {
        penaltyFactor: [
          ['x3', 0],
          ['x5', 4],
        ],
      },
    ],
  ];
  for (const [title, family, given] of cases) {
    for (const perRow of [5, 1]) {
      it(`has the errors of folds by rows: ${title}, ${perRow} columns a row`, async () => {
        const { x, y } = many(family, 11);
        const { few, byRows } = await both(named(x, y), given, perRow);
        expect(few).to.have.length(4);
        few!.forEach(({ weight }, f) => {
          expect(weight).to.equal(byRows[f].weight);
        });
        means(few!).forEach((mean, k) => {
          expect(mean).to.be.closeTo(means(byRows)[k], 1e-7 * means(byRows)[k], `lambda ${k}`);
        });
      });
    }
  }

  it('lets in a column that is constant but for rows held out', async () => {
    const { x, y } = many('binomial', 5);
    x[7] = x[7].map((_, i) => (i === 3 ? 50 : 0));
    x[8] = x[8].map((value, i) => (i === 3 ? 1e6 : 1e-3 * value));
    const { few, byRows } = await both(named(x, y), {}, 1);
    means(few!).forEach((mean, k) => {
      expect(mean).to.be.closeTo(means(byRows)[k], 1e-7 * means(byRows)[k]);
    });
  });

  it('does not let the rows held out choose between columns that agree on all others', async () => {
    // Each pair differs in the rows of one fold only: there every split between the two is a solution, and which one is given
    // may not depend on what the solutions on all rows make of the pair.
    const random = normal(9);
    const { x, y } = many('gaussian', 6);
    const engine = new Engine(1);
    const held = foldsOf(named(x, y), 4, {}, engine).rows[0].held;
    for (const j of [0, 1, 2]) x[100 + j] = x[j].map((value, i) => (held.includes(i) ? random() : value));
    const folds = foldsOf(named(x, y), 4, { tolerance: 1e-9 }, engine);
    const [few] = (await foldsOnFewColumns(folds, quiet, 1))!;
    const [byRows] = foldsByRows(folds, quiet);
    engine.close();
    few.errors.forEach((error, k) => {
      expect(error).to.be.closeTo(byRows.errors[k], 1e-6 * byRows.errors[k], `lambda ${k}`);
    });
  });

  it('has the same digits for any number of threads', async () => {
    const { x, y } = many('binomial', 3);
    const [one, three] = [await both(named(x, y), {}, 2, 1), await both(named(x, y), {}, 2, 3)];
    expect(three.few).to.deep.equal(one.few);
  });

  it('is left to the rows where the columns are not many, may be bounded, or nothing is penalised', async () => {
    const { x, y } = many('gaussian', 2);
    const engine = new Engine(1);
    const none = async (given: Partial<FitOptions>, columns = x) =>
      expect(await foldsOnFewColumns(foldsOf(named(columns, y), 4, given, engine), quiet)).to.equal(null);
    await none({}, x.slice(0, 200));
    await none({ nonnegative: true });
    await none({ penalty: 'ridge' });
    await none({ lambda: { kind: 'list', values: [0.5, 0] } });
    engine.close();
  });
});
