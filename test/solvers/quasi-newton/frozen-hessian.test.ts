import { expect } from 'chai';
import { Dense } from '../../../src/linalg/dense.js';
import { FrozenHessian } from '../../../src/solvers/quasi-newton/frozen-hessian.js';
import { inner } from '../by-definition.js';
import { draw, normal, uniform } from '../random-problem.js';

const LAMBDA = 0.37;

for (const intercept of [true, false]) {
  describe(`the Hessian that is kept, ${intercept ? 'with' : 'without'} an intercept`, () => {
    const { problem, z } = draw({ rows: 25, columns: 6, intercept, l1Ratio: 0, factor: 'varied' });
    const chance = uniform(3);
    const w = Float64Array.from({ length: 25 }, () => 0.1 + chance());
    const ones = new Float64Array(25).fill(intercept ? 1 : 0);
    const columns = [...z, ones];
    const random = normal(5);
    const r = Float64Array.from({ length: 7 }, (_, j) => (j < 6 || intercept ? random() : 0));

    /** (scale H + lambda D) x - r, from the columns. */
    const residual = (scale: number, x: Float64Array) =>
      columns.map((a, j) => {
        const ridge = j < 6 ? LAMBDA * problem.penalty.factor[j] : 0;
        return columns.reduce((s, b, k) => s + scale * inner(w, a, b) * x[k], ridge * x[j]) - r[j];
      });

    it('solves for coefficients and intercept together', () => {
      const x = new FrozenHessian(problem, w, new Dense(problem.design.engine)).solve(LAMBDA, r);
      for (const left of residual(1, x)) expect(Math.abs(left)).to.be.below(1e-11);
      if (!intercept) expect(x[6]).to.equal(0);
    });

    it('is scaled to the curvature of another point', () => {
      const hessian = new FrozenHessian(problem, w, new Dense(problem.design.engine));
      const total = w.reduce((a, b) => a + b, 0);
      hessian.scaleTo(0.2 * total);
      for (const left of residual(0.2, hessian.solve(LAMBDA, r))) expect(Math.abs(left)).to.be.below(1e-11);
    });
  });
}

describe('the price of a Hessian', () => {
  it('is below a pass for few columns and many passes for many', () => {
    const passes = (rows: number, columns: number) =>
      FrozenHessian.passes(draw({ rows, columns, l1Ratio: 0 }).problem);
    expect(passes(100, 3)).to.be.below(1);
    expect(passes(400, 200)).to.be.above(50);
  });
});
