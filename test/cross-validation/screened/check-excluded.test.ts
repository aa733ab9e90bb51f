import { expect } from 'chai';
import {
  openColumns,
  referencesOf,
  shareOfThreshold,
} from '../../../src/cross-validation/screened/check-excluded.js';
import {
  foldView,
  viewedGradient,
  viewedGradients,
} from '../../../src/cross-validation/screened/fold-view.js';
import { gaussian } from '../../../src/families/gaussian.js';
import { learnStandardization, standardizeInPlace } from '../../../src/features/standardize.js';
import { dot, sum } from '../../../src/linalg/vector.js';
import type { Problem } from '../../../src/problem/problem.js';
import { RowBlocks } from '../../reference/row-blocks.js';
import { normal } from '../../solvers/random-problem.js';

const ROWS = 12;
const COLUMNS = 30;
const OPTIONS = [true, false].flatMap((intercept) =>
  [true, false].map((standardize) => ({ intercept, standardize })),
);

/** Columns as they are in a file, weights, the problem on all rows, and the rows of a fold. */
function setUp(options: { intercept: boolean; standardize: boolean }) {
  const random = normal(4);
  const vector = (size: number) => Float64Array.from({ length: size }, () => random());
  const x = Array.from({ length: COLUMNS }, (_, j) => vector(ROWS).map((value) => 3 * j + (1 + j) * value));
  const weights = vector(ROWS).map(Math.abs);
  weights[2] = 0;
  const v = weights.map((w) => w / sum(weights));
  const z = x.map((column) => {
    const out = column.slice();
    standardizeInPlace(out, learnStandardization(column, v, options));
    return out;
  });
  const design = RowBlocks.layOut(ROWS, COLUMNS, (j, from, out) =>
    out.set(z[j].subarray(from, from + out.length)),
  );
  const free = {
    lower: new Float64Array(COLUMNS).fill(-Infinity),
    upper: new Float64Array(COLUMNS).fill(Infinity),
  };
  const factor = Float64Array.from({ length: COLUMNS }, (_, j) => (j % 5 === 0 ? 2 : 1));
  const problem: Problem = {
    ...{ family: gaussian, design, y: vector(ROWS), v, offset: new Float64Array(ROWS) },
    ...{ intercept: options.intercept, penalty: { ...free, l1Ratio: 0.8, factor }, gradientScale: 1 },
  };
  const rest = Int32Array.from([0, 2, 3, 4, 6, 7, 8, 10, 11]);
  return { x, v, problem, rest, vector };
}

/** The columns standardized on the rows of the fold, or in the scale of all rows and centred on those of the fold, and the weights there. */
function laidOutAnew({ x, v, rest }: ReturnType<typeof setUp>, options: (typeof OPTIONS)[number]) {
  const w = Float64Array.from(rest, (i) => v[i]);
  const weights = w.map((value) => value / sum(w));
  const z = x.map((column) => {
    const out = Float64Array.from(rest, (i) => column[i]);
    const onFold = learnStandardization(out.slice(), weights, options);
    const { scale } = options.standardize ? onFold : learnStandardization(column, v, options);
    standardizeInPlace(out, { ...onFold, scale });
    return out;
  });
  return { z, weights };
}

/** Residuals that shrink and turn, as those along a path do; 0 where held out or without weight. */
function residualsOf({ v, rest, vector }: ReturnType<typeof setUp>, count: number): Float64Array[] {
  const [a, b, c] = [vector(ROWS), vector(ROWS), vector(ROWS)];
  return Array.from({ length: count }, (_, k) => {
    const out = new Float64Array(ROWS);
    for (const i of rest) out[i] = v[i] * 0.9 ** k * (a[i] + 0.05 * k * b[i] + 0.001 * k * k * c[i]);
    return out;
  });
}

