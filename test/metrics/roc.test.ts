import { expect } from 'chai';
import fc from 'fast-check';
import { auc } from '../../src/metrics/auc.js';
import { rocCurve } from '../../src/metrics/roc.js';

const rows = fc.array(
  fc.record({
    y: fc.integer({ min: 0, max: 1 }),
    score: fc.integer({ min: 0, max: 6 }),
    w: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 2, maxLength: 40 },
);

describe('rocCurve', () => {
  it('has a point for each distinct score, from nothing called to everything called', () => {
    const y = Float64Array.of(1, 0, 1, 0, 0);
    const curve = rocCurve(y, Float64Array.of(0.9, 0.8, 0.5, 0.5, 0.1), new Float64Array(5).fill(1))!;
    expect([...curve.thresholds]).to.deep.equal([Infinity, 0.9, 0.8, 0.5, 0.1]);
    expect([...curve.truePositiveRate]).to.deep.equal([0, 0.5, 0.5, 1, 1]);
    expect([...curve.falsePositiveRate]).to.deep.equal([0, 0, 1 / 3, 2 / 3, 1]);
  });

  it('has the area that auc says, ties and weights included', () => {
    fc.assert(
      fc.property(rows, (sample) => {
        const pick = (key: 'y' | 'score' | 'w') => Float64Array.from(sample, (row) => row[key]);
        const curve = rocCurve(pick('y'), pick('score'), pick('w'));
        const area = auc(pick('y'), pick('score'), pick('w'));
        if (curve === null || area === null) {
          expect([curve, area]).to.deep.equal([null, null]);
          return;
        }
        const { truePositiveRate: t, falsePositiveRate: f } = curve;
        let sum = 0;
        for (let k = 1; k < t.length; k++) sum += ((f[k] - f[k - 1]) * (t[k] + t[k - 1])) / 2;
        expect(sum).to.be.closeTo(area, 1e-12);
      }),
    );
  });
});
