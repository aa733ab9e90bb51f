import { expect } from 'chai';
import { confusion } from '../../src/metrics/confusion.js';

const y = Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
const p = Float64Array.of(0.9, 0.8, 0.7, 0.2, 0.6, 0.3, 0.3, 0.2, 0.1, 0.1);
const ones = new Float64Array(10).fill(1);

describe('confusion', () => {
  it('counts and rates a table made by hand', () => {
    const c = confusion(y, p, ones, 0.5);
    expect(c).to.include({ truePositive: 3, falseNegative: 1, falsePositive: 1, trueNegative: 5 });
    expect(c).to.include({ accuracy: 0.8, sensitivity: 0.75, specificity: 5 / 6, precision: 0.75, f1: 0.75 });
    expect(c.balancedAccuracy).to.be.closeTo((0.75 + 5 / 6) / 2, 1e-15);
    // (3 * 5 - 1 * 1) / sqrt(4 * 4 * 6 * 6)
    expect(c.mcc).to.be.closeTo(14 / 24, 1e-15);
  });

  it('calls a row positive whose probability is the threshold', () => {
    expect(confusion(y, p, ones, 0.7).truePositive).to.equal(3);
    expect(confusion(y, p, ones, 0).falsePositive).to.equal(6);
  });

  it('takes a row of weight 2 for two rows', () => {
    const twice = (x: Float64Array) => Float64Array.of(...x, ...x);
    const doubled = confusion(twice(y), twice(p), new Float64Array(20).fill(1), 0.5);
    expect(confusion(y, p, new Float64Array(10).fill(2), 0.5)).to.deep.equal(doubled);
  });

  it('leaves what is not defined null', () => {
    const none = confusion(y, p, ones, 1);
    expect(none).to.include({ precision: null, mcc: null, sensitivity: 0, specificity: 1 });
    const oneClass = confusion(Float64Array.of(0, 0), Float64Array.of(0.1, 0.2), Float64Array.of(1, 1), 0.5);
    expect(oneClass).to.include({ sensitivity: null, balancedAccuracy: null, f1: null, mcc: null });
  });
});
