import { expect } from 'chai';
import { binomialMetrics } from '../../src/metrics/binomial-metrics.js';

const of = (...values: number[]) => Float64Array.from(values);

describe('binomialMetrics', () => {
  it('are the weighted mean errors by hand', () => {
    const p = [0.2, 0.6, 0.9];
    const eta = Float64Array.from(p, (x) => Math.log(x / (1 - x)));
    const { logLoss, accuracy, brier, auc } = binomialMetrics(of(0, 0, 1), eta, of(1, 2, 3));
    expect(logLoss).to.be.closeTo(-(Math.log(0.8) + 2 * Math.log(0.4) + 3 * Math.log(0.9)) / 6, 1e-15);
    expect(accuracy).to.be.closeTo(4 / 6, 1e-15);
    expect(brier).to.be.closeTo((0.04 + 2 * 0.36 + 3 * 0.01) / 6, 1e-15);
    expect(auc).to.equal(1);
  });

  it('let probability 1/2 go to the positive class', () => {
    expect(binomialMetrics(of(1), of(0), of(1)).accuracy).to.equal(1);
    expect(binomialMetrics(of(0), of(0), of(1)).accuracy).to.equal(0);
  });

  it('stay finite for the most confident of wrong predictions', () => {
    const { logLoss, brier } = binomialMetrics(of(0, 1), of(800, -800), of(1, 1));
    expect(logLoss).to.equal(800);
    expect(brier).to.equal(1);
  });

  it('have accuracy 1 where every row is right, and never less than 0, however the weights round', () => {
    const w = of(0.1, 0.2, 0.3, 0.4, 0.7);
    const y = of(0, 1, 0, 1, 1);
    const eta = y.map((value) => value - 0.5);
    expect(binomialMetrics(y, eta, w).accuracy).to.equal(1);
    expect(
      binomialMetrics(
        y,
        eta.map((x) => -x),
        w,
      ).accuracy,
    ).to.be.within(0, 1e-15);
    // As many as are right, to the last digit: a gate at 0.7 passes.
    const ten = Float64Array.from({ length: 10 }, (_, i) => (i < 7 ? 1 : 0));
    expect(
      binomialMetrics(
        ten,
        ten.map(() => 1),
        ten.map(() => 1),
      ).accuracy,
    ).to.equal(0.7);
  });
});
