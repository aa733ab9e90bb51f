import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { binomial } from '../../src/families/binomial.js';
import { LogisticLoss } from '../../src/problem/logistic-loss.js';
import { Engine } from '../../src/runtime/engine.js';
import { RowBlocks } from '../reference/row-blocks.js';
import { normal, uniform } from '../solvers/random-problem.js';

const EPSILON = Number.EPSILON;

/*
 * In units of EPSILON: exp is off by 1.5 in the compiled kernels and by 1 in Math.exp, each other operation by 1/2.
 *   probability of the wrong class: 2.5 + 3 * 1/2 + 2 * 1/2, and 1/2 for the weight on both sides: 6
 *   curvature: 2.5 + 3.25 for exp in both factors and at most 5 roundings on both sides: 11
 *   loss: 2.5 for exp, 2 and 1 for the logarithm, and two roundings on both sides: 8
 * Below exp(-708) the kernels take exp(-708) = 3.3e-308: nothing that is added to anything of size.
 */
const RESIDUAL = 6 * EPSILON;
const CURVATURE = 11 * EPSILON;
const LOSS = 8 * EPSILON;
const floor = (eta: number) => (Math.abs(eta) > 707 ? 4e-308 : 0);

function expectWithin(actual: number, expected: number, bound: number, what: string): void {
  if (!(Math.abs(actual - expected) <= bound))
    expect.fail(`${what}: ${actual} is not within ${bound} of ${expected}`);
}

const engine = new Engine(1);
after(() => engine.close());

/** Fills the free memory with NaN, so that a cell that is read before it is written shows in the result. */
function poison(): void {
  engine.wasm.scoped(() => engine.wasm.doubles(1 << 16).fill(Number.NaN));
}

const ETAS = [
  0,
  1e-300,
  1e-17,
  1e-9,
  0.3,
  0.34657359,
  Math.LN2,
  1,
  2.5,
  17,
  30,
  36.7,
  37,
  100,
  700,
  707.9,
  709,
  746,
  800,
];

describe('the compiled logistic loss', () => {
  const signed = ETAS.flatMap((eta) => [eta, -eta]);
  const eta = Float64Array.from([...signed, ...signed]);
  const n = eta.length;
  const y = Float64Array.from(eta, (_, i) => (i < signed.length ? 0 : 1));
  const zeros = new Float64Array(n);

  // The columns are unit vectors, so a gradient is the residual, row by row.
  for (const columns of [n, n + 1]) {
    const title = columns > n ? 'a wide' : 'a tall';
    const layOut = () =>
      Blocks.layOut(engine, n, columns, (j, from, out) => {
        for (let i = 0; i < out.length; i++) out[i] = from + i === j ? 1 : 0;
      });

    it(`has the residual and curvature of the family at small and huge predictors, in ${title} design`, () => {
      const chance = uniform(2);
      const v = Float64Array.from(eta, () => 0.1 + chance());
      poison();
      const state = new LogisticLoss(layOut(), y, v, eta);
      state.reset(0, new Float64Array(columns));
      expect([...state.predictor()].map(Math.abs)).to.deep.equal([...eta].map(Math.abs));
      const [residual, curvature] = [new Float64Array(n), new Float64Array(n)];
      binomial.residual(y, eta, v, residual);
      binomial.curvature(eta, v, curvature);
      const gradient = new Float64Array(columns).fill(7);
      state.fullGradient(gradient);
      expect([...state.rowResiduals()]).to.deep.equal([...gradient.subarray(0, n)]);
      const some = new Float64Array(2);
      state.gradientOf(Int32Array.of(n - 1, 3), some);
      expect([...some]).to.deep.equal([gradient[n - 1], gradient[3]]);
      state.curvature().forEach((c, i) => {
        const at = `eta ${eta[i]}, y ${y[i]}`;
        expectWithin(gradient[i], residual[i], RESIDUAL * Math.abs(residual[i]) + floor(eta[i]), at);
        expectWithin(c, curvature[i], CURVATURE * curvature[i] + floor(eta[i]), at);
      });
      const [sum, size] = [
        residual.reduce((s, r) => s + r, 0),
        residual.reduce((s, r) => s + Math.abs(r), 0),
      ];
      expectWithin(state.residualSum(), sum, (n + 6) * EPSILON * size, 'sum of residuals');
    });

    it(`has the loss of the family in each single row, in ${title} design`, () => {
      const design = layOut();
      const beta = new Float64Array(columns);
      for (let i = 0; i < n; i++) {
        const v = zeros.slice();
        v[i] = 0.7;
        const loss = new LogisticLoss(design, y, v, eta).reset(0, beta);
        const expected = binomial.loss(y, eta, v);
        expectWithin(loss, expected, LOSS * expected + floor(eta[i]), `eta ${eta[i]}, y ${y[i]}`);
      }
    });
  }
});

