import { expect } from 'chai';
import { type Move, MoveLookup } from '../../../src/solvers/proximal-newton/snapshots.js';

const NOT_KNOWN = Number.NaN;
const move = (columns: number[], step: number[], change: number[]): Move => ({
  columns: Int32Array.from(columns),
  step: Float64Array.from(step),
  change: Float64Array.from(change),
});
const place = (columns: number[], at: number[], gradient: number[]) => ({
  columns: Int32Array.from(columns),
  at: Float64Array.from(at),
  gradient: Float64Array.from(gradient),
});

describe('a move between two places', () => {
  it('is of the columns known at its end; before, those not known were 0, and their gradient is not known', () => {
    const from = place([1, 4, 7], [2, 3, 0, 0.5], [10, 20, 30, 1]);
    const to = place([0, 4, 6, 7], [0, 5, -1, 2, 0.25], [7, 17, 8, 31, 3]);
    const { columns, step, change } = new MoveLookup(9).between(from, to);
    expect([...columns]).to.deep.equal([0, 4, 6, 7]);
    expect([...step]).to.deep.equal([0, 2, -1, 2, -0.25]);
    expect([...change]).to.deep.equal([NOT_KNOWN, 3, NOT_KNOWN, -1, -2]);
  });

  it('may have no column but the intercept', () => {
    const { step, change } = new MoveLookup(9).between(place([3], [1, 5], [2, 9]), place([], [4], [6]));
    expect([...step]).to.deep.equal([-1]);
    expect([...change]).to.deep.equal([3]);
  });
});

describe('the lookup of moves', () => {
  it('finds columns in any order, the intercept last; others stay, to an effect that is not known', () => {
    const lookup = new MoveLookup(9);
    for (let round = 0; round < 2; round++) {
      const found = lookup.over(Int32Array.of(8, 2, 5), move([5, 0, 8], [1, 2, 3, 4], [10, 20, 30, 40]));
      expect([...found.step]).to.deep.equal([3, 0, 1, 4]);
      expect([...found.change]).to.deep.equal([30, NOT_KNOWN, 10, 40]);
    }
    // Nothing of the first move is left.
    const next = lookup.over(Int32Array.of(0, 5), move([2], [1, 1], [1, 1]));
    expect([...next.step]).to.deep.equal([0, 0, 1]);
  });
});
