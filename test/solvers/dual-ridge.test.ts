import { expect } from 'chai';
import fc from 'fast-check';
import { penalisedSolver, unpenalisedSolver } from '../../src/path/choose-solver.js';
import { solvePath } from '../../src/path/solve-path.js';
import { withoutBounds } from '../../src/problem/problem.js';
import { Engine } from '../../src/runtime/engine.js';
import type { RidgeExtent } from '../../src/solvers/gaussian/ridge-extent.js';
import { proximalNewton } from '../../src/solvers/proximal-newton/solver.js';
import { objective, violation } from './by-definition.js';
import { onKernels } from './on-kernels.js';
import { type Drawn, draw, type ProblemSpec, specs } from './random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const LAMBDAS = [30, 3, 0.3, 0.03];
const STOPPING = { violation: 1e-12, maxIterations: 100_000 };

/** A wide ridge in which only one column of so many has the bounds that are drawn for it. */
function drawPartlyBounded(spec: Partial<ProblemSpec>, every: number): Drawn {
  const drawn = draw({ l1Ratio: 0, ...spec });
  const { penalty } = drawn.problem;
  const kept = (bounds: Float64Array, none: number) => bounds.map((x, j) => (j % every === 0 ? x : none));
  const lower = kept(penalty.lower, -Infinity);
  const upper = kept(penalty.upper, Infinity);
  return { ...drawn, problem: { ...drawn.problem, penalty: { ...penalty, lower, upper } } };
}

describe('a wide ridge with bounds on some columns', () => {
  it('is optimal, and what proximal Newton finds in all columns', () => {
    const arbitrary = specs({ l1Ratio: 0 }, { maxRows: 14 });
    fc.assert(
      fc.property(arbitrary, fc.constantFrom('nonnegative', 'mixed'), (spec, bounds) => {
        const factor = spec.factor === 'some zero' ? 'varied' : spec.factor;
        const drawn = drawPartlyBounded({ ...spec, columns: 3 * spec.rows + 20, bounds, factor }, 9);
        for (const problem of [drawn.problem, onKernels(drawn.problem, drawn.z, engine)]) {
          const solver = penalisedSolver(problem);
          expect(solver.name).to.match(/(gram-path|proximal-newton)-by-rows$/);
          const other = proximalNewton(drawn.problem);
          for (const lambda of LAMBDAS) {
            const found = solver.solve(lambda, null, STOPPING);
            expect(violation(drawn, lambda, found)).to.be.below(1e-8);
            const wanted = other.solve(lambda, null, STOPPING);
            found.beta.forEach((b, j) => {
              expect(Math.abs(b - wanted.beta[j])).to.be.below(1e-6 * (1 + Math.abs(b)));
            });
          }
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('is certified along a path, with features that are not penalised, and where nothing is', () => {
    for (const spec of [{}, { weights: 'some zero', offset: true }, { intercept: false }] as const) {
      const shape = { seed: 5, rows: 20, columns: 120, factor: 'varied', bounds: 'mixed' } as const;
      const drawn = drawPartlyBounded({ ...shape, ...spec }, 7);
      for (let j = 0; j < 120; j += 30) drawn.problem.penalty.factor[j] = 0;
      const lambdas = [...LAMBDAS, 1e-9, 0];
      const path = solvePath(drawn.problem, lambdas, { tolerance: 1e-8, maxIterations: 100_000 });
      path.forEach((solution) => {
        expect(solution.certified).to.equal(true);
        expect(violation(drawn, solution.lambda, solution)).to.be.below(1e-8);
      });
      // More columns than rows are free to fit them all.
      expect(objective(drawn, 0, path[lambdas.length - 1])).to.be.below(1e-12);
    }
  });

  it('goes on from a solution of its own, and begins anew from any other', () => {
    for (const family of ['gaussian', 'binomial'] as const) {
      const drawn = drawPartlyBounded({ seed: 8, rows: 20, columns: 120, family, bounds: 'mixed' }, 7);
      const solver = penalisedSolver(drawn.problem);
      const cold = solver.solve(0.3, null, STOPPING);
      for (const warm of [solver.solve(3, null, STOPPING), { ...cold, beta: cold.beta.slice() }]) {
        const { beta } = solver.solve(0.3, warm, STOPPING);
        beta.forEach((b, j) => {
          expect(Math.abs(b - cold.beta[j])).to.be.below(1e-9);
        });
      }
    }
  });

  it('tells between which lambdas the penalty matters as the same problem without bounds does', () => {
    for (const family of ['gaussian', 'binomial'] as const) {
      const shape = { seed: 6, rows: 20, columns: 120, family, factor: 'varied' } as const;
      const { problem } = drawPartlyBounded({ ...shape, bounds: 'nonnegative' }, 7);
      const [found, wanted] = [problem, withoutBounds(problem)].map(
        (one) => penalisedSolver(one).extent?.(one.v, { taken: 0.019, left: 0.019 }) as RidgeExtent,
      );
      expect(found.most).to.be.closeTo(wanted.most, 1e-8 * wanted.most);
      expect(found.least).to.be.closeTo(wanted.least, 1e-8 * wanted.least);
    }
  });

  it('names only columns that can grow where they separate the classes', () => {
    const drawn = drawPartlyBounded({ seed: 7, rows: 20, columns: 120, family: 'binomial' }, 7);
    const { penalty } = drawn.problem;
    for (let j = 0; j < 120; j += 7) [penalty.lower[j], penalty.upper[j]] = [-0.1, 0.1];
    const expected = Int32Array.from({ length: 120 }, (_, j) => j).filter((j) => j % 7 !== 0);
    for (const problem of [drawn.problem, onKernels(drawn.problem, drawn.z, engine)]) {
      const { separation } = unpenalisedSolver(problem).solve(0, null, STOPPING);
      expect(separation?.columns).to.deep.equal(expected);
    }
  });
});
