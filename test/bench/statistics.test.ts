import { expect } from 'chai';
import { loadBench } from './load-bench.js';

describe('benchmark: statistics', () => {
  let statistics: Awaited<ReturnType<typeof loadBench>>;
  before(async () => {
    statistics = await loadBench('statistics');
  });

  it('takes the middle value, or the mean of the middle two, and leaves its input alone', () => {
    const values = [10, 9, 100];
    expect(statistics.median(values)).to.equal(10);
    expect(values).to.deep.equal([10, 9, 100]);
    expect(statistics.median([4, 1, 3, 2])).to.equal(2.5);
    expect(statistics.median([7])).to.equal(7);
  });

  it('takes ratios pair by pair, not of the medians', () => {
    // The machine was twice as slow in the second pair: the ratio does not see it.
    expect(statistics.pairedRatio([1, 2, 1], [5, 10, 6])).to.deep.equal({ median: 5, min: 5, max: 6 });
  });

  it('takes differences relative to the reference', () => {
    expect(statistics.relativeDifference(101, 100)).to.be.closeTo(0.01, 1e-15);
    expect(statistics.relativeDifference(0, 0)).to.equal(0);
    expect(statistics.relativeDifference(Number.NaN, 1)).to.be.NaN;
  });

  it('thins evenly, away from both ends', () => {
    expect(statistics.thin(100, 10)).to.deep.equal([5, 15, 25, 35, 45, 55, 65, 75, 85, 95]);
    expect(statistics.thin(3, 10)).to.deep.equal([0, 1, 2]);
  });
});
