import { expect } from 'chai';
import { stability } from '../../src/evaluation/stability.js';
import { normal } from '../solvers/random-problem.js';

describe('the population stability index', () => {
  it('is the sum of its definition', () => {
    // (0.2 - 0.5) ln(0.2 / 0.5) + (0.8 - 0.5) ln(0.8 / 0.5)
    const expected = -0.3 * Math.log(0.4) + 0.3 * Math.log(1.6);
    expect(stability([0.5, 0.5], 1000, [20, 80])!.psi).to.be.closeTo(expected, 1e-14);
  });

  it('is 0 where the shares are the same, and the same both ways', () => {
    expect(stability([0.25, 0.75], 400, [25, 75])!.psi).to.equal(0);
    const there = stability([0.1, 0.9], 100, [40, 60])!;
    expect(stability([0.4, 0.6], 100, [10, 90])!.psi).to.be.closeTo(there.psi, 1e-14);
  });

  it('takes an empty bin for half a row', () => {
    const found = stability([0.5, 0.5], 100, [0, 50])!;
    expect(found.psi).to.be.closeTo((0.01 - 0.5) * Math.log(0.01 / 0.5) + 0.5 * Math.log(2), 1e-14);
    expect(stability([0.5, 0.5, 0], 100, [25, 25, 0])!.psi).to.equal(0);
    expect(stability([1], 100, [0])).to.equal(null);
  });

  it('is below what chance allows for samples of one distribution, all but once in a thousand times', () => {
    const random = normal(3);
    const bin = () => Math.min(9, Math.max(0, Math.floor(5 + 2 * random())));
    const counts = (n: number) => {
      const out = new Array<number>(10).fill(0);
      for (let i = 0; i < n; i++) out[bin()]++;
      return out;
    };
    let above = 0;
    for (let k = 0; k < 2000; k++) {
      const { psi, chance } = stability(
        counts(500).map((count) => count / 500),
        500,
        counts(200),
      )!;
      if (psi > chance) above++;
    }
    expect(above).to.be.below(10);
  });
});
