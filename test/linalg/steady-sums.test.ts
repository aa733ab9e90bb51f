import { expect } from 'chai';
import { dotByBlocks, steadySum, sumsByPlace } from '../../src/linalg/steady-sums.js';

const COUNT = 300_000;

describe('sums that keep their digits', () => {
  // 300,000 times the double next to 1/300,000 is 1 to the last digit; added up one by one it is off by 1e-12 or more.
  const shares = new Float64Array(COUNT).fill(1 / COUNT);

  it('add up equal shares to 1', () => {
    expect(shares.reduce((total, x) => total + x, 0)).to.not.be.closeTo(1, 1e-13);
    expect(steadySum(shares)).to.be.closeTo(1, 3e-16);
  });

  it('add up the rows of each place, whichever rows these are, and leave out those of none', () => {
    const places = Int32Array.from({ length: COUNT }, (_, i) => (i % 3) - 1);
    const sums = sumsByPlace(places, 2, shares);
    expect(sums.length).to.equal(2);
    for (const sum of sums) expect(sum).to.be.closeTo(1 / 3, 1e-16);
  });

  it('add up products block by block, the last block too', () => {
    const ones = new Float64Array(COUNT).fill(1);
    expect(dotByBlocks(shares, ones)).to.be.closeTo(1, 1e-14);
    expect(dotByBlocks(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6))).to.equal(32);
    expect(dotByBlocks(new Float64Array(0), new Float64Array(0))).to.equal(0);
  });
});
