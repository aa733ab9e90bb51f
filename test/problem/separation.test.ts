import { expect } from 'chai';
import fc from 'fast-check';
import { binomial } from '../../src/families/binomial.js';
import { solvePath } from '../../src/path/solve-path.js';
import type { Problem } from '../../src/problem/problem.js';
import { normal, problemOf, uniform } from '../solvers/random-problem.js';

const PATH = { tolerance: 1e-6, maxIterations: 100_000 };

function logistic(z: Float64Array[], y: number[], options: Partial<Problem> = {}) {
  const problem = problemOf(z, Float64Array.from(y), { family: binomial, ...options });
  return solvePath(problem, [0], PATH)[0];
}

const of = (...values: number[]) => Float64Array.from(values);

describe('separation', () => {
  it('is found where a threshold tells the classes apart', () => {
    const { separation, certified } = logistic([of(-2, -1, 1, 2)], [0, 0, 1, 1]);
    expect(separation).to.deep.equal({ columns: Int32Array.of(0) });
    expect(certified).to.equal(false);
  });

  it('is found where rows of both classes lie on the threshold', () => {
    const { separation, certified } = logistic([of(-2, -1, 0, 0, 1, 2)], [0, 0, 0, 1, 1, 1]);
    expect(separation).to.deep.equal({ columns: Int32Array.of(0) });
    expect(certified).to.equal(false);
  });

  it('is found for a level of a category that has one class only', () => {
    const level = [0, 0, 0, 1, 1, 1, 2, 2, 2];
    const z = [0, 1, 2].map((k) => Float64Array.from(level, (l) => (l === k ? 2 : -1)));
    expect(logistic(z, [0, 1, 0, 1, 0, 1, 1, 1, 1]).separation).not.to.equal(undefined);
    expect(logistic(z, [0, 1, 0, 1, 0, 1, 1, 0, 1]).separation).to.equal(undefined);
  });

  it('is not found, and the solution certified, where one row is on the other side', () => {
    const { separation, certified } = logistic([of(-2, -1, 1, 2, 3)], [0, 1, 0, 1, 1]);
    expect(separation).to.equal(undefined);
    expect(certified).to.equal(true);
  });

  it('is found in random problems exactly when classes are drawn by a threshold on a combination', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 12, max: 40 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('complete' as const, 'quasi-complete' as const, undefined),
        (seed, rows, columns, kind) => {
          const random = normal(seed);
          const z = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, random));
          const truth = z.map(() => 1 + Math.abs(random()));
          // Pairs of equal rows with both classes: on the threshold, or anywhere.
          if (kind !== 'complete') for (const c of z) for (let i = 0; i < 10; i += 2) c[i + 1] = c[i];
          if (kind === 'quasi-complete') {
            for (let i = 0; i < 10; i++) {
              const others = z.slice(0, -1).reduce((s, c, j) => s + truth[j] * c[i], 0);
              z[columns - 1][i] = -others / truth[columns - 1];
            }
          }
          const eta = Array.from({ length: rows }, (_, i) => z.reduce((s, c, j) => s + truth[j] * c[i], 0));
          const y = eta.map((e, i) => (kind !== 'complete' && i < 10 ? i % 2 : e > 0 ? 1 : 0));
          if (!y.includes(0) || !y.includes(1)) return;
          const { separation, certified } = logistic(z, y);
          expect(separation !== undefined).to.equal(kind !== undefined);
          expect(certified).to.equal(kind === undefined);
        },
      ),
      { numRuns: 150, seed: 11 },
    );
  });

  it('is the direction that counts, not rows without weight', () => {
    const v = of(0.25, 0.25, 0.25, 0.25, 0);
    expect(logistic([of(-2, -1, 1, 2, 9)], [0, 0, 1, 1, 0], { v }).separation).not.to.equal(undefined);
  });

  it('is found on a penalised path where an unpenalised column separates', () => {
    const chance = uniform(3);
    const z = [of(-2, -1, 1, 2), Float64Array.from({ length: 4 }, chance)];
    const problem = problemOf(z, of(0, 0, 1, 1), { family: binomial });
    const penalty = { ...problem.penalty, factor: of(0, 1) };
    const [{ separation, certified }] = solvePath({ ...problem, penalty }, [0.1], PATH);
    expect(separation?.columns).to.deep.equal(Int32Array.of(0));
    expect(certified).to.equal(false);
  });

  it('does not occur under a penalty on every column, or within bounds', () => {
    const problem = problemOf([of(-2, -1, 1, 2)], of(0, 0, 1, 1), { family: binomial });
    for (const l1Ratio of [0, 0.5, 1]) {
      const penalty = { ...problem.penalty, l1Ratio };
      const [{ separation, certified }] = solvePath({ ...problem, penalty }, [1e-4], PATH);
      expect([separation, certified]).to.deep.equal([undefined, true]);
    }
    const bounded = { ...problem.penalty, upper: of(3) };
    const [solution] = solvePath({ ...problem, penalty: bounded }, [0], PATH);
    expect([solution.separation, solution.certified, solution.beta[0]]).to.deep.equal([undefined, true, 3]);
  });

  it('is found where columns outnumber rows', () => {
    const random = normal(44);
    const z = Array.from({ length: 12 }, () => Float64Array.from({ length: 6 }, random));
    expect(logistic(z, [0, 1, 1, 0, 1, 0]).separation?.columns).to.have.length(12);
  });
});
