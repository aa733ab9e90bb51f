import { expect } from 'chai';
import { bestOrder, distance, extrapolated, isRegular, MAX_ORDER } from '../../src/solvers/extrapolation.js';

/** The last values of a series, the latest first, as vectors of one entry. */
const lastBefore = (k: number, valueAt: (k: number) => number) =>
  Array.from({ length: MAX_ORDER }, (_, back) => Float64Array.of(valueAt(k - 1 - back)));

describe('the next value of a series, by differences', () => {
  for (let order = 1; order <= MAX_ORDER; order++) {
    it(`of order ${order} is exact for polynomials of degree ${order - 1}, and no further`, () => {
      const valueAt = (k: number) => 3 - 2 * k ** (order - 1);
      expect(extrapolated(lastBefore(7, valueAt), () => order)[0]).to.equal(valueAt(7));
      const steeper = (k: number) => k ** order;
      expect(extrapolated(lastBefore(7, steeper), () => order)[0]).not.to.equal(steeper(7));
    });
  }

  it('has an order for each entry, and is 0 at order 0', () => {
    const series = [Float64Array.of(3, 3, 3), Float64Array.of(1, 1, 1)];
    expect([...extrapolated(series, (j) => j)]).to.deep.equal([0, 3, 5]);
  });

  it('takes the order that would have come closest, the lowest of equals, and 1 where there is none', () => {
    expect(bestOrder(3, (order) => [9, 5, 4, 6][order])).to.equal(2);
    expect(bestOrder(3, (order) => [9, 4, 5, 6][order])).to.equal(1);
    expect(bestOrder(3, () => 1)).to.equal(1);
    expect(bestOrder(0, () => 1)).to.equal(1);
    expect(bestOrder(2, () => Number.NaN)).to.equal(1);
  });

  it('measures a guess by the entries that are known', () => {
    expect(distance(Float64Array.of(1, Number.NaN, 5), Float64Array.of(3, 1, 4))).to.equal(3);
  });

  it('calls lambdas regular that are evenly spaced in their logarithms', () => {
    expect(isRegular(1, 2, 4)).to.equal(true);
    expect(isRegular(1, 2, 4.00001)).to.equal(false);
    for (const lambda of [0, -1, Number.NaN]) expect(isRegular(lambda, 2, 4)).to.equal(false);
    expect(isRegular(1, Infinity, Infinity)).to.equal(false);
  });
});
