import { expect } from 'chai';
import { ModelErrors } from '../../../src/solvers/proximal-newton/hessian-errors.js';

interface Move {
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/** The model H = 0: what it gets wrong about a move is the change of the gradient, its sign turned. */
const nothing = ({ change }: Move) => change.map((y) => -y);

/** Learns moves that changed the gradient by `changes`, the first of them the one to lambdas[0]. */
function learnt(lambdas: readonly number[], changes: readonly number[]): ModelErrors<Move> {
  const errors = new ModelErrors<Move>();
  changes.forEach((change, k) => {
    errors.learn(lambdas[k], { step: Float64Array.of(1), change: Float64Array.of(change) });
  });
  return errors;
}

const GRID = Array.from({ length: 9 }, (_, k) => 2 ** -k);

describe('what a model of the Hessian is expected to get wrong', () => {
  it('follows the differences of its last errors, by the drop of lambda, on an even grid', () => {
    for (const rateAt of [() => 5, (k: number) => 3 - 2 * k, (k: number) => 1 + k - 4 * k * k]) {
      const changes = GRID.slice(0, 6).map((lambda, k) => rateAt(k) * lambda);
      const found = learnt(GRID, changes).expect(GRID[6], nothing);
      expect(found?.[0]).to.be.closeTo(-rateAt(6) * GRID[6], 1e-12);
    }
  });

  it('is that of the current model, not of the one at the time of the move', () => {
    const errors = new ModelErrors<Move>();
    errors.learn(1, { step: Float64Array.of(9), change: Float64Array.of(9) });
    errors.learn(0.5, { step: Float64Array.of(4, -2), change: Float64Array.of(8, 6) });
    const byModel = ({ step, change }: Move) => step.map((s, j) => 3 * s - change[j]);
    expect([...(errors.expect(0.25, byModel) ?? [])]).to.deep.equal([2, -6]);
  });

  it('is the last error in proportion to the drops of lambda elsewhere', () => {
    expect([...(learnt([10, 6], [7, 8]).expect(4, nothing) ?? [])]).to.deep.equal([-4]);
    expect([...(learnt([16, 8, 4], [7, 5, 8]).expect(1, nothing) ?? [])]).to.deep.equal([-6]);
    // What was before the irregular step is forgotten.
    const found = learnt([16, 8, 7, 6.125], [9, 9, 3, 7]).expect(6.125 ** 2 / 7, nothing);
    expect(found?.[0]).to.be.closeTo(-(7 / 0.875) * (0.875 * 0.875), 1e-9);
  });

  it('is nothing before two lambdas, upwards, at the same lambda, or after a far longer drop', () => {
    expect(learnt([], []).expect(1, nothing)).to.equal(null);
    expect(learnt([10], [1]).expect(6, nothing)).to.equal(null);
    for (const lambda of [7, 6, -2]) expect(learnt([10, 6], [1, 1]).expect(lambda, nothing)).to.equal(null);
    expect(learnt([10, 6, 8], [1, 1, 1]).expect(4, nothing)).to.equal(null);
  });
});
