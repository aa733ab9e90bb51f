import { expect } from 'chai';
import { LastMove } from '../../src/solvers/last-move.js';

const move = { step: Float64Array.of(4, -2), change: Float64Array.of(8, 6) };

describe('what the last move says of the next', () => {
  it('is the same move in proportion to the drops of lambda', () => {
    const last = new LastMove();
    last.learn(10, { step: Float64Array.of(1, 1), change: Float64Array.of(1, 1) });
    last.learn(6, move);
    expect(last.expect(4)).to.deep.equal({ step: Float64Array.of(2, -1), change: Float64Array.of(4, 3) });
    expect(last.expect(2)).to.deep.equal(move);
  });

  it('is nothing before two lambdas, upwards, at the same lambda, or after a far longer drop', () => {
    const last = new LastMove();
    expect(last.expect(1)).to.equal(null);
    last.learn(10, move);
    expect(last.expect(6)).to.equal(null);
    last.learn(6, move);
    for (const lambda of [7, 6, -2]) expect(last.expect(lambda)).to.equal(null);
    last.learn(8, move);
    expect(last.expect(4)).to.equal(null);
  });
});