describe('the view of a fold on the layout of all rows', () => {
  for (const options of OPTIONS) {
    it(`has the gradients and norms of columns standardized anew: ${JSON.stringify(options)}`, () => {
      const given = setUp(options);
      const { problem, rest } = given;
      const { z, weights } = laidOutAnew(given, options);
      const view = foldView(problem, rest, options.standardize);
      const residuals = residualsOf(given, 2);
      const gradients = viewedGradients(problem.design, view, residuals);
      const some = viewedGradient(problem.design, view, residuals[1], Int32Array.of(4, 1));
      const expected = (j: number, k: number) =>
        dot(
          z[j],
          Float64Array.from(rest, (i) => residuals[k][i]),
        );
      for (let j = 0; j < COLUMNS; j++) {
        for (const k of [0, 1]) expect(gradients[k][j]).to.be.closeTo(expected(j, k), 1e-12 * (1 + j) ** 2);
        const norm = Math.sqrt(z[j].reduce((s, value, a) => s + weights[a] * value * value, 0));
        expect(view.norms[j]).to.be.closeTo(norm, 1e-12 * (1 + norm));
      }
      [4, 1].forEach((j, a) => {
        expect(some[a]).to.be.closeTo(expected(j, 1), 1e-11);
      });
    });
  }

  it('does not judge columns that hardly vary on the rows', () => {
    const given = setUp(OPTIONS[0]);
    const cells = new Float64Array(ROWS * COLUMNS);
    cells[1] = 1;
    const design = new RowBlocks(COLUMNS, [{ rows: ROWS, columns: COLUMNS, data: cells }]);
    const view = foldView({ ...given.problem, design }, given.rest, true);
    expect(view.divisors.every((d) => d === 0)).to.equal(true);
    const shares = shareOfThreshold(
      { ...given.problem, design },
      { view, lambdas: [1], residuals: residualsOf(given, 1) },
    );
    expect(shares.every((share) => share === Infinity)).to.equal(true);
  });
});

describe('columns that a path was solved without', () => {
  it('are open where their gradient is not strictly below the threshold, from the first such lambda on', () => {
    for (const count of [1, 2, 9, 35]) {
      const given = setUp(OPTIONS[0]);
      const { problem, rest } = given;
      const { factor, l1Ratio } = problem.penalty;
      const view = foldView(problem, rest, true);
      const residuals = residualsOf(given, count);
      const lambdas = residuals.map((_, k) => 0.5 * 0.93 ** k);
      const gradients = viewedGradients(problem.design, view, residuals);
      const inside = new Uint8Array(COLUMNS);
      inside[3] = inside[8] = 1;
      const reaches = (j: number, k: number) =>
        inside[j] === 0 && Math.abs(gradients[k][j]) >= (1 - 1e-4) * lambdas[k] * l1Ratio * factor[j];
      const all = lambdas.map((_, k) => k);
      const expected = Array.from(inside.keys()).filter((j) => all.some((k) => reaches(j, k)));
      const first = all.findIndex((k) => expected.some((j) => reaches(j, k)));
      const found = openColumns(problem, { view, lambdas, residuals }, inside, 1e-9);
      expect(Array.from(found.columns)).to.deep.equal(expected);
      expect(found.first).to.equal(first < 0 ? count : first);
      const shares = shareOfThreshold(problem, { view, lambdas, residuals });
      expected.forEach((j) => {
        expect(shares[j]).to.be.at.least(1 - 1e-4);
      });
    }
  });

  it('leave room for what the solution leaves undone', () => {
    const given = setUp(OPTIONS[0]);
    const view = foldView(given.problem, given.rest, true);
    const path = { view, lambdas: [1e9], residuals: residualsOf(given, 1) };
    const inside = new Uint8Array(COLUMNS);
    expect(openColumns(given.problem, path, inside, 1).columns).to.have.length(0);
    expect(openColumns(given.problem, path, inside, 1e10).columns).to.have.length(COLUMNS);
  });

  it('are looked at by bounds that start from some of the lambdas, the first and the last among them', () => {
    expect(referencesOf(1)).to.deep.equal([0, 0]);
    expect(referencesOf(2)).to.deep.equal([0, 1]);
    expect(referencesOf(11)).to.deep.equal([0, 10]);
    expect(referencesOf(25)).to.deep.equal([0, 10, 20, 24]);
  });
});
