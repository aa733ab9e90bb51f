import { expect } from 'chai';
import { firstToJoin, strongest } from '../../../src/solvers/screening/strongest.js';

describe('the strongest of some columns', () => {
  const gradient = Float64Array.of(0.1, -3, 2, 2, -2, 0, 8);
  const factor = Float64Array.of(1, 1, 1, 1, 1, 0, 8);
  const named = (columns: number[], count: number) => [
    ...strongest(Int32Array.from(columns), gradient, factor, count),
  ];

  it('have the largest gradients for their factors, in the order given', () => {
    expect(named([2, 0, 1, 6], 2)).to.deep.equal([2, 1]);
    expect(named([2, 0, 1, 6], 9)).to.deep.equal([2, 0, 1, 6]);
    expect(named([2, 0, 1, 6], 0)).to.deep.equal([]);
  });

  it('are not more than asked for where many are equal: the first of them', () => {
    expect(named([4, 3, 2, 1], 2)).to.deep.equal([4, 1]);
    expect(named([0, 2, 3, 4], 1)).to.deep.equal([2]);
  });

  it('begin with what is not penalised, whatever its gradient', () => {
    expect(named([1, 2, 5], 1)).to.deep.equal([5]);
  });
});

describe('the columns that join a working set together', () => {
  it('are a few, and about twice the support', () => {
    const columns = Int32Array.from({ length: 1000 }, (_, j) => j);
    const gradient = Float64Array.from(columns, (j) => 1 + j);
    const factor = new Float64Array(1000).fill(1);
    const count = (support: number) => firstToJoin(columns, gradient, factor, support).length;
    expect(count(0)).to.equal(96);
    expect(count(100)).to.equal(296);
    expect(count(800)).to.equal(1000);
  });
});
