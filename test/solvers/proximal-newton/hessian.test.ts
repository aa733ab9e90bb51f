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

    it('steps to the minimum of the model where nothing is penalised, columns and intercept together', () => {
      const gradient = vector(4);
      const none = new Float64Array(4);
      const penalty = {
        l1: none,
        l2: none,
        lower: none.map(() => -Infinity),
        upper: none.map(() => Infinity),
      };
      const step = hessian.proximalStep(gradient, vector(3), penalty, 1e-13, 1000);
      if (!intercept) expect(step[4]).to.equal(0);
      gradient.forEach((g, a) => {
        expect(step.reduce((s, x, b) => s + entry(a, b) * x, 0)).to.be.closeTo(g, 1e-9);
      });
    });
  });
}
