import { expect } from 'chai';
import fc from 'fast-check';
import {
  atLambda,
  atLambdaOn,
  kktDistance,
  kktDistanceAt,
  netOn,
  penaltyValue,
  proximal,
  restrict,
  ridgeFactor,
  type Separable,
  squaresTimes,
  strongRuleSlack,
  within,
  withoutRoundOff,
} from '../../src/penalties/elastic-net.js';

const of = (...values: number[]) => Float64Array.from(values);

const one = (l1: number, l2: number, lower = -Infinity, upper = Infinity): Separable => ({
  l1: of(l1),
  l2: of(l2),
  lower: of(lower),
  upper: of(upper),
});

/** Numbers of everyday size: half of all doubles between 0 and 3 are below 1e-150. */
const real = (min: number, max: number) =>
  fc.integer({ min: 1000 * min, max: 1000 * max }).map((thousandths) => thousandths / 1000);

const terms = fc.record({
  l1: fc.constantFrom(0, 0.5, 2),
  l2: fc.constantFrom(0, 0.3, 4),
  lower: fc.constantFrom(-Infinity, -1, -0.25, 0),
  upper: fc.constantFrom(Infinity, 1, 0.25, 0),
  u: real(-5, 5),
  h: fc.constantFrom(0.2, 1, 7),
});

