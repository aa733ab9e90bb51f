import { expect } from 'chai';
import { sum } from '../../../src/linalg/vector.js';
import { WorkingHessian } from '../../../src/solvers/proximal-newton/hessian.js';
import { inner } from '../by-definition.js';
import { draw, normal, uniform } from '../random-problem.js';

for (const intercept of [true, false]) {
  describe(`the Hessian of the working set, ${intercept ? 'with' : 'without'} an intercept`, () => {
    const { problem, z } = draw({ rows: 25, columns: 6, intercept, columnsAre: 'correlated' });
    const chance = uniform(3);
    const w = Float64Array.from({ length: 25 }, () => 0.1 + chance());
    const hessian = new WorkingHessian(problem);
    hessian.rebuild(Int32Array.of(4, 1), w);
    hessian.extend(Int32Array.of(0, 5));
    hessian.scaleTo(0.3 * sum(w));
    const columns = [4, 1, 0, 5].map((j) => z[j]);
    columns.push(new Float64Array(25).fill(intercept ? 1 : 0));
    const random = normal(7);
    const vector = (length: number) =>
      Float64Array.from({ length: length + 1 }, (_, a) => (a < length || intercept ? random() : 0));
    /** Entry (a, b) of the scaled matrix over columns and intercept. */
    const entry = (a: number, b: number) => 0.3 * inner(w, columns[a], columns[b]);

    it('multiplies a step, columns added later and the intercept included', () => {
      const step = vector(4);
      hessian.times(step).forEach((value, a) => {
        const expected = step.reduce((s, x, b) => s + entry(a, b) * x, 0);
        expect(value).to.be.closeTo(expected, 1e-12);
      });
    });

    it('solves for some columns and the intercept while the others stay', () => {
      const free = Int32Array.of(3, 0);
      const [ridge, r] = [Float64Array.of(0.2, 0.5, 0), vector(2)];
      const x = hessian.solve(free, ridge, r);
      if (!intercept) expect(x[2]).to.equal(0);
      [3, 0, 4].forEach((a, k) => {
        const value = [3, 0, 4].reduce((s, b, l) => s + entry(a, b) * x[l], ridge[k] * x[k]);
        expect(value).to.be.closeTo(r[k], 1e-12);
      });
    });

    it('takes the intercept out of a gradient and gives its part of the step back', () => {
      const gradient = vector(4);
      const all = Int32Array.of(0, 1, 2, 3);
      const whole = hessian.solve(all, new Float64Array(5), gradient);
      const step = whole.subarray(0, 4);
      expect(hessian.interceptOf(gradient, step)).to.be.closeTo(whole[4], 1e-9);
      hessian.withoutIntercept(gradient).forEach((c, a) => {
        const product = step.reduce((s, x, b) => s + hessian.h.entry(a, b) * x, 0);
        expect(c).to.be.closeTo(0.3 * product, 1e-9);
      });
    });
  });
}
