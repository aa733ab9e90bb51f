import { expect } from 'chai';
import fc from 'fast-check';
import { curvatureTraces } from '../../src/degrees-of-freedom/curvature-traces.js';
import { degreesOfFreedom } from '../../src/degrees-of-freedom/degrees-of-freedom.js';
import { supportGroups } from '../../src/degrees-of-freedom/support-groups.js';
import { lambdaMax, logSpaced } from '../../src/path/lambda-grid.js';
import { type CertifiedSolution, solvePath } from '../../src/path/solve-path.js';
import type { Problem } from '../../src/problem/problem.js';
import { Engine } from '../../src/runtime/engine.js';
import { curvatureOf, traceAt } from '../solvers/by-definition.js';
import { onKernels } from '../solvers/on-kernels.js';
import { type Drawn, draw, type ProblemSpec, problemOf, specs } from '../solvers/random-problem.js';

const OPTIONS = { tolerance: 1e-9, maxIterations: 100_000 };

const engine = new Engine(2).startThreads();
after(() => engine.close());

function gridOf(problem: Problem, count: number): number[] {
  const largest = lambdaMax(problem, { violation: 1e-10, maxIterations: 1000 });
  const top = largest > 1e-6 ? largest : 1;
  return logSpaced(problem.penalty.l1Ratio === 0 ? top / 30 : top, 1e-3 * top, count);
}

/** The columns that a solution leaves free. */
function freeColumns({ penalty }: Problem, { beta }: CertifiedSolution): number[] {
  const isBounded = penalty.lower.some((x) => x > -Infinity) || penalty.upper.some((x) => x < Infinity);
  const all = [...beta.keys()];
  return penalty.l1Ratio === 0 && !isBounded ? all : all.filter((j) => beta[j] !== 0);
}

/** By its definition; the number of columns where nothing is added to the matrix. */
function expected(drawn: Drawn, solution: CertifiedSolution): number {
  const { penalty } = drawn.problem;
  const columns = freeColumns(drawn.problem, solution);
  const strength = solution.lambda * (1 - penalty.l1Ratio);
  return strength === 0 ? columns.length : traceAt(drawn, curvatureOf(drawn, solution), columns, strength);
}

/** A path on the reference or on the compiled kernels, each number beside its definition. */
function check(drawn: Drawn, problem: Problem, count: number): void {
  const path = solvePath(problem, gridOf(drawn.problem, count), OPTIONS);
  const found = degreesOfFreedom(problem, path);
  expect(found.length).to.equal(path.length);
  path.forEach((solution, k) => {
    if (solution.separation !== undefined) return;
    expect(found[k].error).to.equal(0);
    expect(found[k].df).to.be.closeTo(expected(drawn, solution), 1e-9 * (1 + solution.beta.length));
  });
}

/** The same problem on other columns. */
function scaledProblem({ problem }: Drawn, z: readonly Float64Array[], factor: number[]): Problem {
  const { y, family } = problem;
  return problemOf(z, y, { family, penalty: { ...problem.penalty, factor: Float64Array.from(factor) } });
}

