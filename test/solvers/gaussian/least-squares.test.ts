import { expect } from 'chai';
import fc from 'fast-check';
import { solvePath } from '../../../src/path/solve-path.js';
import type { Problem } from '../../../src/problem/problem.js';
import { leastSquares } from '../../../src/solvers/gaussian/least-squares.js';
import { inner, solveLinear } from '../by-definition.js';
import { type Drawn, draw, normal, problemOf, specs } from '../random-problem.js';

const STOPPING = { violation: 1e-12, maxIterations: 1000 };
const PATH = { tolerance: 1e-9, maxIterations: 10_000 };

const solve = (problem: Problem) => leastSquares(problem).solve(0, null, STOPPING);

/** The residual of the target without intercept, by row. */
function residualOf({ problem, z }: Drawn, beta: Float64Array, intercept: number): number[] {
  return Array.from(
    problem.y,
    (y, i) => y - problem.offset[i] - intercept - z.reduce((s, c, j) => s + beta[j] * c[i], 0),
  );
}

describe('least squares', () => {
  it('leaves a residual orthogonal to every column, weighted', () => {
    fc.assert(
      fc.property(specs({ family: 'gaussian', bounds: 'none' }, { maxColumns: 15 }), (spec) => {
        const drawn = draw(spec);
        const { beta, intercept } = solve(drawn.problem);
        const rest = residualOf(drawn, beta, intercept);
        for (const column of drawn.z) {
          expect(Math.abs(inner(drawn.problem.v, column, rest))).to.be.below(1e-11);
        }
        if (drawn.problem.intercept) {
          expect(Math.abs(inner(drawn.problem.v, new Array(rest.length).fill(1), rest))).to.be.below(1e-12);
        }
      }),
      { numRuns: 150, seed: 10 },
    );
  });

  it('is the limit of the lasso and of ridge as lambda goes to 0', () => {
    for (const l1Ratio of [0, 0.5, 1]) {
      const { problem } = draw({ seed: 12, l1Ratio, columnsAre: 'correlated', weights: 'varied' });
      const exact = solve(problem).beta;
      const [near, at] = solvePath(problem, [1e-9, 0], PATH);
      exact.forEach((b, j) => {
        expect(near.beta[j]).to.be.closeTo(b, 1e-6);
        expect(at.beta[j]).to.be.closeTo(b, 1e-12);
      });
    }
  });

  it("gives the minimiser of least norm where columns outnumber rows: Z (ZZ')^-1 y", () => {
    const random = normal(31);
    const z = Array.from({ length: 11 }, () => Float64Array.from({ length: 5 }, random));
    const y = Float64Array.from({ length: 5 }, random);
    const problem = problemOf(z, y, { intercept: false });
    const kernel = Array.from({ length: 5 }, (_, i) =>
      Array.from({ length: 5 }, (__, k) => z.reduce((s, c) => s + c[i] * c[k], 0)),
    );
    const dual = solveLinear(kernel, Array.from(y));
    const { beta, rank } = solve(problem);
    expect(rank).to.equal(5);
    z.forEach((column, j) => {
      expect(beta[j]).to.be.closeTo(
        column.reduce((s, x, i) => s + x * dual[i], 0),
        1e-12,
      );
    });
  });

  it('gives the minimiser of least norm of dependent columns: orthogonal to every null direction', () => {
    const random = normal(32);
    const a = Float64Array.from({ length: 12 }, random);
    const b = Float64Array.from({ length: 12 }, random);
    const z = [a, b, a.slice(), a.map((x, i) => x - 2 * b[i])];
    const y = Float64Array.from({ length: 12 }, random);
    const problem = problemOf(z, y, { intercept: false });
    const { beta, rank } = solve(problem);
    expect(rank).to.equal(2);
    // a - c = 0 and a - 2b - d = 0.
    expect(beta[0] - beta[2]).to.be.closeTo(0, 1e-13);
    expect(beta[0] - 2 * beta[1] - beta[3]).to.be.closeTo(0, 1e-13);
    const rest = residualOf({ problem, z }, beta, 0);
    for (const column of z) expect(Math.abs(inner(problem.v, column, rest))).to.be.below(1e-14);
  });

  it('spreads one-hot columns with an intercept so that they sum to zero', () => {
    const level = [0, 1, 2, 0, 1, 2, 0, 1, 2];
    const z = [0, 1, 2].map((k) => Float64Array.from(level, (l) => (l === k ? 2 : -1)));
    const y = Float64Array.of(1, 4, 9, 2, 5, 8, 3, 6, 10);
    const { beta, rank } = solve(problemOf(z, y));
    expect(rank).to.equal(2);
    expect(beta[0] + beta[1] + beta[2]).to.be.closeTo(0, 1e-13);
    expect(3 * (beta[1] - beta[0])).to.be.closeTo(5 - 2, 1e-13);
  });

  it('fits a Hilbert matrix, nearly dependent as it is, to rounding of the prediction', () => {
    const size = 9;
    const z = Array.from({ length: size }, (_, j) =>
      Float64Array.from({ length: 14 }, (__, i) => 1 / (i + j + 1)),
    );
    const y = Float64Array.from({ length: 14 }, (_, i) => z.reduce((s, c) => s + c[i], 0));
    const problem = problemOf(z, y, { intercept: false });
    const rest = residualOf({ problem, z }, solve(problem).beta, 0);
    expect(Math.max(...rest.map(Math.abs))).to.be.below(1e-13);
  });

  it('finds Läuchli columns independent: [1 1 1; e 0 0; 0 e 0; 0 0 e] at e = 1e-8', () => {
    const e = 1e-8;
    const z = [0, 1, 2].map((j) =>
      Float64Array.from({ length: 4 }, (_, i) => (i === 0 ? 1 : i === j + 1 ? e : 0)),
    );
    const y = Float64Array.from({ length: 4 }, (_, i) => z[0][i] + 2 * z[1][i] + 3 * z[2][i]);
    const { beta, rank } = solve(problemOf(z, y, { intercept: false }));
    expect(rank).to.equal(3);
    [1, 2, 3].forEach((b, j) => {
      expect(beta[j]).to.be.closeTo(b, 1e-6);
    });
  });

  it('has rank 0 and coefficient 0 where every column is constant', () => {
    const { beta, rank, intercept } = solve(problemOf([new Float64Array(3)], Float64Array.of(1, 2, 6)));
    expect([...beta, rank, intercept]).to.deep.equal([0, 0, 3]);
  });
});
