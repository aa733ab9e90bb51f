import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { binomial } from '../../src/families/binomial.js';
import { Float32LogisticLoss } from '../../src/problem/float32-logistic-loss.js';
import { Engine } from '../../src/runtime/engine.js';
import { RowBlocks } from '../reference/row-blocks.js';
import { normal, uniform } from '../solvers/random-problem.js';

/** The largest relative error of one rounding to single precision. */
const ROUNDING = 2 ** -24;

const engine = new Engine(2).startThreads();
after(() => engine.close());

/** Fills the free memory with NaN, so that a cell that is read before it is written shows in the result. */
function poison(): void {
  engine.wasm.scoped(() => engine.wasm.doubles(1 << 18).fill(Number.NaN));
}

function expectWithin(actual: number, expected: number, bound: number, what: string): void {
  if (!(Math.abs(actual - expected) <= bound))
    expect.fail(`${what}: ${actual} is not within ${bound} of ${expected}`);
}

function draw(rows: number, columns: number) {
  const random = normal(rows + 7 * columns);
  const chance = uniform(rows);
  const cells = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, random));
  const fill = (j: number, from: number, out: Float64Array) => {
    out.set(cells[j].subarray(from, from + out.length));
  };
  const y = Float64Array.from({ length: rows }, () => (chance() < 0.4 ? 1 : 0));
  const v = Float64Array.from({ length: rows }, (_, i) => (i % 5 === 4 ? 0 : chance()));
  const offset = Float64Array.from({ length: rows }, () => 3 * random());
  return { cells, fill, y, v, offset, random };
}

/*
 * In units of ROUNDING, relative to the terms. Rounding eta to x is worth |x| of exp(-|x|), and so is its reduction, twice; exp
 * itself and what follows are off by less than 10 together.
 */
const perRow = (eta: number) => ROUNDING * (10 + 3 * Math.abs(eta));

for (const [rows, columns] of [
  [0, 3],
  [1, 1],
  [2, 2],
  [3, 4],
  [4, 3],
  [5, 5],
  [6, 2],
  [7, 9],
  [8, 1],
  [9, 7],
  [255, 4],
  [256, 5],
  [258, 6],
  [2307, 13],
  [257, 140],
  [300, 206],
]) {
  describe(`a logistic fit in single precision on ${rows} x ${columns}`, () => {
    const { cells, fill, y, v, offset, random } = draw(rows, columns);
    const every = Int32Array.from(cells.keys());
    const beta = Float64Array.from({ length: columns }, () => 0.3 * random());
    const plain = RowBlocks.layOut(rows, columns, fill);
    const start = () => {
      const design = Blocks.layOut(engine, rows, columns, fill, false);
      poison();
      const state = new Float32LogisticLoss(design, y, v, offset);
      poison();
      state.reset(0.4, beta);
      return state;
    };

    /** All that follows from the predictor, against the family at that predictor. */
    const check = (state: Float32LogisticLoss, asked: Int32Array, gradient: Float64Array) => {
      const eta = state.predictor();
      const [residual, curvature] = [new Float64Array(rows), new Float64Array(rows)];
      binomial.residual(y, eta, v, residual);
      binomial.curvature(eta, v, curvature);
      state.rowResiduals().forEach((r, i) => {
        expectWithin(r, residual[i], perRow(eta[i]) * Math.abs(residual[i]), `residual at ${eta[i]}`);
      });
      state.curvature().forEach((c, i) => {
        expectWithin(c, curvature[i], 2 * perRow(eta[i]) * curvature[i], `curvature at ${eta[i]}`);
      });
      // A block adds 64 rows to each of four sums.
      const bound = (x: (i: number) => number) =>
        eta.reduce((s, h, i) => s + Math.abs(x(i)) * (perRow(h) + 64 * ROUNDING), 0);
      const interceptGradient = residual.reduce((s, r) => s + r, 0);
      expectWithin(
        state.residualSum(),
        interceptGradient,
        bound((i) => residual[i]),
        'sum of residuals',
      );
      const bend = curvature.reduce((s, c) => s + c, 0);
      expectWithin(state.curvatureSum(), bend, 2 * bound((i) => curvature[i]), 'sum of curvature');
      asked.forEach((j, a) => {
        const x = (i: number) => cells[j][i] * residual[i];
        const expected = residual.reduce((s, _, i) => s + x(i), 0);
        expectWithin(gradient[a], expected, bound(x), `gradient ${j}`);
      });
      const loss = binomial.loss(y, eta, v);
      expectWithin(state.loss(), loss, 1e-14 * rows * loss, 'loss');
    };

    it('begins at offset + intercept + X beta to the last digit', () => {
      const state = start();
      const eta = offset.map((o) => o + 0.4);
      plain.addPrediction(beta, eta);
      expect([...state.predictor()]).to.deep.equal([...eta]);
      const gradient = new Float64Array(columns).fill(7);
      poison();
      state.fullGradient(gradient);
      check(state, every, gradient);
    });

    it('steps along some columns, reports their gradient, and knows that of others', () => {
      const state = start();
      const eta = state.predictor();
      const some = every.filter((j) => (j % 4 === 2) === columns > 100).reverse();
      const delta = Float64Array.from(some, (j) => (j % 3 === 0 ? 0 : 0.3 * random()));
      const gradient = new Float64Array(some.length).fill(7);
      poison();
      state.step(some, delta, -0.25, gradient);
      check(state, some, gradient);
      const after = state.predictor();
      eta.forEach((x, i) => {
        const terms = Array.from(some, (j, a) => delta[a] * cells[j][i]);
        const size = terms.reduce((s, t) => s + Math.abs(t), 0);
        const expected = terms.reduce((s, t) => s + t, x - 0.25);
        expectWithin(after[i], expected, ROUNDING * (some.length + 3) * size + 1e-15, `predictor ${i}`);
      });
      const all = new Float64Array(columns);
      state.gradientOf(every, all);
      expect([...gradient]).to.deep.equal(Array.from(some, (j) => all[j]));
    });

    it('has the Hessian of the curvature, whole and by its last rows', () => {
      const state = start();
      const w = state.curvature();
      const whole = state.products.gramRows(w, every, 0);
      const expected = plain.gram(w, every);
      for (let a = 0; a < columns; a++) {
        for (let b = 0; b <= a; b++) {
          const size = w.reduce((s, x, i) => s + x * Math.abs(cells[a][i] * cells[b][i]), 0);
          // The diagonal is lifted by a millionth.
          const lift = a === b ? 1 + 2 ** -20 : 1;
          const at = a * columns + b;
          expectWithin(whole[at], lift * expected[at], 69 * ROUNDING * size, `entry ${a}, ${b}`);
        }
      }
      const sums = new Float64Array(columns);
      state.products.gradient(w, sums, every);
      sums.forEach((sum, a) => {
        const terms = w.map((x, i) => x * cells[a][i]);
        const size = terms.reduce((s, x) => s + Math.abs(x), 0);
        const exact = terms.reduce((s, x) => s + x, 0);
        expectWithin(sum, exact, 69 * ROUNDING * size, `sum ${a}`);
      });
      const first = Math.floor(columns / 2);
      const rowsOf = state.products.gramRows(w, every, first);
      for (let a = first; a < columns; a++) {
        for (let b = 0; b <= a; b++) {
          expect(rowsOf[(a - first) * columns + b]).to.equal(whole[a * columns + b]);
        }
      }
    });
  });
}

