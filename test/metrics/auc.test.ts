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

  const everyday = fc.integer({ min: 1, max: 1_000_000 }).map((k) => k / 1000);
  const extreme = fc.constantFrom(0, 0.1, 1e-200, 1e200, Number.MIN_VALUE);
  /** Half of them without a weight beside which all others are lost in rounding. */
  const weights = (minLength: number) =>
    fc.oneof(
      fc.array(everyday, { minLength, maxLength: 40 }),
      fc.array(fc.oneof(everyday, extreme), { minLength, maxLength: 40 }),
    );

  it('is exactly 1 where scores separate the classes, 0 where they reverse them, 1/2 where they are one, with any weights', () => {
    fc.assert(
      fc.property(weights(2), fc.integer({ min: 1, max: 39 }), (w, at) => {
        const negatives = Math.min(at, w.length - 1);
        const y = Float64Array.from(w, (_, i) => (i < negatives ? 0 : 1));
        const some = (from: number, to: number) => w.slice(from, to).some((x) => x > 1e-100 * Math.max(...w));
        fc.pre(some(0, negatives) && some(negatives, w.length));
        const of = (score: (i: number) => number) =>
          auc(
            y,
            Float64Array.from(w, (_, i) => score(i)),
            Float64Array.from(w),
          );
        expect([of((i) => Math.sin(i) + 3 * y[i]), of((i) => -i), of(() => 7)]).to.deep.equal([1, 0, 0.5]);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('has the digits of counting where all weights are equal', () => {
    const y = Float64Array.of(0, 1, 0, 1, 1, 0, 1);
    const score = Float64Array.of(1, 2, 3, 3, 4, 5, 6);
    const counted = auc(
      y,
      score,
      y.map(() => 1),
    );
    for (const weight of [0.1, 1 / 3, 7, 1e-300, 1e300])
      expect(
        auc(
          y,
          score,
          y.map(() => weight),
        ),
      ).to.equal(counted);
  });
});
