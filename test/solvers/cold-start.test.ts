import { expect } from 'chai';
import fc from 'fast-check';
import type { Design } from '../../src/design/design.js';
import { penalisedSolver } from '../../src/path/choose-solver.js';
import { lambdaMax } from '../../src/path/lambda-grid.js';
import type { Problem } from '../../src/problem/problem.js';
import { Engine } from '../../src/runtime/engine.js';
import { solveAll } from '../../src/solvers/solve-all.js';
import type { Solution } from '../../src/solvers/solver.js';
import { objective, violation } from './by-definition.js';
import { onKernels } from './on-kernels.js';
import { type Drawn, draw, type ProblemSpec, specs } from './random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

/** Lambdas from the largest that matters down, as shares of it. */
function gridOf({ problem }: Drawn, shares: readonly number[]): number[] {
  const largest = lambdaMax(problem, { violation: 1e-12, maxIterations: 100_000 });
  const top = largest > 1e-9 * problem.gradientScale ? largest : problem.gradientScale;
  return shares.map((share) => top * share);
}

/** Solutions along shares of lambdaMax, started from zero. */
function solve(drawn: Drawn, problem: Problem, shares: readonly number[]): Solution[] {
  const stopping = { violation: 1e-9 * problem.gradientScale, maxIterations: 100_000 };
  return solveAll(penalisedSolver(problem), gridOf(drawn, shares), null, stopping);
}

const DENSE = Array.from({ length: 60 }, (_, k) => 0.93 ** k);

/** The problem, and how many columns at most were in a Gram matrix. */
function watched(problem: Problem): { problem: Problem; most: () => number } {
  let most = 0;
  const note = (subset: Int32Array) => {
    most = Math.max(most, subset.length);
  };
  const { design } = problem;
  const watching: Design = Object.create(design, {
    gram: {
      value: (w: Float64Array, subset: Int32Array) => {
        note(subset);
        return design.gram(w, subset);
      },
    },
    gramRows: {
      value: (w: Float64Array, subset: Int32Array, first: number) => {
        note(subset);
        return design.gramRows(w, subset, first);
      },
    },
  });
  return { problem: { ...problem, design: watching }, most: () => most };
}

const WIDE = { rows: 40, columns: 3000, seed: 5 } as const;
const CASES: { name: string; spec: Partial<ProblemSpec> }[] = (['gaussian', 'binomial'] as const).flatMap(
  (family) => [
    { name: `${family}, lasso`, spec: { ...WIDE, family } },
    { name: `${family}, correlated columns`, spec: { ...WIDE, family, columnsAre: 'correlated' } },
    { name: `${family}, equal columns`, spec: { ...WIDE, family, columnsAre: 'duplicated' } },
    { name: `${family}, elastic net`, spec: { ...WIDE, family, l1Ratio: 0.9 } },
  ],
);

describe('a small lambda on a wide design, from a cold start', () => {
  for (const { name, spec } of CASES) {
    for (const where of ['plain', 'compiled'] as const) {
      it(`has the objective of a dense path, on a working set of a few times the support: ${name}, ${where}`, () => {
        const drawn = draw(spec);
        const { problem, most } = watched(
          where === 'plain' ? drawn.problem : onKernels(drawn.problem, drawn.z, engine),
        );
        const last = DENSE.at(-1) as number;
        const [lambda] = gridOf(drawn, [last]);
        const [cold] = solve(drawn, problem, [last]);
        const size = most();
        const warm = solve(drawn, problem, DENSE).at(-1) as Solution;
        expect(violation(drawn, lambda, cold)).to.be.below(1e-6);
        const [found, wanted] = [objective(drawn, lambda, cold), objective(drawn, lambda, warm)];
        expect(Math.abs(found - wanted)).to.be.below(1e-10 * wanted);
        expect(size).to.be.above(0).and.below(400);
      });
    }
  }

  it('is optimal from a start that is not 0 where nothing speaks for it', () => {
    for (const family of ['gaussian', 'binomial'] as const) {
      const drawn = draw({ ...WIDE, family });
      const [lambda] = gridOf(drawn, [0.05]);
      const beta = new Float64Array(WIDE.columns).map((_, j) => (j % 10 === 3 ? 1e-3 : 0));
      const start = { intercept: 0, beta, iterations: 0 };
      for (const problem of [drawn.problem, onKernels(drawn.problem, drawn.z, engine)]) {
        const stopping = { violation: 1e-9 * problem.gradientScale, maxIterations: 100_000 };
        const found = penalisedSolver(problem).solve(lambda, start, stopping);
        expect(violation(drawn, lambda, found)).to.be.below(1e-6);
      }
    }
  });

  it('is optimal for any sparse grid, whatever the weights, factors, bounds and offsets', () => {
    const arbitrary = specs({}, { maxRows: 14, maxColumns: 200 });
    const grid = fc.array(fc.double({ min: 0.02, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        arbitrary,
        grid,
        fc.constantFrom(0.3, 1),
        fc.boolean(),
        (spec, shares, l1Ratio, compiled) => {
          const drawn = draw({ ...spec, columns: spec.columns + 250, l1Ratio, factor: noFree(spec) });
          const falling = shares.toSorted((a, b) => b - a);
          const problem = compiled ? onKernels(drawn.problem, drawn.z, engine) : drawn.problem;
          const path = solve(drawn, problem, falling);
          gridOf(drawn, falling).forEach((lambda, k) => {
            expect(violation(drawn, lambda, path[k])).to.be.below(1e-6);
          });
        },
      ),
      { numRuns: 80, seed: 7 },
    );
  });
});

/** Where more features than rows are not penalised the classes are separated, and nothing is optimal. */
function noFree({ family, factor }: ProblemSpec): ProblemSpec['factor'] {
  return family === 'binomial' && factor === 'some zero' ? 'varied' : factor;
}
