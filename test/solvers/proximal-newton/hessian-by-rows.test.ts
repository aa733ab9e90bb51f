import { expect } from 'chai';
import fc from 'fast-check';
import type { Design } from '../../../src/design/design.js';
import { penalisedSolver } from '../../../src/path/choose-solver.js';
import { lambdaMax } from '../../../src/path/lambda-grid.js';
import { solvePath } from '../../../src/path/solve-path.js';
import { atLambdaOn } from '../../../src/penalties/elastic-net.js';
import { allColumns, type Problem } from '../../../src/problem/problem.js';
import { Engine } from '../../../src/runtime/engine.js';
import { WorkingHessian } from '../../../src/solvers/proximal-newton/hessian.js';
import { HessianByRows } from '../../../src/solvers/proximal-newton/hessian-by-rows.js';
import { RowKernel } from '../../../src/solvers/proximal-newton/row-kernel.js';
import { RowSystem } from '../../../src/solvers/proximal-newton/row-system.js';
import { solveAll } from '../../../src/solvers/solve-all.js';
import type { Solution } from '../../../src/solvers/solver.js';
import { objective, solveLinear, violation } from '../by-definition.js';
import { onKernels } from '../on-kernels.js';
import { draw, type ProblemSpec, specs, uniform } from '../random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const WIDE = { rows: 12, columns: 50, seed: 4 } as const;

function randomVector(length: number, seed: number): Float64Array {
  const chance = uniform(seed);
  return Float64Array.from({ length }, () => chance() - 0.5);
}

/** A Hessian of each kind over the same columns, at the same curvature and scale. */
function both(problem: Problem, seed: number) {
  const columns = allColumns(problem.design.columns).filter((j) => j % 7 !== 3);
  const w = problem.v.map((v, i) => v * (1 + (i % 5)));
  return [new WorkingHessian(problem), new HessianByRows(problem)].map((hessian) => {
    hessian.rebuild(columns.subarray(0, 20), w);
    hessian.extend(columns.subarray(20));
    hessian.scaleTo(0.3 + (seed % 3));
    return hessian;
  });
}

