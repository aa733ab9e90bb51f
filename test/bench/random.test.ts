import { expect } from 'chai';
import { loadBench } from './load-bench.js';

describe('benchmark: random numbers', () => {
  let random: Awaited<ReturnType<typeof loadBench>>;
  before(async () => {
    random = await loadBench('random');
  });

  it('repeat for a seed and differ between seeds', () => {
    const draw = (seed: number) => Array.from({ length: 50 }, random.sfc32(seed));
    expect(draw(7)).to.deep.equal(draw(7));
    expect(draw(7)).not.to.deep.equal(draw(8));
  });

  it('are unsigned 32-bit integers, and uniforms strictly between 0 and 1', () => {
    for (const value of Array.from({ length: 1000 }, random.sfc32(1))) {
      expect(value).to.satisfy((x: number) => Number.isInteger(x) && x >= 0 && x < 2 ** 32);
    }
    expect(random.uniform(() => 0)).to.be.greaterThan(0);
    expect(random.uniform(() => 2 ** 32 - 1)).to.be.lessThan(1);
  });

  it('have the moments of the standard normal', () => {
    const n = 100_000;
    const draws: number[] = Array.from({ length: n }, random.normals(random.sfc32(3)));
    const moment = (k: number) => draws.reduce((sum, x) => sum + x ** k, 0) / n;
    // Five standard errors of each: sqrt(1/n), sqrt(2/n), sqrt(15/n), sqrt(96/n).
    expect(moment(1)).to.be.closeTo(0, 5 * Math.sqrt(1 / n));
    expect(moment(2)).to.be.closeTo(1, 5 * Math.sqrt(2 / n));
    expect(moment(3)).to.be.closeTo(0, 5 * Math.sqrt(15 / n));
    expect(moment(4)).to.be.closeTo(3, 5 * Math.sqrt(96 / n));
  });
});
