import { expect } from 'chai';
import { DataError } from '../../src/errors.js';
import { strataOf } from '../../src/features/split.js';
import { fit } from '../../src/fit/fit.js';
import type { FitOptions } from '../../src/options/options.js';
import { type Cell, tableOf } from '../features/tables.js';
import { uniform } from '../solvers/random-problem.js';

const ROWS = 60;
const chance = uniform(3);
const x = Array.from({ length: ROWS }, chance);
const y = x.map((value) => (value + chance() > 1 ? 1 : 0));

/** Weight 1 on the negative rows and on the first few of the positive ones, 0 on all others. */
function fewPositives(count: number): number[] {
  let left = count;
  return y.map((value) => (value === 0 || left-- > 0 ? 1 : 0));
}

function attempt(columns: Record<string, ArrayLike<Cell>>, options: Partial<FitOptions>) {
  let solved = 0;
  const onProgress = () => {
    solved++;
  };
  return fit(tableOf(columns), { target: 'y', ...options }, { onProgress }).then(
    (report) => ({ report, error: null, solved }),
    (error: Error) => ({ report: null, error, solved }),
  );
}

describe('a cross-validation with weights', () => {
  it('spreads the rows that count, so that three positive ones are enough for two folds', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const w = fewPositives(3);
      const { report } = await attempt({ x, w, y }, { weights: 'w', cv: 2, holdout: 0, seed });
      // log 2 is what a coin has. A fold without a positive row to learn from had 67.
      for (const { cv } of report!.path) expect(cv!.mean).to.be.below(Math.LN2);
    }
  });

  it('is that of the rows with a weight alone, where rows without stand behind them', async () => {
    const w = y.map((_, i) => (i < 40 ? 1 + (i % 3) : 0));
    const options = {
      weights: 'w',
      cv: 4,
      holdout: 0,
      lambda: { kind: 'list', values: [0.1, 0.01] },
    } as const;
    const all = await attempt({ x, w, y }, options);
    const first = (column: number[]) => column.slice(0, 40);
    const alone = await attempt({ x: first(x), w: first(w), y: first(y) }, options);
    all.report!.path.forEach(({ cv }, k) => {
      expect(cv!.mean).to.be.closeTo(alone.report!.path[k].cv!.mean, 1e-9);
    });
  });

  const refused: [string, Record<string, ArrayLike<Cell>>, Partial<FitOptions>, string][] = [
    [
      'a class that counts in one row only',
      { x, w: fewPositives(1), y },
      { weights: 'w', cv: 2 },
      'the target is "0" in every training row with a weight above 0, so there is nothing to learn; only one row has another value',
    ],
    [
      'more folds than rows that count',
      { x, w: y.map((_, i) => (i % 10 < 2 ? 1 : 0)), y },
      { weights: 'w', cv: 13 },
      '--cv 13: there are only 12 training rows with a weight above 0',
    ],
    [
      'a class that is not stratified and falls into one fold',
      { x, y: x.map((_, i) => (i < 2 ? 1 : 0)) },
      { cv: 2, stratify: false, seed: 2 },
      'give --stratify',
    ],
    [
      'numbers that differ in one row only',
      { x, y: x.map((_, i) => (i === 7 ? 2.5 : 1)) },
      { cv: 5, family: 'gaussian' },
      'the target is "1" in every training row, so there is nothing to learn; only one row has another value; leave --cv out',
    ],
  ];
  for (const [what, columns, options, words] of refused) {
    it(`is refused before anything is solved: ${what}`, async () => {
      const { error, solved } = await attempt(columns, { holdout: 0, ...options });
      expect(error).to.be.instanceOf(DataError);
      expect(error!.message).to.include(words);
      expect(solved).to.equal(0);
    });
  }

  it('refuses to stratify numbers, with a test file too', async () => {
    const table = tableOf({ x, y: x.map((value) => value - 0.5) });
    const options = { target: 'y', cv: 3, stratify: true } as const;
    const error = await fit(table, options, { testTable: table }).catch((e: Error) => e);
    expect((error as Error).message).to.include('no classes to stratify by');
  });
});

describe('rows without weight', () => {
  it('are drawn apart from those that count', async () => {
    const of = (classes: number[] | null, w: number[]) =>
      strataOf(classes === null ? null : Int32Array.from(classes), Float64Array.from(w));
    expect(of(null, [1, 2, 3])).to.equal(null);
    expect(of([0, 1, 0], [1, 2, 3])).to.deep.equal(Int32Array.of(0, 1, 0));
    expect(of([0, 1, 0], [1, 0, 0])).to.deep.equal(Int32Array.of(0, 2, 2));
    expect(of(null, [1, 0, 0])).to.deep.equal(Int32Array.of(0, 1, 1));
    // A fifth of the eight that count, whatever the seed.
    const w = y.map((_, i) => (i % 8 === 0 ? 1 : 0));
    for (let seed = 1; seed <= 30; seed++) {
      const { report } = await attempt({ x, w, y: x }, { weights: 'w', seed });
      expect(report!.path[0].test).to.not.equal(null);
    }
  });

  it('as the only test rows are refused: nothing could be measured on them', async () => {
    // A twentieth of the three that count is none.
    const table = tableOf({ x, w: x.map((_, i) => (i < 3 ? 1 : 0)), y: x });
    const error = await fit(table, { target: 'y', weights: 'w', holdout: 3 }).catch((e) => e);
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.include(
      'all weights of 3 test rows are 0, so no row counts; hold out more rows',
    );
  });
});
