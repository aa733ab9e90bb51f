import { expect } from 'chai';
import type { FoldErrors, Folds } from '../../../src/cross-validation/folds.js';
import { type FoldLosses, foldLosses } from '../../../src/cross-validation/lockstep/fold-losses.js';
import { foldsInStep } from '../../../src/cross-validation/lockstep/lockstep.js';
import { restsOf } from '../../../src/cross-validation/lockstep/training-standardization.js';
import { walkFolds } from '../../../src/cross-validation/lockstep/walk.js';
import { foldsByRows } from '../../../src/cross-validation/refit/refit.js';
import { readCsv } from '../../../src/csv/read-csv.js';
import { Engine } from '../../../src/runtime/engine.js';
import { type Columns, named } from '../../fit/fit-helpers.js';
import { normal, uniform } from '../../solvers/random-problem.js';
import {
  CASES,
  foldsOf as compiledFoldsOf,
  foldsOfTable,
  means,
  messy,
  onReference,
  PENALTIES,
  without,
} from '../folds.js';

const quiet = () => {};

const foldsOf = (...given: Parameters<typeof compiledFoldsOf>) => onReference(compiledFoldsOf(...given));

/** Both ways, which must agree fold by fold. @returns the errors */
function bothWays(folds: Folds, tolerance = 1e-7): FoldErrors[] {
  const inStep = foldsInStep(folds, quiet);
  if (inStep === null) throw new Error('declined');
  const byRows = foldsByRows(folds, quiet);
  means(byRows).forEach((mean, k) => {
    inStep.forEach(({ weight, errors }, fold) => {
      expect(weight).to.equal(byRows[fold].weight);
      expect(errors[k]).to.be.closeTo(byRows[fold].errors[k], tolerance * mean);
    });
  });
  return inStep;
}

/** The columns with a target of two classes that follows from them. */
function classed(columns: Columns, seed: number): Columns {
  const chance = uniform(seed + 7);
  const y = Array.from(columns.y, Number);
  const middle = y.reduce((s, x) => s + x, 0) / y.length;
  return { ...columns, y: y.map((x) => Number(chance() < 1 / (1 + Math.exp((middle - x) / 3)))) };
}

function logistic(rows: number, columns: number, seed: number): Columns {
  const random = normal(seed);
  const x = Array.from({ length: columns }, () => Array.from({ length: rows }, random));
  const y = Array.from({ length: rows }, (_, i) => x.reduce((s, c, j) => s + (j % 3) * c[i], 2 + random()));
  return classed(named(x, y), seed);
}

function lossesOf({ prepared, rows }: Folds): FoldLosses {
  return foldLosses(
    prepared.problem,
    rows.map(({ held }) => held),
  ) as FoldLosses;
}

/** The folds that are tried in step. */
const inStep = (folds: Folds): number[] => restsOf(folds, lossesOf(folds)).map(({ fold }) => fold);

