import { expect } from 'chai';
import { penalisedSolver } from '../../src/path/choose-solver.js';
import { solveAll } from '../../src/solvers/solve-all.js';
import type { Solution } from '../../src/solvers/solver.js';
import { draw } from './random-problem.js';

const STOPPING = { violation: 1e-12, maxIterations: 1000 };
const LAMBDAS = [1, 0.3, 0.1, 0.03];

describe('solving a path together', () => {
  for (const family of ['gaussian', 'binomial'] as const) {
    for (const shape of [
      { rows: 30, columns: 6 },
      { rows: 9, columns: 20 },
    ]) {
      const { problem } = draw({ family, l1Ratio: 0, bounds: 'none', factor: 'varied', seed: 3, ...shape });

      it(`gives what its lambdas give one by one (${family} ridge, ${shape.rows} x ${shape.columns})`, () => {
        const [together, alone] = [penalisedSolver(problem), penalisedSolver(problem)];
        let warm: Solution | null = null;
        solveAll<Solution>(together, LAMBDAS, null, STOPPING).forEach((solution, k) => {
          const one: Solution = alone.solve(LAMBDAS[k], warm, STOPPING);
          solution.beta.forEach((b, j) => {
            expect(b).to.be.closeTo(one.beta[j], 1e-9);
          });
          expect(solution.intercept).to.be.closeTo(one.intercept, 1e-9);
          if (family === 'gaussian') {
            const [ours, theirs] = [solution, one].map(({ degreesOfFreedom: df }) => df?.() as number);
            expect(ours).to.be.closeTo(theirs, 1e-9);
          }
          warm = one;
        });
      });

      it(`reports each lambda once (${family} ridge, ${shape.rows} x ${shape.columns})`, () => {
        let solved = 0;
        solveAll<Solution>(penalisedSolver(problem), LAMBDAS, null, STOPPING, () => solved++);
        expect(solved).to.equal(LAMBDAS.length);
      });
    }
  }

  it('goes on from a solution of the same solver where that is sent back', () => {
    const { problem } = draw({
      family: 'binomial',
      l1Ratio: 0,
      bounds: 'none',
      rows: 9,
      columns: 20,
      seed: 4,
    });
    const solver = penalisedSolver(problem);
    const path = solveAll<Solution>(solver, LAMBDAS, null, STOPPING);
    path.forEach((solution, k) => {
      const again = solver.solve(LAMBDAS[k], { ...solution }, STOPPING);
      expect(again.iterations).to.be.below(2);
      expect([...again.beta]).to.deep.equal([...solution.beta]);
    });
  });
});
