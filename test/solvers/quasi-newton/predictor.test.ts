import { expect } from 'chai';
import { PathPredictor } from '../../../src/solvers/quasi-newton/predictor.js';

/** Feeds the moves between neighbouring points and gives what is predicted for the one after them. */
function predictedAfter(moves: readonly number[], lambdas: readonly number[]): number | null {
  const predictor = new PathPredictor();
  moves.forEach((move, k) => {
    predictor.learn(lambdas[k], Float64Array.of(move, -move));
  });
  const found = predictor.predict(lambdas[moves.length]);
  if (found !== null) expect(found[1]).to.equal(-found[0]);
  return found === null ? null : found[0];
}

const GRID = Array.from({ length: 9 }, (_, k) => 2 ** -k);

describe('what a path so far says of the next solution', () => {
  for (const [degree, moveAt] of [
    [0, () => 5],
    [1, (k: number) => 3 - 2 * k],
    [2, (k: number) => 1 + k - 4 * k * k],
    [3, (k: number) => 7 - k * k + 2 * k ** 3],
  ] as const) {
    it(`is exact where the moves are a polynomial of degree ${degree} in the number of the step`, () => {
      const moves = [0, 1, 2, 3, 4, 5].map(moveAt);
      expect(predictedAfter(moves, GRID)).to.equal(moveAt(6));
    });
  }

  it('goes by the last move alone where higher differences are noise', () => {
    expect(predictedAfter([1, -1, 1, -1, 1, 1], GRID)).to.equal(1);
  });

  it('looks no further back than a coefficient has moved, and not at its first move, which began between two', () => {
    expect(predictedAfter([1, 2, 3, 0, 5], GRID)).to.equal(5);
    expect(predictedAfter([1, 2, 3, 0], GRID)).to.equal(0);
    expect(predictedAfter([0, 0, 1, 3, 5, 7], GRID)).to.equal(9);
  });

  it('is nothing before there are two solutions, at lambda 0, and off an even grid', () => {
    expect(predictedAfter([], GRID)).to.equal(null);
    expect(predictedAfter([1], GRID)).to.equal(null);
    expect(predictedAfter([1, 1], [1, 0.5, 0])).to.equal(null);
    expect(predictedAfter([1, 1], [1, 0.5, 0.2])).to.equal(null);
    expect(predictedAfter([1, 1], [1, 0.5, 0.5])).to.equal(null);
    expect(predictedAfter([1, 1], [1, 0.5, 0.25])).to.equal(1);
  });
});
