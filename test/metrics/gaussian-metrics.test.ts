import { expect } from 'chai';
import { gaussianMetrics } from '../../src/metrics/gaussian-metrics.js';

const of = (...values: number[]) => Float64Array.from(values);

describe('gaussianMetrics', () => {
  it('are the weighted mean errors by hand', () => {
    const { mse, rmse, mae, r2 } = gaussianMetrics(of(1, 2, 6), of(1, 4, 5), of(1, 1, 2));
    expect(mse).to.equal((4 + 2) / 4);
    expect(rmse).to.equal(Math.sqrt(1.5));
    expect(mae).to.equal((2 + 2) / 4);
    // mean 3.75, variance (7.5625 + 3.0625 + 2 * 5.0625) / 4
    expect(r2).to.be.closeTo(1 - 6 / 20.75, 1e-15);
  });

  it('give r2 = 0 for the mean, 1 for the truth and less than 0 for worse than the mean', () => {
    const y = of(1, 2, 3);
    const w = of(1, 1, 1);
    expect(gaussianMetrics(y, of(2, 2, 2), w).r2).to.equal(0);
    expect(gaussianMetrics(y, y, w).r2).to.equal(1);
    expect(gaussianMetrics(y, of(3, 2, 1), w).r2).to.equal(-3);
  });

  it('have no r2 for a target that is constant on the rows that count', () => {
    expect(gaussianMetrics(of(2, 2), of(1, 3), of(1, 1)).r2).to.equal(null);
    expect(gaussianMetrics(of(2), of(2), of(1)).r2).to.equal(null);
    expect(gaussianMetrics(of(2, 2, 9), of(1, 3, 9), of(1, 1, 0)).r2).to.equal(null);
    expect(gaussianMetrics(of(0.1, 0.1, 0.1, 7), of(1, 3, 1, 9), of(0.7, 0.1, 0.3, 0)).r2).to.equal(null);
  });

  it('are never NaN, at the ends of the range of doubles either', () => {
    for (const scale of [1e-300, 1e-200, 1e200, 1e300]) {
      const { mse, rmse, mae, r2 } = gaussianMetrics(of(scale, 2 * scale), of(scale, scale), of(1, 1));
      for (const value of [mse, rmse, mae, r2 ?? 0]) expect(value).not.to.be.NaN;
    }
  });
});
