import { expect } from 'chai';
import fc from 'fast-check';
import { penalisedSolver } from '../../../src/path/choose-solver.js';
import { lambdaMax } from '../../../src/path/lambda-grid.js';
import type { Problem } from '../../../src/problem/problem.js';
import { Engine } from '../../../src/runtime/engine.js';
import { workingSetSolver } from '../../../src/solvers/gaussian/working-set-path.js';
import { proximalNewton } from '../../../src/solvers/proximal-newton/solver.js';
import type { Solution, Solver } from '../../../src/solvers/solver.js';
import { objective, violation } from '../by-definition.js';
import { onKernels } from '../on-kernels.js';
import { draw, type ProblemSpec, specs } from '../random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const MANY = { family: 'gaussian', rows: 24, columns: 400, columnsAre: 'correlated' } as const;

/** Twenty lambdas from the largest that matters down. */
function gridOf(problem: Problem): number[] {
  const largest = lambdaMax(problem, { violation: 1e-12, maxIterations: 100_000 });
  const top = largest > 1e-9 * problem.gradientScale ? largest : problem.gradientScale;
  return Array.from({ length: 20 }, (_, k) => top * 0.8 ** k);
}

function stoppingOf({ gradientScale }: Problem) {
  return { violation: 1e-10 * gradientScale, maxIterations: 100_000 };
}

function solverOf(problem: Problem): Solver {
  return workingSetSolver(problem, () => proximalNewton(problem));
}

/** The path on kernels. */
function pathOf(spec: Partial<ProblemSpec>, on: Engine = engine) {
  const drawn = draw(spec);
  const problem = onKernels(drawn.problem, drawn.z, on);
  const lambdas = gridOf(drawn.problem);
  const path = solverOf(problem).solveAll!(lambdas, null, stoppingOf(problem));
  return { drawn, lambdas, path };
}

describe('working-set-path', () => {
  it('meets the optimality conditions, whatever the weights, factors, bounds and offsets', () => {
    const arbitrary = specs({ family: 'gaussian' }, { maxRows: 12, maxColumns: 30 });
    fc.assert(
      fc.property(arbitrary, fc.constantFrom(0.1, 0.5, 1), (spec, l1Ratio) => {
        const { drawn, lambdas, path } = pathOf({ ...spec, columns: spec.columns + 300, l1Ratio });
        lambdas.forEach((lambda, k) => {
          expect(violation(drawn, lambda, path[k])).to.be.below(1e-8);
        });
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('lets in what violates, and goes on from there', () => {
    for (const seed of [1, 2, 3, 4]) {
      const { drawn, lambdas, path } = pathOf({ ...MANY, rows: 60, columns: 2000, l1Ratio: 1, seed });
      const other = proximalNewton(drawn.problem);
      let warm: Solution | null = null;
      lambdas.forEach((lambda, k) => {
        warm = other.solve(lambda, warm, stoppingOf(drawn.problem));
        expect(violation(drawn, lambda, path[k])).to.be.below(1e-8);
        const least = objective(drawn, lambda, warm);
        expect(objective(drawn, lambda, path[k])).to.be.below(least + 1e-9 * Math.abs(least));
      });
    }
  });

  it('knows the support', () => {
    const { path } = pathOf({ ...MANY, l1Ratio: 1 });
    for (const { beta, support } of path) {
      expect([...(support as Int32Array)]).to.deep.equal([...beta.keys()].filter((j) => beta[j] !== 0));
    }
    expect(path.at(-1)?.support?.length).to.be.above(10);
  });

  it('goes on from a solution that is not its own, lambda by lambda too', () => {
    const drawn = draw({ ...MANY, l1Ratio: 0.7 });
    const problem = onKernels(drawn.problem, drawn.z, engine);
    const lambdas = gridOf(problem);
    const stopping = stoppingOf(problem);
    let warm: Solution = proximalNewton(drawn.problem).solve(lambdas[9], null, stopping);
    const solver = solverOf(problem);
    for (const lambda of [...lambdas.slice(9), lambdas[2]]) {
      warm = solver.solve(lambda, warm, stopping);
      expect(violation(drawn, lambda, warm)).to.be.below(1e-8);
    }
  });

  it('reports each lambda once', () => {
    const { problem, z } = draw({ ...MANY, l1Ratio: 1 });
    const solver = solverOf(onKernels(problem, z, engine));
    let count = 0;
    solver.solveAll!(gridOf(problem), null, stoppingOf(problem), () => count++);
    expect(count).to.equal(20);
  });

  it('has the same digits on any number of threads', () => {
    const spec = { ...MANY, rows: 100, columns: 1500, l1Ratio: 0.9 };
    const { path } = pathOf(spec);
    for (const threads of [2, 3]) {
      const other = new Engine(threads).startThreads();
      expect(pathOf(spec, other).path).to.deep.equal(path);
      other.close();
    }
  });

  it('is the solver of a wide gaussian path with an l1 part on kernels', () => {
    const named = (spec: Partial<ProblemSpec>) => {
      const { problem, z } = draw({ ...MANY, ...spec });
      return penalisedSolver(onKernels(problem, z, engine)).name;
    };
    expect(named({ l1Ratio: 1 })).to.equal('working-set-path');
    expect(named({ l1Ratio: 0.5, bounds: 'nonnegative' })).to.equal('working-set-path');
    expect(named({ l1Ratio: 0, bounds: 'nonnegative' })).to.equal('proximal-newton');
    expect(named({ l1Ratio: 1, family: 'binomial' })).to.equal('proximal-newton');
  });
});
