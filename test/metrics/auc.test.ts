import { expect } from 'chai';
import fc from 'fast-check';
import { auc } from '../../src/metrics/auc.js';

/** The share of weighted pairs (positive, negative) in which the positive row scores higher, ties half. */
function byPairs(y: number[], score: number[], w: number[]): number | null {
  let wins = 0;
  let pairs = 0;
  y.forEach((a, i) => {
    y.forEach((b, k) => {
      if (a !== 1 || b !== 0) return;
      pairs += w[i] * w[k];
      wins += w[i] * w[k] * (score[i] > score[k] ? 1 : score[i] === score[k] ? 0.5 : 0);
    });
  });
  return pairs > 0 ? wins / pairs : null;
}

describe('auc', () => {
  it('is the share of pairs in the right order, with ties and weights', () => {
    const row = fc.record({
      y: fc.constantFrom(0, 1),
      score: fc.constantFrom(-1, 0, 0.5, 0.5000001, 3),
      w: fc.constantFrom(0, 1, 0.3, 5),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 25 }), (rows) => {
        const [y, score, w] = [rows.map((r) => r.y), rows.map((r) => r.score), rows.map((r) => r.w)];
        const ours = auc(Float64Array.from(y), Float64Array.from(score), Float64Array.from(w));
        const expected = byPairs(y, score, w);
        if (expected === null) expect(ours).to.equal(null);
        else expect(ours).to.be.closeTo(expected, 1e-12);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('is 1 for a perfect order, 0 for the reverse, 1/2 for a constant score', () => {
    const y = Float64Array.of(0, 0, 1);
    const ones = Float64Array.of(1, 1, 1);
    expect(auc(y, Float64Array.of(-5, 1, 2), ones)).to.equal(1);
    expect(auc(y, Float64Array.of(5, 1, 0), ones)).to.equal(0);
    expect(auc(y, Float64Array.of(7, 7, 7), ones)).to.equal(0.5);
  });
});