describe('the proximal step', () => {
  it('is the minimiser: no point of a fine grid within the bounds is better', () => {
    fc.assert(
      fc.property(terms, ({ l1, l2, lower, upper, u, h }) => {
        const penalty = one(l1, l2, lower, upper);
        const value = (b: number) => (h / 2) * b * b - u * b + penaltyValue(penalty, of(b));
        const b = proximal(penalty, 0, u, h);
        expect(b).to.be.within(lower, upper);
        const from = Math.max(lower, -30);
        const to = Math.min(upper, 30);
        for (let k = 0; k <= 600; k++) {
          expect(value(b)).to.be.at.most(value(from + ((to - from) * k) / 600) + 1e-12);
        }
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('is where the KKT distance is 0, and a step away it is not', () => {
    fc.assert(
      fc.property(terms, ({ l1, l2, lower, upper, u, h }) => {
        const penalty = one(l1, l2, lower, upper);
        const b = proximal(penalty, 0, u, h);
        expect(kktDistance(penalty, 0, b, u - h * b)).to.be.below(1e-12);
        for (const away of [b - 0.01, b + 0.01]) {
          if (away < lower || away > upper) continue;
          expect(kktDistance(penalty, 0, away, u - h * away)).to.be.above(0.001);
        }
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it('soft-thresholds, shrinks and clamps by hand', () => {
    expect(proximal(one(1, 0), 0, 3, 2)).to.equal(1);
    expect(proximal(one(1, 0), 0, -3, 2)).to.equal(-1);
    expect(proximal(one(1, 2), 0, 3, 2)).to.equal(0.5);
    expect(proximal(one(1, 0), 0, 1, 2)).to.equal(0);
    expect(proximal(one(0, 0, -1, 0.5), 0, 3, 2)).to.equal(0.5);
    expect(proximal(one(0, 0), 0, 3, 0)).to.equal(0);
  });
});

describe('kktDistance', () => {
  it('lets a multiplier take the outward interceptGradient at a bound only', () => {
    const penalty = one(0.5, 0, -1, 2);
    expect(kktDistance(penalty, 0, 2, 9)).to.equal(0);
    expect(kktDistance(penalty, 0, 2, 0.25)).to.equal(0.25);
    expect(kktDistance(penalty, 0, -1, -9)).to.equal(0);
    expect(kktDistance(penalty, 0, -1, 1)).to.equal(1.5);
    expect(kktDistance(penalty, 0, 1, 9)).to.equal(8.5);
    expect(kktDistance(one(0.5, 0, 0), 0, 0, -9)).to.equal(0);
    expect(kktDistance(one(0.5, 0, 0), 0, 0, 9)).to.equal(8.5);
    expect(kktDistance(one(0.5, 0, 0, 0), 0, 0, 9)).to.equal(0);
    expect(kktDistance(one(0.5, 0, -1, 0), 0, 0, -9)).to.equal(8.5);
    expect(kktDistance(one(0.5, 0, -1, 0), 0, 0, 9)).to.equal(0);
    expect(kktDistance(one(0.5, 0), 0, 0, 0.5)).to.equal(0);
  });
});

describe('kktDistanceAt', () => {
  it('has the digits of the penalty set up at that lambda, at and within bounds', () => {
    const any = real(-3, 3);
    const size = real(0, 3);
    fc.assert(
      fc.property(any, any, size, size, real(0, 1), (b, g, lambda, f, l1Ratio) => {
        for (const bound of [0, Math.abs(b), 2, Infinity]) {
          const plain = { l1Ratio, factor: of(f), lower: of(-bound), upper: of(bound) };
          for (const net of [plain, { ...plain, l2Factor: of(3 * f + 1) }]) {
            for (const at of [b, 0]) {
              expect(kktDistanceAt(net, lambda, 0, at, g)).to.equal(
                kktDistance(atLambda(net, lambda), 0, at, g),
              );
            }
          }
        }
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});

describe('the penalty at a lambda', () => {
  const net = { l1Ratio: 0.25, factor: of(1, 0, 4), lower: of(-1, -2, -3), upper: of(1, 2, 3) };

  it('splits lambda by l1Ratio and multiplies it by the factors', () => {
    const { l1, l2 } = atLambda(net, 2);
    expect(Array.from(l1)).to.deep.equal([0.5, 0, 2]);
    expect(Array.from(l2)).to.deep.equal([1.5, 0, 6]);
  });

  it('has the value lambda P(b)', () => {
    expect(penaltyValue(atLambda(net, 2), of(-2, 9, 1))).to.equal(0.5 * 2 + 0.75 * 4 + 2 + 3);
  });

  it('counts what is 0 as nothing, where its factor is infinite too', () => {
    expect(penaltyValue(one(Infinity, Infinity), of(0))).to.equal(0);
  });

  it('has a quadratic part of its own where its factors are given', () => {
    const own = { ...net, l2Factor: of(2, 0, 1) };
    expect(Array.from(atLambda(own, 2).l1)).to.deep.equal([0.5, 0, 2]);
    expect(Array.from(atLambda(own, 2).l2)).to.deep.equal([3, 0, 1.5]);
    expect(ridgeFactor(own)).to.equal(own.l2Factor);
    expect(ridgeFactor(net)).to.equal(net.factor);
  });

  it('has its quadratic part times a number, and nothing else changed', () => {
    for (const l1Ratio of [0, 0.25, 1]) {
      for (const given of [
        { ...net, l1Ratio },
        ...(l1Ratio === 0 ? [] : [{ ...net, l1Ratio, l2Factor: of(2, 0, 1) }]),
      ]) {
        const [before, after] = [given, squaresTimes(given, 4)].map((each) => atLambda(each, 2));
        expect(Array.from(after.l1)).to.deep.equal(Array.from(before.l1));
        expect(Array.from(after.l2)).to.deep.equal(Array.from(before.l2, (x) => 4 * x));
      }
    }
    const lasso = { ...net, l1Ratio: 1 };
    expect(squaresTimes(lasso, 4)).to.equal(lasso);
    expect(squaresTimes({ ...net, l1Ratio: 0 }, 4)).to.not.have.property('l2Factor');
  });

  it('is set up on some columns as it is on all', () => {
    const subset = Int32Array.of(2, 0);
    for (const given of [net, { ...net, l2Factor: of(2, 0, 1) }]) {
      expect(atLambdaOn(given, 2, subset)).to.deep.equal(restrict(atLambda(given, 2), subset));
    }
    expect(netOn(net, subset)).to.not.have.property('l2Factor');
  });

  it('restricts to columns in the order asked', () => {
    const { l1, l2, lower, upper } = restrict(atLambda(net, 2), Int32Array.of(2, 0));
    expect([l1, l2, lower, upper].map((x) => Array.from(x))).to.deep.equal([
      [2, 0.5],
      [6, 1.5],
      [-3, -1],
      [3, 1],
    ]);
  });
});

describe('the strong rule', () => {
  it('asks for 2 lambda - previous, in units of lambda, and for 1 without a previous solution', () => {
    expect(strongRuleSlack(1.25, 1)).to.equal(0.75);
    expect(strongRuleSlack(1, 1)).to.equal(1);
    expect(strongRuleSlack(9, 1)).to.equal(0);
    expect(strongRuleSlack(1, 0)).to.equal(0);
    expect(strongRuleSlack(Infinity, 1)).to.equal(1);
  });
});

describe('coefficients without round-off', () => {
  const net = { l1Ratio: 0.5, factor: of(1, 1, 0, 1), lower: of(), upper: of() };

  it('are 0 where they are rounding beside the largest and penalised', () => {
    const beta = of(-8, 8e-13, 1e-14, 8.1e-13);
    expect(Array.from(withoutRoundOff(net, beta))).to.deep.equal([-8, 0, 1e-14, 8.1e-13]);
    expect(Array.from(beta)).to.deep.equal([-8, 8e-13, 1e-14, 8.1e-13]);
    expect(Array.from(withoutRoundOff(net, of(1e-14, -1e-14, 0, -2)))).to.deep.equal([0, 0, 0, -2]);
  });

  it('are the very vector where there are none, and of ridge', () => {
    const clean = of(1, 0, 1e-20, 0.5);
    expect(withoutRoundOff(net, clean)).to.equal(clean);
    const ridge = of(1, 1e-20, 0, 0);
    expect(withoutRoundOff({ ...net, l1Ratio: 0 }, ridge)).to.equal(ridge);
  });
});

describe('coefficients within bounds', () => {
  it('are put on the bound that they are beyond, in place', () => {
    const beta = of(-2, 0.5, 3);
    expect(within({ lower: of(-1, -1, -1), upper: of(1, 1, 1) }, beta)).to.equal(beta);
    expect(Array.from(beta)).to.deep.equal([-1, 0.5, 1]);
  });
});
