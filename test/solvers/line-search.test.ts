import { expect } from 'chai';
import { backtrack } from '../../src/solvers/line-search.js';

/** Walks along (t - best)^2 and says where it ends. */
function walk(best: number, promised: number): { taken: number; at: number } {
  let at = 0;
  const taken = backtrack(
    (t) => {
      at = t;
      return (t - best) ** 2;
    },
    best ** 2,
    promised,
  );
  return { taken, at };
}

describe('the line search', () => {
  it('takes the whole step where the objective falls by its share of the promise', () => {
    expect(walk(1, 1)).to.deep.equal({ taken: 1, at: 1 });
    expect(walk(0.6, 1)).to.deep.equal({ taken: 1, at: 1 });
  });

  it('halves it until it does', () => {
    expect(walk(0.3, 1)).to.deep.equal({ taken: 0.5, at: 0.5 });
    expect(walk(0.1, 0.02)).to.deep.equal({ taken: 0.125, at: 0.125 });
  });

  it('goes back to the start where the objective rises all along, whatever was promised', () => {
    for (const promised of [1, 0, -1e9]) expect(walk(-1, promised)).to.deep.equal({ taken: 0, at: 0 });
  });

  it('does not take a step to where the objective is not a number', () => {
    expect(backtrack((t) => (t === 0 ? 1 : Number.NaN), 1, 1)).to.equal(0);
  });
});
