import { expect } from 'chai';
import fc from 'fast-check';
import { degreesOfFreedom } from '../../src/degrees-of-freedom/degrees-of-freedom.js';
import { lambdaMax } from '../../src/path/lambda-grid.js';
import { solvePath } from '../../src/path/solve-path.js';
import type { Problem } from '../../src/problem/problem.js';
import { gramPathSolver } from '../../src/solvers/gaussian/gram-path.js';
import { ridgeSolver } from '../../src/solvers/gaussian/ridge.js';
import { workingSetSolver } from '../../src/solvers/gaussian/working-set-path.js';
import { proximalNewton } from '../../src/solvers/proximal-newton/solver.js';
import type { Solver } from '../../src/solvers/solver.js';
import { objective, ridgeByNewton, violation } from './by-definition.js';
import { type Drawn, draw, normal, type ProblemSpec, problemOf, specs, uniform } from './random-problem.js';

const OPTIONS = { tolerance: 1e-8, maxIterations: 100_000 };
const STOPPING = { violation: 1e-12, maxIterations: 100_000 };

function gridOf(problem: Problem): number[] {
  const found = lambdaMax(problem, STOPPING);
  // Where unpenalised columns leave nothing to the others lambdaMax is rounding.
  const largest = found > 1e-9 * problem.gradientScale ? found : problem.gradientScale;
  const top = problem.penalty.l1Ratio === 0 ? largest / 100 : largest;
  return [1.5, 1, 0.5, 0.1, 0.01].map((share) => share * top);
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  const scale = Math.max(1, ...a.map(Math.abs));
  return a.reduce((worst, x, j) => Math.max(worst, Math.abs(x - b[j]) / scale), 0);
}

function check(arbitrary: fc.Arbitrary<ProblemSpec>, numRuns: number, holds: (drawn: Drawn) => void): void {
  fc.assert(
    fc.property(arbitrary, (spec) => holds(draw(spec))),
    { numRuns, seed: 20 },
  );
}

function sameSolutions(problem: Problem, one: Solver, other: Solver, tolerance: number): void {
  for (const lambda of gridOf(problem)) {
    const a = one.solve(lambda, null, STOPPING);
    const b = other.solve(lambda, null, STOPPING);
    expect(largestDifference(a.beta, b.beta)).to.be.below(tolerance);
    expect(Math.abs(a.intercept - b.intercept)).to.be.below(tolerance * Math.max(1, Math.abs(a.intercept)));
  }
}

describe('every solution on a path', () => {
  for (const [shape, size] of [
    ['tall', { maxRows: 40, maxColumns: 7 }],
    ['wide', { maxRows: 12, maxColumns: 30 }],
  ] as const) {
    it(`meets the optimality conditions, whatever the family, weights, factors and bounds (${shape})`, () => {
      check(specs({}, size), 250, (drawn) => {
        const { problem } = drawn;
        for (const solution of solvePath(problem, gridOf(problem), OPTIONS)) {
          if (solution.separation !== undefined) continue;
          expect(violation(drawn, solution.lambda, solution)).to.be.below(1e-7);
          expect(solution.certified).to.equal(true);
          expect(Math.abs(solution.kkt - violation(drawn, solution.lambda, solution))).to.be.below(1e-9);
        }
      });
    });
  }

  it('has an objective that no feasible point nearby falls below', () => {
    check(specs(), 100, (drawn) => {
      const { problem } = drawn;
      const { lower, upper } = problem.penalty;
      const lambda = gridOf(problem)[3];
      const [solution] = solvePath(problem, [lambda], OPTIONS);
      if (solution.separation !== undefined) return;
      const best = objective(drawn, lambda, solution);
      const random = normal(7);
      for (let trial = 0; trial < 30; trial++) {
        const size = 10 ** -(trial % 6);
        const beta = solution.beta.map((b, j) => Math.min(Math.max(b + size * random(), lower[j]), upper[j]));
        const intercept = problem.intercept ? solution.intercept + size * random() : 0;
        expect(objective(drawn, lambda, { intercept, beta })).to.be.at.least(best - 1e-12 * (1 + best));
      }
    });
  });

  it('keeps every coefficient within its bounds exactly', () => {
    check(specs({ bounds: 'mixed' }), 100, ({ problem }) => {
      const { lower, upper } = problem.penalty;
      for (const { beta } of solvePath(problem, gridOf(problem), OPTIONS)) {
        beta.forEach((b, j) => {
          expect(b).to.be.within(lower[j], upper[j]);
        });
      }
    });
  });

  it('is zero from lambdaMax on, and not below it', () => {
    check(specs({ bounds: 'none' }), 100, ({ problem }) => {
      if (problem.penalty.l1Ratio === 0) return;
      const largest = lambdaMax(problem, STOPPING);
      if (largest < 1e-6) return;
      const penalised = (beta: Float64Array) =>
        beta.filter((b, j) => b !== 0 && problem.penalty.factor[j] > 0).length;
      const path = solvePath(problem, [10 * largest, (1 + 1e-9) * largest, 0.999 * largest], OPTIONS);
      if (path.some(({ separation }) => separation !== undefined)) return;
      expect(path.map(({ beta }) => penalised(beta) > 0)).to.deep.equal([false, false, true]);
    });
  });

  it('is the same when started cold and when started from a solution elsewhere', () => {
    check(specs({ columnsAre: 'independent', factor: 'varied' }, { maxColumns: 6 }), 80, ({ problem }) => {
      const lambdas = gridOf(problem);
      const warm = solvePath(problem, lambdas, OPTIONS);
      warm.forEach((solution) => {
        const [cold] = solvePath(problem, [solution.lambda], OPTIONS);
        expect(largestDifference(cold.beta, solution.beta)).to.be.below(1e-5);
        expect(Math.abs(cold.intercept - solution.intercept)).to.be.below(1e-5);
      });
    });
  });
});