for (const [rows, columns] of [
  [1, 0],
  [1, 1],
  [2, 2],
  [5, 3],
  [9, 9],
  [256, 4],
  [257, 5],
  [513, 6],
  [2307, 3],
  [1, 2],
  [5, 9],
  [8, 13],
  [257, 300],
]) {
  describe(`a logistic fit on a shared design of ${rows} x ${columns}`, () => {
    const random = normal(rows + 7 * columns);
    const chance = uniform(rows);
    const cells = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, random));
    const fill = (j: number, from: number, out: Float64Array) => {
      out.set(cells[j].subarray(from, from + out.length));
    };
    const y = Float64Array.from({ length: rows }, () => (chance() < 0.4 ? 1 : 0));
    const v = Float64Array.from({ length: rows }, (_, i) => (i % 5 === 4 ? 0 : chance()));
    const offset = Float64Array.from({ length: rows }, random);
    const plain = RowBlocks.layOut(rows, columns, fill);
    const beta = Float64Array.from({ length: columns }, (_, j) => (j % 3 === 1 ? 0 : 0.2 * random()));
    const every = Int32Array.from(beta.keys());

    const start = () => {
      poison();
      const state = new LogisticLoss(Blocks.layOut(engine, rows, columns, fill), y, v, offset);
      poison();
      return { state, loss: state.reset(0.4, beta) };
    };

    /** All that follows from the predictor, against the family at that predictor. */
    const check = (state: LogisticLoss, loss: number, asked: Int32Array, gradient: Float64Array) => {
      const eta = state.predictor();
      const [residual, curvature] = [new Float64Array(rows), new Float64Array(rows)];
      binomial.residual(y, eta, v, residual);
      binomial.curvature(eta, v, curvature);
      // All terms of the loss have one sign: n additions on both sides and what each term is off.
      expectWithin(loss, binomial.loss(y, eta, v), (LOSS + rows * EPSILON) * loss, 'loss');
      const bound = (rows + 1) * EPSILON + RESIDUAL;
      const total = (x: (i: number) => number) => residual.reduce((s, _, i) => s + x(i), 0);
      const size = total((i) => Math.abs(residual[i]));
      expectWithin(
        state.residualSum(),
        total((i) => residual[i]),
        bound * size,
        'sum of residuals',
      );
      state.curvature().forEach((c, i) => {
        expectWithin(c, curvature[i], CURVATURE * curvature[i], `curvature ${i}`);
      });
      const bend = curvature.reduce((s, c) => s + c, 0);
      expectWithin(state.curvatureSum(), bend, (rows * EPSILON + CURVATURE) * bend, 'sum of curvature');
      asked.forEach((j, a) => {
        const expected = total((i) => cells[j][i] * residual[i]);
        const magnitude = total((i) => Math.abs(cells[j][i] * residual[i]));
        expectWithin(gradient[a], expected, bound * magnitude, `gradient ${j}`);
      });
    };

    it('begins at offset + intercept + X beta to the last digit', () => {
      const { state, loss } = start();
      const eta = offset.map((o) => o + 0.4);
      plain.addPrediction(beta, eta);
      expect([...state.predictor()]).to.deep.equal([...eta]);
      const gradient = new Float64Array(columns).fill(7);
      poison();
      state.fullGradient(gradient);
      check(state, loss, every, gradient);
    });

    it('steps along some columns, reports their gradient, and steps back', () => {
      const { state, loss } = start();
      const before = state.predictor();
      const columnsOf = every.filter((j) => j % 4 !== 2).reverse();
      // Columns that stay where they are still have a gradient.
      const delta = Float64Array.from(columnsOf, (j) => (j % 3 === 0 ? 0 : 0.3 * random()));
      const gradient = new Float64Array(columnsOf.length).fill(7);
      poison();
      check(state, state.step(columnsOf, delta, -0.25, gradient), columnsOf, gradient);
      // The products are the same both ways; each of 2 (k + 1) additions is off by EPSILON / 2 of the largest sum.
      const sizes = before.map(
        (e, i) => Math.abs(e) + 0.25 + columnsOf.reduce((s, j, a) => s + Math.abs(cells[j][i] * delta[a]), 0),
      );
      const bound = (columnsOf.length + 2) * EPSILON;
      const moved = state.predictor();
      moved.forEach((e, i) => {
        const expected = columnsOf.reduce((s, j, a) => s + cells[j][i] * delta[a], before[i] - 0.25);
        expectWithin(e, expected, 2 * bound * sizes[i], `predictor ${i}`);
      });
      const back = delta.map((d) => -d);
      poison();
      const again = state.step(columnsOf, back, 0.25, gradient);
      check(state, again, columnsOf, gradient);
      state.predictor().forEach((e, i) => {
        expectWithin(e, before[i], bound * sizes[i], `predictor ${i} after both`);
      });
      expect(again).to.be.closeTo(loss, 1e-11 * (1 + loss));
    });

    it('moves the intercept alone', () => {
      const { state } = start();
      const before = state.predictor();
      const none = new Float64Array(0);
      poison();
      check(state, state.step(new Int32Array(0), none, 1.5, none), new Int32Array(0), none);
      expect([...state.predictor()]).to.deep.equal([...before].map((e) => e + 1.5));
    });

    it('gives copies, and begins anew to the same digits', () => {
      const { state, loss } = start();
      const [eta, curvature, interceptGradient] = [state.predictor(), state.curvature(), state.residualSum()];
      const kept = [...eta];
      state.step(new Int32Array(0), new Float64Array(0), 2, new Float64Array(0));
      expect([...eta]).to.deep.equal(kept);
      expect(state.reset(0.4, beta)).to.equal(loss);
      expect([...state.predictor()]).to.deep.equal(kept);
      expect([...state.curvature()]).to.deep.equal([...curvature]);
      expect(state.residualSum()).to.equal(interceptGradient);
    });
  });
}