describe('cross-validation with all folds in step', () => {
  for (const [penalty, chosen] of Object.entries(PENALTIES)) {
    for (const [title, options] of Object.entries(CASES)) {
      it(`gives the errors that the rows give: ${penalty}, ${title}`, () => {
        const given = { ...chosen, ...options };
        if (given.penaltyFactor !== undefined)
          given.penaltyFactor = [
            ['x2', 3],
            ['x3', 2],
            ['g', 0.5],
          ];
        for (const seed of [1, 2]) {
          const columns = classed(messy(200, seed), seed);
          const used = given.weights === undefined ? without(columns, 'w', 'o') : columns;
          bothWays(foldsOf(used, 5, given));
        }
      });
    }
  }

  it('gives the errors that the rows give on the fixtures, all penalties', async () => {
    const table = await readCsv('fixtures/birthwt.csv');
    for (const penalty of ['lasso', 'ridge', 'elasticnet'] as const) {
      bothWays(onReference(foldsOfTable(table, 5, { target: 'low', penalty })));
    }
  });

  it('is the same on compiled kernels, on several threads too', () => {
    for (const [penalty, count] of [
      ['lasso', 7],
      ['ridge', 3],
      ['elasticnet', 10],
    ] as const) {
      const columns = logistic(2600, 12, 4);
      const engines = [new Engine(1), new Engine(3).startThreads()];
      const [one, three] = engines.map((engine) =>
        bothWays(compiledFoldsOf(columns, count, { penalty }, engine)),
      );
      for (const engine of engines) engine.close();
      expect(three).to.deep.equal(one);
      means(bothWays(foldsOf(columns, count, { penalty }))).forEach((mean, k) => {
        expect(means(one)[k]).to.be.closeTo(mean, 1e-8 * mean);
      });
    }
  });

  it('agrees for any number of folds up to one row each, and for lambdas in any distance', () => {
    const columns = logistic(80, 3, 2);
    for (const count of [2, 11, 80]) bothWays(foldsOf(columns, count));
    bothWays(
      foldsOf(columns, 5, { lambda: { kind: 'list', values: [0.2, 0.19, 0.05, 0.001, 0.0009, 1e-5] } }),
    );
    bothWays(foldsOf(columns, 5, { lambda: { kind: 'list', values: [0.02] } }));
  });

  it('solves all folds in step where nothing stands in the way', () => {
    const folds = foldsOf(logistic(300, 6, 5), 6);
    const { prepared, rows, lambdas, path } = folds;
    const losses = lossesOf(folds);
    const rests = restsOf(folds, losses);
    const walk = { problem: prepared.problem, losses, rests, lambdas, reference: path, maxIterations: 1000 };
    const found = walkFolds(walk, quiet);
    expect(found.map((errors) => errors?.length)).to.deep.equal(rows.map(() => lambdas.length));
  });

  it('leaves a fold to the rows, started at zero, where the start would choose among equally good solutions', () => {
    const { x1, x2, y } = logistic(60, 2, 3);
    const folds = (twin: ArrayLike<unknown>) =>
      foldsOf({ x1, x2, twin: twin as ArrayLike<number>, y } as Columns, 4);
    // A twin of x1 but in one row: without that row's fold nothing tells the two apart, in it they predict differently.
    const changed = Array.from(x1, (x, i) => Number(x) + (i === 5 ? 3 : 0));
    const given = folds(changed);
    const fold = given.rows.findIndex(({ held }) => held.includes(5));
    expect(inStep(given)).to.deep.equal([0, 1, 2, 3].filter((k) => k !== fold));
    expect(foldsInStep(given, quiet)![fold]).to.deep.equal(foldsByRows(given, quiet)[fold]);
    // A twin in every row predicts the same wherever a path starts.
    const twins = folds(x1);
    expect(inStep(twins)).to.deep.equal([0, 1, 2, 3]);
    bothWays(twins);
  });

  it('takes a column that is constant without one fold for what it is there', () => {
    const columns = logistic(120, 3, 8);
    const spike = Array.from(columns.y, (_, i) => (i === 11 ? 1 : 0));
    bothWays(foldsOf({ ...columns, spike, same: spike.map(() => 3) }, 4));
    bothWays(foldsOf({ ...columns, spike: spike.map((v) => v + 0.3) }, 4, { intercept: false }));
  });

  it('gives folds without weight no part', () => {
    const columns = logistic(90, 2, 9);
    const ones = Array.from(columns.y, () => 1);
    const { rows } = foldsOf({ ...columns, w: ones }, 3, { weights: 'w' });
    const w = ones.map((_, i) => (rows[1].held.includes(i) ? 0 : 1));
    const errors = bothWays(foldsOf({ ...columns, w }, 3, { weights: 'w' }));
    expect(errors[1]).to.deep.equal({ weight: 0, errors: errors[1].errors.map(() => 0) });
  });

  it('declines what it does not suit', () => {
    const columns = logistic(60, 3, 4);
    const declines = (folds: Folds) => expect(foldsInStep(folds, quiet)).to.equal(null);
    declines(foldsOf(columns, 4, { lambda: { kind: 'list', values: [0.1, 0] } }));
    declines(foldsOf(columns, 4, { penaltyFactor: [['x2', 0]] }));
    declines(foldsOf(logistic(20, 19, 4), 4));
    declines(foldsOf({ ...columns, y: columns.x1 }, 4));
    const holes = { ...columns, x2: Array.from(columns.x2, (x, i) => (i === 5 ? Number.NaN : Number(x))) };
    declines(foldsOf(holes, 4, { missing: 'median' }));
    bothWays(foldsOf(columns, 4, { missing: 'median' }));
  });

  it('calls progress up to the number of folds, and never backwards', () => {
    const calls: number[] = [];
    foldsInStep(foldsOf(logistic(100, 3, 6), 5), (done) => calls.push(done));
    expect(calls.at(-1)).to.equal(5);
    expect(calls).to.deep.equal([...calls].sort((a, b) => a - b));
  });
});
