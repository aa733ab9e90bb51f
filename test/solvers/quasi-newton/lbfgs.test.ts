import { expect } from 'chai';
import { dot } from '../../../src/linalg/vector.js';
import { SecantMemory } from '../../../src/solvers/quasi-newton/lbfgs.js';
import { randomRows, times, transposed } from '../../linalg/random-matrix.js';
import { solveLinear } from '../by-definition.js';
import { normal } from '../random-problem.js';

const SIZE = 6;
const ridge = Float64Array.of(0.3, 0, 2, 0.1, 1, 0);

/** A positive definite Hessian, its product and its inverse with the penalty in it. */
function hessian(seed: number) {
  const x = randomRows(20, SIZE, seed);
  const h = times(transposed(x), x);
  const product = (s: Float64Array) => Float64Array.from(h, (row) => dot(Float64Array.from(row), s));
  const whole = h.map((row, i) => row.map((value, j) => value + (i === j ? ridge[i] : 0)));
  return { product, inverse: (r: Float64Array) => Float64Array.from(solveLinear(whole, [...r])) };
}

const vector = (random: () => number) => Float64Array.from({ length: SIZE }, random);

function expectClose(actual: Float64Array, expected: Float64Array, bound: number): void {
  expect(actual.length).to.equal(expected.length);
  actual.forEach((x, j) => {
    expect(Math.abs(x - expected[j])).to.be.below(bound);
  });
}

describe('the memory of steps', () => {
  const [truth, base] = [hessian(1), hessian(2)];

  it('gives the last step for the change that it made, penalty included', () => {
    const random = normal(3);
    const memory = new SecantMemory();
    for (let k = 0; k < 12; k++) {
      const step = vector(random);
      const change = truth.product(step);
      memory.learn(step, change);
      const whole = change.map((y, j) => y + ridge[j] * step[j]);
      expectClose(memory.solve(whole, ridge, base.inverse), step, 1e-10);
    }
  });

  it('changes nothing about a base that is right already', () => {
    const random = normal(4);
    const memory = new SecantMemory();
    for (let k = 0; k < 5; k++) {
      const step = vector(random);
      memory.learn(step, truth.product(step));
    }
    const r = vector(random);
    expectClose(memory.solve(r, ridge, truth.inverse), truth.inverse(r), 1e-10);
  });

  it('always goes down the slope', () => {
    const random = normal(5);
    const memory = new SecantMemory();
    for (let k = 0; k < 40; k++) {
      const [step, r] = [vector(random), vector(random)];
      memory.learn(step, truth.product(step));
      expect(dot(r, memory.solve(r, ridge, base.inverse))).to.be.above(0);
    }
  });

  it('takes no note of steps whose curvature is rounding, and can forget', () => {
    const random = normal(6);
    const memory = new SecantMemory();
    const [r, step] = [vector(random), vector(random)];
    memory.learn(new Float64Array(SIZE), new Float64Array(SIZE));
    memory.learn(
      step,
      step.map((x) => -1e-20 * x),
    );
    expect(memory.isEmpty).to.equal(true);
    expectClose(memory.solve(r, ridge, base.inverse), base.inverse(r), 1e-300);
    memory.learn(step, truth.product(step));
    memory.clear();
    expectClose(memory.solve(r, ridge, base.inverse), base.inverse(r), 1e-300);
  });
});
