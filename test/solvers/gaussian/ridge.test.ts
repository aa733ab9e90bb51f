import { expect } from 'chai';
import { verdicts } from '../../../src/certificate/kkt.js';
import { ridgeSolver } from '../../../src/solvers/gaussian/ridge.js';
import { draw } from '../random-problem.js';

describe('ridge in closed form', () => {
  it('keeps its digits with penalty factors a million million times apart, by its step of refinement', () => {
    for (let seed = 1; seed < 30; seed++) {
      const { problem: drawn } = draw({ seed, rows: 60, columns: 8, l1Ratio: 0 });
      const factor = drawn.penalty.factor.map((_, j) => 10 ** (12 * (((5 * j) % 8) / 7 - 0.5)));
      const problem = { ...drawn, penalty: { ...drawn.penalty, factor } };
      const solver = ridgeSolver(problem);
      const points = [100, 1, 1e-3, 1e-6].map((lambda) => {
        const { intercept, beta } = solver.solve(lambda, null, { violation: 1e-10, maxIterations: 1 });
        return { lambda, intercept, beta };
      });
      for (const { kkt } of verdicts(problem, points, null)) expect(kkt, `seed ${seed}`).to.be.below(1e-9);
    }
  });
});