describe('the Hessian by rows', () => {
  const arbitrary = specs({}, { maxRows: 14, maxColumns: 30 });

  it('times a step is the product with the matrix', () => {
    fc.assert(
      fc.property(arbitrary, (spec) => {
        const { problem } = draw({ ...spec, columns: spec.columns + 30 });
        const [matrix, byRows] = both(problem, spec.seed);
        const step = randomVector(matrix.columns.length + 1, spec.seed);
        if (!problem.intercept) step[step.length - 1] = 0;
        const [expected, found] = [matrix.times(step), byRows.times(step)];
        found.forEach((x, a) => {
          expect(x).to.be.closeTo(expected[a], 1e-10 * (1 + Math.abs(expected[a])));
        });
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('steps to the minimum that the matrix steps to', () => {
    const ratios = fc.constantFrom(0, 0.02, 0.5, 0.95);
    fc.assert(
      fc.property(arbitrary, ratios, fc.constantFrom(1, 0.03), (spec, l1Ratio, lambda) => {
        const factor = spec.factor === 'some zero' ? 'varied' : spec.factor;
        const { problem } = draw({ ...spec, columns: spec.columns + 30, l1Ratio, factor });
        const [matrix, byRows] = both(problem, spec.seed);
        const penalty = atLambdaOn(problem.penalty, lambda, matrix.columns);
        const start = randomVector(matrix.columns.length, spec.seed + 1).map((x, a) =>
          a % 3 === 0 ? 0 : Math.min(Math.max(0.1 * x, penalty.lower[a]), penalty.upper[a]),
        );
        const gradient = randomVector(matrix.columns.length + 1, spec.seed + 2);
        if (!problem.intercept) gradient[gradient.length - 1] = 0;
        const [expected, found] = [matrix, byRows].map((h) =>
          h.proximalStep(gradient, start, penalty, 1e-12, 100_000),
        );
        found.forEach((x, a) => {
          expect(x).to.be.closeTo(expected[a], 1e-7 * (1 + Math.abs(expected[a])));
        });
      }),
      { numRuns: 80, seed: 2 },
    );
  });
});

describe('a kernel matrix of changing columns', () => {
  for (const where of ['plain', 'compiled'] as const) {
    it(`is the one of the current columns and factors: ${where}`, () => {
      const drawn = draw({ ...WIDE, columns: 200 });
      const { design } = where === 'plain' ? drawn.problem : onKernels(drawn.problem, drawn.z, engine);
      const kernel = new RowKernel(design);
      const chance = uniform(3);
      for (const scale of [1, 0.3, 0.3, 1e6, 1e-6, 2]) {
        // Each time some columns more or less, and one whose factor does not follow the others'.
        const columns = allColumns(200).filter((j) => j === 5 || (chance() < 0.9 && j !== 9));
        const c = Float64Array.from(columns, (j) => (j === 5 ? 1 : scale * (1 + (j % 3))));
        kernel.take(columns, c);
        const x = randomVector(WIDE.rows, 1);
        const expected = Array.from(x, (_, i) =>
          columns.reduce(
            (s, j, a) => s + c[a] * drawn.z[j][i] * drawn.z[j].reduce((t, z, k) => t + z * x[k], 0),
            0,
          ),
        );
        const size = Math.max(...expected.map(Math.abs));
        const entries = Array.from(x, (_, i) => x.reduce((s, value, k) => s + kernel.entry(i, k) * value, 0));
        for (const found of [[...kernel.times(x)], entries]) {
          found.forEach((value, i) => {
            expect(Math.abs(value - expected[i])).to.be.below(1e-11 * size);
          });
        }
      }
    });
  }
});

describe('a system in as many unknowns as rows', () => {
  for (const where of ['plain', 'compiled'] as const) {
    it(`is solved with a preconditioner and without: ${where}`, () => {
      const drawn = draw({ ...WIDE, rows: 40, columns: 400, columnsAre: 'correlated' });
      const problem = where === 'plain' ? drawn.problem : onKernels(drawn.problem, drawn.z, engine);
      const { design } = problem;
      let factors = 0;
      const counting: Design = Object.create(design, {
        outerGram: {
          value: (scale: Float64Array, subset: Int32Array) => {
            factors++;
            return design.outerGram(scale, subset);
          },
        },
      });
      const system = new RowSystem(counting);
      const root = Float64Array.from({ length: 40 }, (_, i) => (i === 7 ? 0 : 0.1 + (i % 4) / 10));
      system.weigh(root, true);
      const columns = allColumns(400).filter((j) => j % 3 !== 1);
      // Of very different sizes, so that many steps are needed.
      const c = Float64Array.from(columns, (j) => 10 ** (j % 7) / 100);
      const length = Math.hypot(...root);
      const centred = (x: number[]) => {
        const along = x.reduce((s, value, i) => s + (value * root[i]) / length, 0);
        return x.map((value, i) => value - (along * root[i]) / length);
      };
      const images = Array.from(columns, (j) => centred([...drawn.z[j]].map((z, i) => z * root[i])));
      const matrix = Array.from(root, (_, a) =>
        Array.from(root, (__, b) => images.reduce((s, x, k) => s + c[k] * x[a] * x[b], a === b ? 1 : 0)),
      );
      for (let round = 0; round < 6; round++) {
        const f = Float64Array.from(centred([...randomVector(40, round)]));
        const expected = solveLinear(matrix, [...f]);
        const found = system.solve(columns, c, f, 1e-11);
        found.forEach((x, i) => {
          expect(x).to.be.closeTo(expected[i], 1e-9);
        });
      }
      expect(factors).to.equal(1);
    });
  }
});

/** Solutions along shares of lambdaMax; for ridge along shares of 100. */
function pathOf(spec: Partial<ProblemSpec>, shares: readonly number[], on: Engine | null) {
  const drawn = draw(spec);
  const problem = on === null ? drawn.problem : onKernels(drawn.problem, drawn.z, on);
  const top = spec.l1Ratio === 0 ? 100 : lambdaMax(problem, { violation: 1e-12, maxIterations: 1e5 });
  const lambdas = shares.map((share) => share * top);
  const stopping = { violation: 1e-9 * problem.gradientScale, maxIterations: 100_000 };
  const path = solveAll(penalisedSolver(problem), lambdas, null, stopping);
  return { drawn, lambdas, path };
}

const DENSE: { name: string; spec: Partial<ProblemSpec> }[] = (['gaussian', 'binomial'] as const).flatMap(
  (family) => [
    { name: `${family}, ridge within bounds`, spec: { family, l1Ratio: 0, bounds: 'mixed' as const } },
    { name: `${family}, ridge not below 0`, spec: { family, l1Ratio: 0, bounds: 'nonnegative' as const } },
    { name: `${family}, nearly ridge`, spec: { family, l1Ratio: 0.02 } },
    { name: `${family}, half ridge`, spec: { family, l1Ratio: 0.5, columnsAre: 'correlated' as const } },
  ],
);

describe('a wide path with more coefficients than rows that are not 0', () => {
  for (const { name, spec } of DENSE) {
    it(`is optimal, from a cold start too, and where it is compiled: ${name}`, () => {
      const wide = { ...WIDE, rows: 30, columns: 600, ...spec };
      for (const on of [null, engine]) {
        const { drawn, lambdas, path } = pathOf(wide, [0.5, 0.4, 0.1, 0.09, 0.02], on);
        const cold = pathOf(wide, [0.02], on).path[0];
        lambdas.forEach((lambda, k) => {
          expect(violation(drawn, lambda, path[k])).to.be.below(1e-8);
        });
        const last = path.at(-1) as Solution;
        const [wanted, found] = [last, cold].map((point) => objective(drawn, lambdas[4], point));
        expect(Math.abs(found - wanted)).to.be.below(1e-10 * wanted);
      }
    });

    it(`takes memory like the data: ${name}`, () => {
      const own = new Engine(1);
      const empty = own.wasm.used;
      const cells = 30 * 5000;
      pathOf({ ...WIDE, rows: 30, columns: 5000, ...spec }, [0.1, 0.02], own);
      // The matrix columns by columns would take 166 times as much as the data.
      expect(own.wasm.highWater - empty).to.be.below(4 * 8 * cells);
      own.close();
    });
  }

  it('has the same digits on any number of threads', () => {
    const other = new Engine(3).startThreads();
    // Ridge within bounds, half ridge, and logistic nearly ridge.
    for (const { spec } of [DENSE[0], DENSE[3], DENSE[6]]) {
      const wide = { ...WIDE, rows: 60, columns: 3000, ...spec };
      const { path } = pathOf(wide, [0.2, 0.05], engine);
      expect(pathOf(wide, [0.2, 0.05], other).path).to.deep.equal(path);
    }
    other.close();
  });

  it('is optimal with features that are not penalised', () => {
    for (const bounds of ['none', 'mixed'] as const) {
      for (const l1Ratio of [0.02, 0]) {
        if (l1Ratio === 0 && bounds === 'none') continue;
        for (const on of [null, engine]) {
          const drawn = draw({ ...WIDE, rows: 30, columns: 300, bounds, l1Ratio });
          const factor = Float64Array.from({ length: 300 }, (_, j) => (j % 50 === 0 ? 0 : 1));
          const penalised = { ...drawn.problem, penalty: { ...drawn.problem.penalty, factor } };
          const problem = on === null ? penalised : onKernels(penalised, drawn.z, on);
          const stopping = { violation: 1e-8 * problem.gradientScale, maxIterations: 1000 };
          const path = solveAll(penalisedSolver(problem), [2, 1], null, stopping);
          expect(violation({ ...drawn, problem }, 1, path[1])).to.be.below(1e-6);
        }
      }
    }
  });
});

describe('a wide ridge with bounds on every column', () => {
  const LAMBDAS = [0.1, 1e-3, 1e-5, 1e-7, 1e-9, 0];
  for (const family of ['gaussian', 'binomial'] as const) {
    for (const columnsAre of ['independent', 'correlated', 'duplicated'] as const) {
      it(`is certified at every lambda, each from nothing and along a path: ${family}, ${columnsAre}`, () => {
        for (const [seed, width] of [0.01, 0.1, 1].entries()) {
          const spec = { seed: seed + 1, rows: 30, columns: 400, family, columnsAre, l1Ratio: 0 } as const;
          const drawn = draw({ ...spec, factor: seed === 1 ? 'varied' : 'one' });
          const chance = uniform(seed);
          const { lower, upper } = drawn.problem.penalty;
          for (let j = 0; j < 400; j++) [lower[j], upper[j]] = [-width * chance(), 5 * width * chance()];
          const problem = onKernels(drawn.problem, drawn.z, engine);
          for (const lambdas of [LAMBDAS, ...LAMBDAS.map((lambda) => [lambda])]) {
            const path = solvePath(problem, lambdas, { tolerance: 1e-8, maxIterations: 100_000 });
            path.forEach((solution) => {
              expect(solution.certified).to.equal(true);
              expect(violation(drawn, solution.lambda, solution)).to.be.below(1e-7);
            });
          }
        }
      });
    }
  }
});
