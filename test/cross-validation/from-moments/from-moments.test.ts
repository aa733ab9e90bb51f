import { expect } from 'chai';
import type { FoldErrors, Folds } from '../../../src/cross-validation/folds.js';
import { foldsBySums } from '../../../src/cross-validation/from-moments/from-moments.js';
import { foldsByRows } from '../../../src/cross-validation/refit/refit.js';
import { Engine } from '../../../src/runtime/engine.js';
import { fitAll, named, regression } from '../../fit/fit-helpers.js';
import { CASES, foldsOf, means, messy, PENALTIES, without } from '../folds.js';

const quiet = () => {};

/** Both ways, which must agree fold by fold. @returns the errors */
function bothWays(folds: Folds, tolerance = 1e-9): FoldErrors[] {
  const bySums = foldsBySums(folds, quiet);
  if (bySums === null) throw new Error('the sums do not suffice');
  const byRows = foldsByRows(folds, quiet);
  means(byRows).forEach((mean, k) => {
    bySums.forEach(({ weight, errors }, fold) => {
      expect(weight).to.equal(byRows[fold].weight);
      expect(errors[k]).to.be.closeTo(byRows[fold].errors[k], tolerance * mean);
    });
  });
  return bySums;
}

describe('cross-validation on sums', () => {
  for (const [penalty, chosen] of Object.entries(PENALTIES)) {
    for (const [title, options] of Object.entries(CASES)) {
      it(`gives the errors that the rows give: ${penalty}, ${title}`, () => {
        for (const seed of [1, 2]) {
          const columns = messy(70, seed);
          const given = { ...chosen, ...options };
          const used = given.weights === undefined ? without(columns, 'w', 'o') : columns;
          bothWays(foldsOf(used, 5, given));
        }
      });
    }
  }

  it('agrees for any number of folds up to one row each, and is the same for any way to sum up', () => {
    const columns = without(messy(60, 7), 'w', 'o');
    for (const count of [2, 13, 60]) bothWays(foldsOf(columns, count));
    const engine = new Engine(1);
    const compiled = bothWays(foldsOf(columns, 7, {}, engine));
    engine.close();
    means(bothWays(foldsOf(columns, 7))).forEach((mean, k) => {
      expect(means(compiled)[k]).to.be.closeTo(mean, 1e-9 * mean);
    });
  });

  it('leaves folds to the rows that are wide though the whole is tall, on compiled kernels too', () => {
    const { x, y } = regression(40, 38, 2);
    const engine = new Engine(1);
    const given = { penalty: 'ridge' } as const;
    const folds = foldsOf(named(x, y), 4, given, engine);
    expect(foldsBySums(folds, quiet)).to.equal(null);
    const compiled = means(foldsByRows(folds, quiet));
    engine.close();
    means(foldsByRows(foldsOf(named(x, y), 4, given), quiet)).forEach((mean, k) => {
      expect(compiled[k]).to.be.closeTo(mean, 1e-8 * mean);
    });
  });

  it('keeps its digits beside large means and an outlier, by rows where the sums have lost them', () => {
    const { x, y } = regression(80, 4, 5);
    const far = x.map((c, j) => c.map((value) => value + (j === 0 ? 1e7 : 0)));
    const columns = named(far, y);
    bothWays(foldsOf(columns, 5), 1e-8);
    bothWays(foldsOf(columns, 5, { intercept: false }), 1e-8);
    const outlying = far.map((c, j) => c.map((value, i) => (j === 1 && i === 9 ? 1e6 : value)));
    bothWays(foldsOf(named(outlying, y), 5));
    bothWays(
      foldsOf(
        named(
          x,
          y.map((value, i) => (i === 3 ? 1e7 : value)),
        ),
        5,
      ),
    );
  });

  it('takes a column that is constant without one fold for what it is there', () => {
    const { x, y } = regression(40, 3, 8);
    const spike = y.map((_, i) => (i === 11 ? 1 : 0));
    bothWays(foldsOf({ ...named(x, y), spike, same: y.map(() => 3) }, 4));
    bothWays(foldsOf({ ...named(x, y), spike: spike.map((v) => v + 0.3) }, 4, { intercept: false }));
  });

  it('gives folds without weight no part', () => {
    const { x, y } = regression(30, 2, 9);
    const columns = { ...named(x, y), w: y.map(() => 1) };
    const { rows } = foldsOf(columns, 3, { weights: 'w' });
    const w = y.map((_, i) => (rows[1].held.includes(i) ? 0 : 1));
    const errors = bothWays(foldsOf({ ...columns, w }, 3, { weights: 'w' }));
    expect(errors[1]).to.deep.equal({ weight: 0, errors: errors[1].errors.map(() => 0) });
  });

  it('declines where it can not be exact', () => {
    const { x, y } = regression(40, 3, 4);
    const columns = named(x, y);
    const declines = (folds: Folds) => expect(foldsBySums(folds, quiet)).to.equal(null);
    declines(foldsOf(columns, 4, { lambda: { kind: 'list', values: [1, 0] } }));
    declines(foldsOf(columns, 4, { penalty: 'none', lambda: { kind: 'list', values: [0] } }));
    declines(foldsOf(named(regression(20, 19, 4).x, regression(20, 19, 4).y), 4));
    declines(
      foldsOf(
        named(
          x,
          y.map((value) => Number(value > 2)),
        ),
        4,
      ),
    );
    const holes = x.map((c, j) => c.map((value, i) => (i === 5 && j === 1 ? Number.NaN : value)));
    declines(foldsOf(named(holes, y), 4, { missing: 'median' }));
    bothWays(foldsOf(columns, 4, { missing: 'median' }));
    // Noiseless: the last errors are rounding beside the squares they are the difference of.
    const exact = x[0].map((_, i) => x[0][i] - 2 * x[1][i]);
    declines(foldsOf(named(x, exact), 4, { lambda: { kind: 'list', values: [1, 1e-9] } }));
  });

  // Allen (1974), Technometrics 16: for ridge with fixed centring and scaling the residual of a row that is left out is
  // r_i / (1 - h_ii), h = Z (Z'Z + n' lambda I)^-1 Z'. Without an intercept nothing but the scale of the sum changes with the row.
  it('is the PRESS statistic for ridge without intercept and scaling, each row left out', async () => {
    const { x, y } = regression(25, 3, 6);
    const n = y.length;
    const lambda = 0.4;
    const report = await fitAll(named(x, y), {
      penalty: 'ridge',
      intercept: false,
      standardize: false,
      cv: n,
      lambda: { kind: 'list', values: [lambda] },
    });
    // Left out, the loss is a mean over n - 1 rows, so the ridge is (n - 1) lambda.
    expect(report.path[0].cv!.mean).to.be.closeTo(press(x, y, (n - 1) * lambda), 1e-10);
  });
});

