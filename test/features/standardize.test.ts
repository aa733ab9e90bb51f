import { expect } from 'chai';
import { learnStandardization, standardizeInPlace } from '../../src/features/standardize.js';

const CENTRED = { intercept: true, standardize: true };
const UNCENTRED = { intercept: false, standardize: true };
const AS_IT_IS = { intercept: false, standardize: false };
const of = (...values: number[]) => Float64Array.from(values);
const even = (n: number) => new Float64Array(n).fill(1 / n);

describe('learnStandardization', () => {
  it('takes the weighted mean, and the deviation with divisor W', () => {
    expect(learnStandardization(of(1, 3), even(2), CENTRED)).to.deep.equal({
      centre: 2,
      remainder: 0,
      scale: 1,
    });
    const { centre, scale } = learnStandardization(of(0, 0, 4), of(0.5, 0.25, 0.25), CENTRED);
    expect(centre).to.equal(1);
    expect(scale).to.be.closeTo(Math.sqrt(3), 1e-15);
  });

  it('leaves values uncentred without an intercept, and divides them by the deviation all the same', () => {
    expect(learnStandardization(of(1, 5), even(2), UNCENTRED)).to.deep.equal({
      centre: 0,
      remainder: 0,
      scale: 2,
    });
  });

  it('takes the root mean square where values are neither centred nor standardized', () => {
    expect(learnStandardization(of(1, 7), even(2), AS_IT_IS)).to.deep.equal({
      centre: 0,
      remainder: 0,
      scale: 5,
    });
    // Of a column that hardly varies the deviation is no size.
    const x = Math.SQRT1_2;
    expect(learnStandardization(of(x, x - 2 ** -53), even(2), AS_IT_IS).scale).to.be.closeTo(x, 1e-15);
  });

  it('scales a constant by its size where there is no intercept to stand for it, but for 0', () => {
    expect(learnStandardization(of(-3, -3, 9), of(0.5, 0.5, 0), UNCENTRED)).to.deep.equal({
      centre: 0,
      remainder: 0,
      scale: 3,
    });
    expect(learnStandardization(of(0, 0), even(2), UNCENTRED).scale).to.equal(0);
  });

  it('has scale 0 for a constant column beside an intercept, whatever its digits, and for one that varies without weight only', () => {
    expect(learnStandardization(new Float64Array(7).fill(0.1), even(7), CENTRED).scale).to.equal(0);
    expect(learnStandardization(of(0.3, 0.3, 9), of(0.7, 0.3, 0), CENTRED).scale).to.equal(0);
    const x = of(0.3, 0.3, 9);
    standardizeInPlace(x, { centre: 0, remainder: 0, scale: 0 });
    expect([...x]).to.deep.equal([0, 0, 0]);
  });

  it('keeps the digits of small variation on a large mean', () => {
    const x = Float64Array.from({ length: 8 }, (_, i) => 1e12 + (i % 2));
    const { centre, scale } = learnStandardization(x, even(8), CENTRED);
    expect(centre).to.equal(1e12 + 0.5);
    expect(scale).to.be.closeTo(0.5, 1e-12);
  });

  it('keeps what the centre has no digits for, so that standardized values have mean 0', () => {
    const cases = [of(1e12, 1e12 + 1, 1e12 + 5), of(1, 1 + 1e-12, 1), of(-1e15, -1e15 + 1, -1e15 + 3)];
    for (const x of cases) {
      const v = even(3);
      standardizeInPlace(x, learnStandardization(x, v, CENTRED));
      expect(Math.abs(x[0] + x[1] + x[2]) / 3).to.be.below(1e-14);
      expect((x[0] ** 2 + x[1] ** 2 + x[2] ** 2) / 3).to.be.closeTo(1, 1e-14);
    }
  });

  it('neither overflows nor underflows', () => {
    for (const unit of [1e-300, 1e300]) {
      const { centre, scale } = learnStandardization(of(-unit, unit), even(2), CENTRED);
      expect([centre, scale]).to.deep.equal([0, unit]);
    }
  });

  it('is not disturbed by a huge value in a row without weight', () => {
    for (const huge of [1e100, 1e200, 1e300]) {
      const { centre, scale } = learnStandardization(of(1, 3, huge), of(0.5, 0.5, 0), CENTRED);
      expect([centre, scale]).to.deep.equal([2, 1]);
    }
  });
});
