import { expect } from 'chai';
import { largestExcess } from '../../src/design/zero-violation.js';
import { Engine } from '../../src/runtime/engine.js';
import { normal, uniform } from '../solvers/random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const PENALTY = { lambda: 0.3, l1Ratio: 0.7 };

function excessOf(
  gradient: readonly number[],
  factor: readonly number[],
  support: readonly number[],
): number {
  return engine.wasm.scoped(() => {
    const shared = engine.wasm.doubles(gradient.length);
    shared.set(gradient);
    const penalty = { ...PENALTY, factor: Float64Array.from(factor) };
    return largestExcess(engine, shared, Int32Array.from(support), penalty);
  });
}

describe('largestExcess', () => {
  it('is that of a plain loop over the columns outside the support, to the last digit', () => {
    const [random, chance] = [normal(5), uniform(6)];
    for (const size of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 1001]) {
      for (const share of [0, 0.2, 0.5, 0.9, 1]) {
        const gradient = Array.from({ length: size }, random);
        const factor = gradient.map(() => (chance() < 0.2 ? 0 : chance()));
        const support = [...gradient.keys()].filter(() => chance() < share);
        let expected = -Infinity;
        gradient.forEach((g, j) => {
          const excess = Math.abs(g) - PENALTY.lambda * factor[j] * PENALTY.l1Ratio;
          if (!support.includes(j)) expected = Math.max(expected, excess);
        });
        expect(excessOf(gradient, factor, support)).to.equal(expected);
      }
    }
  });

  it('is not a number where a gradient outside the support is not', () => {
    const factor = [1, 1, 1];
    expect(excessOf([0.1, Number.NaN, 9], factor, [0])).to.be.NaN;
    expect(excessOf([9, 0.1, Number.NaN], factor, [])).to.be.NaN;
    expect(excessOf([0.1, Number.NaN, 9], factor, [1])).to.be.above(8);
  });
});
