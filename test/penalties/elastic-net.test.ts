import { expect } from 'chai';
import fc from 'fast-check';
import {
  atLambda,
  kktDistance,
  kktDistanceAt,
  penaltyValue,
  proximal,
  restrict,
  type Separable,
} from '../../src/penalties/elastic-net.js';

const of = (...values: number[]) => Float64Array.from(values);

const one = (l1: number, l2: number, lower = -Infinity, upper = Infinity): Separable => ({
  l1: of(l1),
  l2: of(l2),
  lower: of(lower),
  upper: of(upper),
});

const terms = fc.record({
  l1: fc.constantFrom(0, 0.5, 2),
  l2: fc.constantFrom(0, 0.3, 4),
  lower: fc.constantFrom(-Infinity, -1, -0.25, 0),
  upper: fc.constantFrom(Infinity, 1, 0.25, 0),
  u: fc.double({ min: -5, max: 5, noNaN: true }),
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
  it('lets a multiplier take the outward pull at a bound only', () => {
    const penalty = one(0.5, 0, -1, 2);
    expect(kktDistance(penalty, 0, 2, 9)).to.equal(0);
    expect(kktDistance(penalty, 0, 2, 0.25)).to.equal(0.25);
    expect(kktDistance(penalty, 0, -1, -9)).to.equal(0);
    expect(kktDistance(penalty, 0, -1, 1)).to.equal(1.5);
    expect(kktDistance(penalty, 0, 1, 9)).to.equal(8.5);
    expect(kktDistance(one(0.5, 0, 0), 0, 0, -9)).to.equal(0);
    expect(kktDistance(one(0.5, 0, 0), 0, 0, 9)).to.equal(8.5);
    expect(kktDistance(one(0.5, 0, 0, 0), 0, 0, 9)).to.equal(0);
  });
});

describe('kktDistanceAt', () => {
  it('has the digits of the penalty set up at that lambda, at and within bounds', () => {
    const any = fc.double({ min: -3, max: 3, noNaN: true });
    const size = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        any,
        any,
        size,
        size,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (b, g, lambda, f, l1Ratio) => {
          for (const bound of [0, Math.abs(b), 2, Infinity]) {
            const net = { l1Ratio, factor: of(f), lower: of(-bound), upper: of(bound) };
            for (const at of [b, 0]) {
              expect(kktDistanceAt(net, lambda, 0, at, g)).to.equal(
                kktDistance(atLambda(net, lambda), 0, at, g),
              );
            }
          }
        },
      ),
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