describe('degrees of freedom', () => {
  for (const [shape, size] of [
    ['tall', { maxRows: 40, maxColumns: 9 }],
    ['wide', { maxRows: 12, maxColumns: 30 }],
  ] as const) {
    it(`are the trace by its definition, whatever the family, penalty, weights, factors and bounds (${shape})`, () => {
      // Unpenalised columns that depend on each other have no one trace by elimination.
      const unique = specs({}, size).map((spec) =>
        spec.columnsAre === 'independent' && spec.columns < spec.rows - 2
          ? spec
          : { ...spec, factor: 'varied' as const },
      );
      fc.assert(
        fc.property(unique, (spec) => {
          const drawn = draw(spec);
          check(drawn, drawn.problem, 6);
        }),
        { numRuns: 200, seed: 13 },
      );
    });
  }

  const SHAPES: Record<string, Partial<ProblemSpec>> = {
    'tall net': { rows: 120, columns: 50, l1Ratio: 0.4 },
    'tall net, weights, factors': {
      rows: 90,
      columns: 40,
      l1Ratio: 0.2,
      weights: 'varied',
      factor: 'varied',
    },
    'wide net': { rows: 25, columns: 60, l1Ratio: 0.3 },
    'wide net with more columns in it than rows': { rows: 14, columns: 90, l1Ratio: 0.02 },
    'the same, some columns without a penalty': { rows: 30, columns: 60, l1Ratio: 0.02, factor: 'some zero' },
    'the same without an intercept': {
      rows: 14,
      columns: 60,
      l1Ratio: 0.05,
      factor: 'varied',
      intercept: false,
    },
    'net within bounds': { rows: 60, columns: 30, l1Ratio: 0.4, bounds: 'mixed', factor: 'varied' },
    'ridge within bounds': { rows: 60, columns: 20, l1Ratio: 0, bounds: 'mixed' },
    'tall ridge': { rows: 60, columns: 20, l1Ratio: 0, factor: 'some zero', weights: 'varied' },
    'wide ridge': { rows: 15, columns: 40, l1Ratio: 0, factor: 'varied' },
    'equal columns': { rows: 60, columns: 30, l1Ratio: 0.3, columnsAre: 'duplicated' },
    'one-hot columns': { rows: 60, columns: 12, l1Ratio: 0.3, columnsAre: 'one-hot', factor: 'varied' },
  };
  for (const [name, shape] of Object.entries(SHAPES)) {
    for (const family of ['gaussian', 'binomial'] as const) {
      it(`are the same on both kernels, along a path: ${name}, ${family}`, () => {
        const drawn = draw({ seed: 4, family, ...shape });
        // Few rows beside free columns separate the classes.
        if (family === 'binomial' && shape.factor === 'some zero' && (shape.rows as number) < 60) return;
        check(drawn, drawn.problem, 30);
        check(drawn, onKernels(drawn.problem, drawn.z, engine), 30);
      });
    }
  }

  it('take the factors of the quadratic part where these are others', () => {
    for (const shape of [
      { rows: 60, columns: 25, l1Ratio: 0.4 },
      { rows: 14, columns: 60, l1Ratio: 0.05 },
    ]) {
      const { problem, z } = draw({ ...shape, factor: 'varied', seed: 5 });
      const { penalty } = problem;
      const l2Factor = penalty.factor.map((f, j) => f * (0.3 + (j % 4)));
      const drawn = { z, problem: { ...problem, penalty: { ...penalty, l2Factor } } };
      check(drawn, drawn.problem, 20);
      check(drawn, onKernels(drawn.problem, z, engine), 20);
    }
  });

  it('of the lasso are its non-zero coefficients', () => {
    fc.assert(
      fc.property(specs({ l1Ratio: 1 }), (spec) => {
        const { problem } = draw(spec);
        const path = solvePath(problem, gridOf(problem, 5), OPTIONS);
        degreesOfFreedom(problem, path).forEach(({ df }, k) => {
          expect(df).to.equal(path[k].beta.filter((b) => b !== 0).length);
        });
      }),
      { numRuns: 50, seed: 20 },
    );
  });

  it('of ridge fall from the rank to zero as lambda grows, and are never negative', () => {
    fc.assert(
      fc.property(specs({ l1Ratio: 0, bounds: 'none', factor: 'one' }), (spec) => {
        const { problem } = draw(spec);
        const path = solvePath(problem, [1e20, 1e10, 1e3, 1, 1e-3, 1e-6], OPTIONS);
        const df = degreesOfFreedom(problem, path).map((found) => found.df);
        expect(Math.min(...df)).to.be.at.least(0);
        expect(df[0]).to.be.below(1e-9);
        df.slice(1).forEach((value, k) => {
          expect(value).to.be.at.least(df[k] - 1e-9);
        });
        expect(df[5]).to.be.at.most(Math.min(problem.design.columns, problem.design.rows) + 1e-9);
      }),
      { numRuns: 50, seed: 20 },
    );
  });

  it('hold each penalty factor where columns are of very different size', () => {
    for (const family of ['gaussian', 'binomial'] as const) {
      const plain = draw({ rows: 50, columns: 6, family, l1Ratio: 0, factor: 'varied', standardize: false });
      const scales = [1e-4, 1, 1e4, 1, 1e-4, 1e4];
      const z = plain.z.map((column, j) => column.map((x) => x * scales[j]));
      const factor = Array.from(plain.problem.penalty.factor, (f, j) => f * Math.sqrt(scales[j]));
      const drawn = { z, problem: scaledProblem(plain, z, factor) };
      check(drawn, drawn.problem, 5);
    }
  });

  it('do not depend on the solver that found the solutions', () => {
    const { problem } = draw({ rows: 40, columns: 8, l1Ratio: 0, factor: 'some zero' });
    const path = solvePath(problem, [1, 0.1, 0.01], OPTIONS);
    const strangers = path.map(({ degreesOfFreedom: _, ...solution }) => solution);
    const theirs = degreesOfFreedom(problem, strangers);
    degreesOfFreedom(problem, path).forEach(({ df }, k) => {
      expect(df).to.be.closeTo(theirs[k].df, 1e-11);
    });
  });
});