/** mean_i (r_i / (1 - h_ii))^2, the leverages from solves by Gauss-Jordan. */
function press(x: readonly number[][], y: readonly number[], ridge: number): number {
  const p = x.length;
  const gram = x.map((a, i) => x.map((b, j) => dot(a, b) + (i === j ? ridge : 0)));
  const inverse = invert(gram);
  const row = (i: number) => x.map((c) => c[i]);
  const apply = (v: readonly number[]) => inverse.map((r) => dot(r, v));
  const beta = apply(x.map((c) => dot(c, y)));
  const squares = y.map((value, i) => {
    const z = row(i);
    return ((value - dot(z, beta)) / (1 - dot(z, apply(z)))) ** 2;
  });
  expect(beta.length).to.equal(p);
  return squares.reduce((s, e) => s + e, 0) / y.length;
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((s, value, i) => s + value * b[i], 0);

function invert(a: readonly number[][]): number[][] {
  const size = a.length;
  const work = a.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  for (let k = 0; k < size; k++) {
    const pivot = work[k][k];
    work[k] = work[k].map((value) => value / pivot);
    for (let i = 0; i < size; i++) {
      const factor = work[i][k];
      if (i !== k) work[i] = work[i].map((value, j) => value - factor * work[k][j]);
    }
  }
  return work.map((row) => row.slice(size));
}