describe('single precision', () => {
  it('keeps residuals of any predictor', () => {
    const sizes = [0, 1e-30, 1e-9, 0.3, 0.34657359, Math.LN2, 1, 2.5, 17, 30, 80, 87, 100, 1e5, 1e300];
    const eta = Float64Array.from([...sizes, ...sizes.map((x) => -x)].flatMap((x) => [x, x]));
    const y = eta.map((_, i) => i % 2);
    const v = eta.map(() => 1 / eta.length);
    const design = Blocks.layOut(engine, eta.length, 1, (_, __, out) => out.fill(1), false);
    const state = new Float32LogisticLoss(design, y, v, eta);
    state.reset(0, Float64Array.of(0));
    const residual = new Float64Array(eta.length);
    binomial.residual(y, eta, v, residual);
    state.rowResiduals().forEach((r, i) => {
      expectWithin(
        r,
        residual[i],
        perRow(Math.min(Math.abs(eta[i]), 100)) * Math.abs(residual[i]) + 1e-37,
        `${eta[i]}`,
      );
    });
  });

  it('rounds up as often as down: the error of a gradient over many rows is that of few', () => {
    const [rows, columns] = [100_000, 6];
    const { fill, y, offset, random } = draw(rows, columns);
    const v = new Float64Array(rows).fill(1 / rows);
    const beta = Float64Array.from({ length: columns }, () => 0.3 * random());
    const design = Blocks.layOut(engine, rows, columns, fill, false);
    const state = new Float32LogisticLoss(design, y, v, offset);
    state.reset(0.1, beta);
    const residual = new Float64Array(rows);
    binomial.residual(y, state.predictor(), v, residual);
    const [gradient, expected] = [new Float64Array(columns), new Float64Array(columns)];
    state.fullGradient(gradient);
    design.gradient(residual, expected);
    gradient.forEach((g, j) => {
      expectWithin(g, expected[j], 2 ** -22 / Math.sqrt(rows), `gradient ${j}`);
    });
    expectWithin(
      state.residualSum(),
      residual.reduce((s, r) => s + r, 0),
      2 ** -22 / Math.sqrt(rows),
      'sum',
    );
  });
});
