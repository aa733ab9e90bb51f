import { expect } from 'chai';
import fc from 'fast-check';
import { binomial, logisticLoss, sigmoid, softplus } from '../../src/families/binomial.js';
import { gaussian } from '../../src/families/gaussian.js';

const of = (...values: number[]) => Float64Array.from(values);

for (const family of [gaussian, binomial]) {
  describe(`the ${family.name} family`, () => {
    const ys = family.name === 'gaussian' ? [-2.5, 0, 4] : [0, 1];
    const rows = fc.array(
      fc.record({
        y: fc.constantFrom(...ys),
        // Not fc.double: most doubles are next to 0.
        eta: fc.integer({ min: -8000, max: 8000 }).map((k) => k / 1000),
        v: fc.integer({ min: 0, max: 1000 }).map((k) => k / 1000),
      }),
      { minLength: 1, maxLength: 6 },
    );

    it('has minus the derivative of its loss as residual, and the second one as curvature', () => {
      fc.assert(
        fc.property(rows, (drawn) => {
          const y = Float64Array.from(drawn, (r) => r.y);
          const eta = Float64Array.from(drawn, (r) => r.eta);
          const v = Float64Array.from(drawn, (r) => r.v);
          const residual = new Float64Array(y.length);
          const curvature = new Float64Array(y.length);
          family.residual(y, eta, v, residual);
          family.curvature(eta, v, curvature);
          for (let i = 0; i < y.length; i++) {
            const at = (d: number, out: Float64Array) => {
              const moved = eta.slice();
              moved[i] += d;
              family.residual(y, moved, v, out);
              return { loss: family.loss(y, moved, v), residual: out[i] };
            };
            const h = 1e-4;
            const up = at(h, new Float64Array(y.length));
            const down = at(-h, new Float64Array(y.length));
            expect(residual[i]).to.be.closeTo(-(up.loss - down.loss) / (2 * h), 1e-7);
            expect(curvature[i]).to.be.closeTo(-(up.residual - down.residual) / (2 * h), 1e-7);
            expect(residual[i]).to.be.closeTo(v[i] * (y[i] - family.mean(eta[i])), 1e-12);
          }
        }),
        { numRuns: 60, seed: 2 },
      );
    });
  });
}

describe('a family', () => {
  it('has the name by which others ask for it', () => {
    expect([gaussian.name, binomial.name]).to.deep.equal(['gaussian', 'binomial']);
  });
});

describe('the loss at a known point', () => {
  it('is half the weighted squared error for gaussian', () => {
    expect(gaussian.loss(of(1, 5), of(3, 4), of(0.25, 0.75))).to.equal((0.25 * 4 + 0.75) / 2);
  });

  it('is log 2 at eta 0 for binomial', () => {
    expect(binomial.loss(of(0, 1), of(0, 0), of(0.5, 0.5))).to.be.closeTo(Math.LN2, 1e-16);
  });
});

describe('the logistic functions at extremes', () => {
  it('neither overflow nor lose the small side', () => {
    expect(sigmoid(800)).to.equal(1);
    expect(sigmoid(-800)).to.equal(0);
    expect(sigmoid(-720)).to.equal(Math.exp(-720));
    expect(sigmoid(-700) / Math.exp(-700)).to.be.closeTo(1, 1e-15);
    expect(softplus(800)).to.equal(800);
    expect(softplus(-700) / Math.exp(-700)).to.be.closeTo(1, 1e-15);
    expect(softplus(-800)).to.equal(0);
    expect(logisticLoss(1, 50) / Math.exp(-50)).to.be.closeTo(1, 1e-15);
    expect(logisticLoss(0, 800)).to.equal(800);
    expect(logisticLoss(1, -800)).to.equal(800);
    expect(logisticLoss(1, 800)).to.equal(0);
  });

  it('keep the digits of the residual of a confident and right prediction', () => {
    const out = new Float64Array(2);
    binomial.residual(of(1, 0), of(60, -60), of(1, 1), out);
    expect(out[0] / Math.exp(-60)).to.be.closeTo(1, 1e-15);
    expect(out[1] / -Math.exp(-60)).to.be.closeTo(1, 1e-15);
  });

  it('are symmetric', () => {
    for (const x of [0, 1e-9, 0.3, 5, 36.7, 300]) {
      expect(sigmoid(x) + sigmoid(-x)).to.be.closeTo(1, 1e-15);
      expect(softplus(x) - softplus(-x)).to.be.closeTo(x, 1e-13);
    }
  });
});
