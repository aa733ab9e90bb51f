import { expect } from 'chai';
import { kktViolations } from '../../../src/certificate/kkt.js';
import { lambdaMax, logSpaced } from '../../../src/path/lambda-grid.js';
import { normalEquations } from '../../../src/problem/normal-equations.js';
import type { Problem } from '../../../src/problem/problem.js';
import { Engine } from '../../../src/runtime/engine.js';
import { gramPathSolver, gramPaths } from '../../../src/solvers/gaussian/gram-path.js';
import { solveAll } from '../../../src/solvers/solve-all.js';
import type { Solution } from '../../../src/solvers/solver.js';
import { onKernels } from '../on-kernels.js';
import { draw, type ProblemSpec } from '../random-problem.js';

const engine = new Engine(2).startThreads();
after(() => engine.close());

const KINDS: Record<string, Partial<ProblemSpec>> = {
  lasso: {},
  'elastic net': { l1Ratio: 0.3 },
  'nonnegative lasso, some columns unpenalised': { bounds: 'nonnegative', factor: 'some zero' },
  'ridge within bounds': { l1Ratio: 0, bounds: 'mixed', factor: 'varied' },
  'correlated columns': { columnsAre: 'correlated', weights: 'varied' },
};

const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 33, 70];

const grid = (problem: Problem) => {
  const largest = lambdaMax(problem, { violation: 1e-12, maxIterations: 1000 });
  return logSpaced(largest > 0 ? largest : 1, 1e-3 * (largest > 0 ? largest : 1), 15);
};

const stopping = ({ gradientScale }: Problem) => ({ violation: 1e-10 * gradientScale, maxIterations: 1000 });

function expectClose(found: readonly Solution[], wanted: readonly Solution[]): void {
  wanted.forEach((solution, k) => {
    solution.beta.forEach((value, j) => {
      expect(found[k].beta[j]).to.be.closeTo(value, 1e-6);
    });
  });
}

describe('gram-path', () => {
  for (const [name, kind] of Object.entries(KINDS)) {
    it(`walks a path in one compiled call as it does lambda by lambda: ${name}`, () => {
      for (const columns of SIZES) {
        const { problem, z } = draw({ rows: 3 * columns + 20, columns, seed: columns, ...kind });
        const lambdas = grid(problem);
        const compiled = onKernels(problem, z, engine);
        const plain = solveAll(gramPathSolver(problem), lambdas, null, stopping(problem));
        let told = 0;
        const solver = gramPathSolver(compiled);
        const together = solver.solveAll!(lambdas, null, stopping(problem), () => told++);
        expect(told).to.equal(lambdas.length);
        expectClose(together, plain);
        const kkt = kktViolations(
          compiled,
          together.map((solution, k) => ({ ...solution, lambda: lambdas[k] })),
        );
        for (const violation of kkt) expect(violation).to.be.at.most(1e-9);
        // From a warm start, and one by one.
        expectClose(solver.solveAll!(lambdas.slice(7), together[6], stopping(problem)), plain.slice(7));
        expectClose([solver.solve(lambdas[7], together[6], stopping(problem))], plain.slice(7, 8));
      }
    });
  }

  it('walks several paths together to the digits of each alone', () => {
    const problems = [40, 7, 63].map((columns) => {
      const { problem, z } = draw({ rows: 3 * columns + 20, columns, seed: columns, l1Ratio: 0.5 });
      return onKernels(problem, z, engine);
    });
    const equations = problems.map(normalEquations);
    const lambdas = grid(problems[0]);
    const together = gramPaths(equations, lambdas, stopping(problems[0]));
    const alone = equations.map((one) => gramPaths([one], lambdas, stopping(problems[0]))[0]);
    expect(together).to.deep.equal(alone);
    expect(gramPaths([], lambdas, stopping(problems[0]))).to.deep.equal([]);
  });

  it('stops after as many sweeps as it is given', () => {
    const { problem, z } = draw({ rows: 200, columns: 40, seed: 3, columnsAre: 'correlated' });
    const lambdas = grid(problem);
    for (const given of [problem, onKernels(problem, z, engine)]) {
      const path = solveAll(gramPathSolver(given), lambdas, null, { violation: 0, maxIterations: 2 });
      for (const { iterations } of path) expect(iterations).to.be.at.most(2);
    }
  });
});