const workingSet = (problem: Problem) => workingSetSolver(problem, () => proximalNewton(problem));

describe('two ways to the same solution agree', () => {
  const tall = { columnsAre: 'correlated', bounds: 'none', factor: 'varied' } as const;

  it('coordinate descent at l1Ratio 0 and the closed form', () => {
    check(specs({ ...tall, family: 'gaussian', l1Ratio: 0 }, { maxColumns: 7 }), 60, ({ problem }) => {
      sameSolutions(problem, gramPathSolver(problem), ridgeSolver(problem), 1e-8);
    });
  });

  it('covariance updates on a working set and on all columns', () => {
    const wide = { ...tall, family: 'gaussian', rows: 10, l1Ratio: 0.7 } as const;
    check(specs({ ...wide, factor: 'one' }, { maxColumns: 25 }), 60, ({ problem, z }) => {
      // Column access needs one block, which a tall design of few rows is too.
      expect(z.length).to.equal(problem.design.columns);
      sameSolutions(problem, workingSet(problem), gramPathSolver(problem), 1e-7);
    });
  });

  it('proximal Newton on squared error and coordinate descent', () => {
    const spec = { ...tall, family: 'gaussian', l1Ratio: 0.5 } as const;
    check(specs(spec, { maxColumns: 7 }), 60, ({ problem }) => {
      sameSolutions(problem, proximalNewton(problem), gramPathSolver(problem), 1e-8);
    });
  });

  for (const family of ['gaussian', 'binomial'] as const) {
    for (const [shape, size] of [
      ['tall', { maxRows: 30, maxColumns: 6 }],
      ['wide (by rows)', { rows: 9, columns: 20 }],
    ] as const) {
      it(`${family} ridge and plain Newton steps in all columns, degrees of freedom too: ${shape}`, () => {
        const fixed = { family, l1Ratio: 0, bounds: 'none', ...('rows' in size ? size : {}) } as const;
        // Unpenalised columns that depend on each other have no one solution.
        const unique = specs(fixed, 'rows' in size ? {} : size).map((spec) =>
          spec.columnsAre === 'independent' ? spec : { ...spec, factor: 'varied' as const },
        );
        check(unique, 80, (drawn) => {
          const free = drawn.problem.penalty.factor.filter((f) => f === 0).length;
          if (free > drawn.problem.design.rows / 2) return;
          for (const lambda of [1, 0.1, 0.02]) {
            const [ours] = solvePath(drawn.problem, [lambda], { ...OPTIONS, tolerance: 1e-10 });
            if (ours.separation !== undefined) continue;
            const direct = ridgeByNewton(drawn, lambda);
            if (!(violation(drawn, lambda, direct) < 1e-9)) continue;
            expect(largestDifference(direct.beta, ours.beta)).to.be.below(1e-7);
            expect(Math.abs(direct.intercept - ours.intercept)).to.be.below(1e-7);
            const [{ df }] = degreesOfFreedom(drawn.problem, [ours]);
            expect(Math.abs(direct.df - df)).to.be.below(1e-6);
          }
        });
      });
    }
  }

  it('the elastic net and the lasso on data with a row more for each column', () => {
    // 1/2n |y - Zb|^2 + l2/2 |b|^2 = 1/2n (|y - Zb|^2 + |0 - sqrt(n l2) b|^2)
    const spec = { family: 'gaussian', bounds: 'none', weights: 'none', offset: false } as const;
    const fixed = { ...spec, intercept: false, factor: 'one', l1Ratio: 0.3 } as const;
    check(specs({ ...fixed, columnsAre: 'correlated' }), 50, ({ problem, z }) => {
      const n = problem.design.rows;
      const p = z.length;
      const lambda = gridOf(problem)[3];
      const root = Math.sqrt(n * lambda * 0.7);
      const augmented = z.map((column, j) => {
        const long = new Float64Array(n + p);
        long.set(column);
        long[n + j] = root;
        return long;
      });
      const y = new Float64Array(n + p);
      y.set(problem.y);
      const lasso = problemOf(augmented, y, { intercept: false });
      const [ours] = solvePath(problem, [lambda], OPTIONS);
      // The divisor of the loss grows from n to n + p, and lambda with it.
      const [theirs] = solvePath(lasso, [(lambda * 0.3 * n) / (n + p)], OPTIONS);
      expect(largestDifference(ours.beta, theirs.beta)).to.be.below(1e-5);
    });
  });

  it('a row of weight k and k equal rows', () => {
    const fixed = { weights: 'none', columnsAre: 'correlated', bounds: 'none' } as const;
    check(specs({ ...fixed, factor: 'varied' }, { maxColumns: 6 }), 60, ({ problem, z }) => {
      const chance = uniform(5);
      const times = Array.from(problem.y, () => Math.floor(4 * chance()));
      times[0] += 1;
      times[1] += 1;
      const repeat = (x: Float64Array) =>
        Float64Array.from(times.flatMap((k, i) => new Array<number>(k).fill(x[i])));
      const total = times.reduce((a, b) => a + b, 0);
      const { family, penalty, intercept } = problem;
      const shared = { family, penalty, intercept, gradientScale: 1 };
      const weighted = problemOf(z, problem.y, {
        ...shared,
        v: Float64Array.from(times, (k) => k / total),
        offset: problem.offset,
      });
      const repeated = problemOf(z.map(repeat), repeat(problem.y), {
        ...shared,
        offset: repeat(problem.offset),
      });
      const lambdas = gridOf(weighted);
      const a = solvePath(weighted, lambdas, OPTIONS);
      const b = solvePath(repeated, lambdas, OPTIONS);
      const [ours, theirs] = [degreesOfFreedom(weighted, a), degreesOfFreedom(repeated, b)];
      a.forEach((solution, k) => {
        if (solution.separation !== undefined) return;
        expect(largestDifference(solution.beta, b[k].beta)).to.be.below(1e-4);
        expect(Math.abs(ours[k].df - theirs[k].df)).to.be.below(1e-4);
      });
    });
  });
});

describe('the strong rule', () => {
  for (const [name, make] of [
    ['working-set-path', workingSet],
    ['proximal-newton', proximalNewton],
  ] as const) {
    it(`is only a guess in ${name}: columns that it discards wrongly join in the same solve`, () => {
      const spec = {
        rows: 10,
        columns: 40,
        bounds: 'none',
        factor: 'one',
        l1Ratio: 1,
        intercept: true,
      } as const;
      const family = name === 'working-set-path' ? { family: 'gaussian' as const } : {};
      check(specs({ ...spec, ...family, columnsAre: 'correlated' }), 60, (drawn) => {
        const solver = make(drawn.problem);
        const largest = lambdaMax(drawn.problem, STOPPING);
        const stopping = { violation: 1e-9 * drawn.problem.gradientScale, maxIterations: 100_000 };
        let warm = solver.solve(largest, null, stopping);
        for (let lambda = 0.7 * largest; lambda > 0.01 * largest; lambda *= 0.7) {
          warm = solver.solve(lambda, warm, stopping);
          expect(violation(drawn, lambda, warm)).to.be.below(1e-8);
        }
      });
    });
  }
});