describe('degrees of freedom that share a matrix', () => {
  const wide = { rows: 20, columns: 70, l1Ratio: 0.1 };
  const CASES: Record<string, Partial<ProblemSpec>> = {
    net: { rows: 80, columns: 30, l1Ratio: 0.4, weights: 'some zero' },
    'net with factors': { rows: 80, columns: 30, l1Ratio: 0.4, factor: 'varied', offset: true },
    'wide net': wide,
    ridge: { rows: 80, columns: 20, l1Ratio: 0, factor: 'some zero', intercept: false },
  };
  for (const [name, shape] of Object.entries(CASES)) {
    for (const kernels of ['reference', 'compiled'] as const) {
      const drawn = draw({ family: 'binomial', seed: 2, ...shape });
      const problemHere = () =>
        kernels === 'compiled' ? onKernels(drawn.problem, drawn.z, engine) : drawn.problem;
      const pathHere = (problem: Problem) =>
        solvePath(problem, gridOf(drawn.problem, 25), OPTIONS).filter(
          (s) => freeColumns(problem, s).length > 0,
        );
      const pointsOf = (problem: Problem, path: readonly CertifiedSolution[]) =>
        path.map((solution) => ({
          solution,
          columns: Int32Array.from(freeColumns(problem, solution)),
          strength: solution.lambda * (1 - problem.penalty.l1Ratio),
        }));

      it(`are within the bound that is given with them, and the bound is no larger than it need be: ${name}, ${kernels}`, () => {
        const problem = problemHere();
        const path = pathHere(problem);
        const points = pointsOf(problem, path);
        for (const work of [0, 1e5, 1e6]) {
          const found = curvatureTraces(problem, points, work);
          found.forEach(({ df, error }, k) => {
            const exact = expected(drawn, path[k]);
            expect(Math.abs(df - exact)).to.be.at.most(error + 1e-9);
            // Most of a bound is never used: rows of extreme weight are few.
            expect(Math.abs(df - exact)).to.be.at.most(0.6 * error + 1e-9);
          });
          if (work === 0) expect(found.some(({ error }) => error > 1e-3)).to.equal(true);
        }
        for (const { error } of curvatureTraces(problem, points, 1e12)) expect(error).to.equal(0);
      });

      it(`are those of one matrix, scaled to the sum, the least and the largest ratio of the weights: ${name}, ${kernels}`, () => {
        const problem = problemHere();
        const path = pathHere(problem);
        const found = curvatureTraces(problem, pointsOf(problem, path), 0);
        const weights = path.map((solution) => curvatureOf(drawn, solution));
        const isNode = (node: number) =>
          path.every((solution, k) => {
            const counted = weights[node].flatMap((u, i) => (u > 0 ? [weights[k][i] / u] : []));
            const total = (w: readonly number[]) => w.reduce((a, b) => a + b, 0);
            const scales = [
              total(weights[k]) / total(weights[node]),
              Math.min(...counted),
              Math.max(...counted),
            ];
            const columns = freeColumns(problem, solution);
            const strength = solution.lambda * (1 - problem.penalty.l1Ratio);
            const [df, least, most] = scales.map((by) =>
              traceAt(drawn, weights[node], columns, strength / by),
            );
            const error = Math.max(df - least, most - df);
            return Math.abs(found[k].df - df) < 1e-8 && Math.abs(found[k].error - error) < 1e-8;
          });
        expect(path.some((_, node) => isNode(node))).to.equal(true);
      });
    }
  }
});

describe('groups of supports', () => {
  const all = (count: number) => Int32Array.from({ length: count }, (_, j) => j);
  const asked = (sizes: readonly number[]) => sizes.map((size) => ({ columns: all(size), strengths: [1] }));
  const kinds = (sizes: readonly number[], rows: number, factor = new Float64Array(400).fill(1)) =>
    supportGroups(asked(sizes), factor, rows).map(({ from, to, kind, columns }) => [
      from,
      to,
      kind,
      columns.length,
    ]);

  it('are of neighbours that have nearly the same columns', () => {
    expect(kinds([100, 101, 102, 300, 301, 301, 302], 1000)).to.deep.equal([
      [0, 3, 'columns', 102],
      [3, 7, 'columns', 302],
    ]);
    expect(kinds([30, 100, 300], 1000)).to.deep.equal([
      [0, 1, 'alone', 30],
      [1, 2, 'alone', 100],
      [2, 3, 'alone', 300],
    ]);
  });

  it('are taken by rows where all have more columns than there are rows', () => {
    expect(kinds([200, 201, 205, 390], 50)).to.deep.equal([
      [0, 3, 'rows', 200],
      [3, 4, 'rows', 390],
    ]);
  });

  it('never strike out a column without a penalty', () => {
    const factor = new Float64Array(400).fill(1);
    factor[101] = 0;
    expect(kinds([100, 101, 102, 102], 1000, factor)).to.deep.equal([
      [0, 2, 'columns', 101],
      [2, 4, 'columns', 102],
    ]);
  });
});
