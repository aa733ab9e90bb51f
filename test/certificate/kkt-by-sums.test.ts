import { expect } from 'chai';
import fc from 'fast-check';
import { type KktPoint, verdicts } from '../../src/certificate/kkt.js';
import { verdictsBySums } from '../../src/certificate/kkt-by-sums.js';
import { penalisedSolver } from '../../src/path/choose-solver.js';
import { lambdaMax } from '../../src/path/lambda-grid.js';
import { normalEquations } from '../../src/problem/normal-equations.js';
import type { Problem } from '../../src/problem/problem.js';
import { Engine } from '../../src/runtime/engine.js';
import type { Solution } from '../../src/solvers/solver.js';
import { onKernels } from '../solvers/on-kernels.js';
import { draw, type ProblemSpec, specs } from '../solvers/random-problem.js';

const TOLERANCE = 1e-6;
const TALL = { family: 'gaussian', rows: 300, columns: 7 } as const;

/** Each in an engine of its own. */
function withProblem(spec: Partial<ProblemSpec>, check: (problem: Problem) => void): void {
  const engine = new Engine(1);
  try {
    const { problem, z } = draw({ ...TALL, ...spec });
    check(onKernels(problem, z, engine));
  } finally {
    engine.close();
  }
}

/** A few points along the path, solved, and one that is nowhere near the optimum. */
function pathOf(problem: Problem): KktPoint[] {
  const solver = penalisedSolver(problem);
  const largest = lambdaMax(problem, { violation: 1e-10, maxIterations: 1000 }) || 1;
  let warm: Solution | null = null;
  const points: KktPoint[] = [1, 0.3, 0.01].map((share) => {
    warm = solver.solve(share * largest, warm, { violation: 1e-10, maxIterations: 1000 });
    return { lambda: share * largest, intercept: warm.intercept, beta: warm.beta };
  });
  const off = { ...points[1], beta: points[1].beta.map((b, j) => b + 0.5 + (j % 2)) };
  const shift = problem.intercept ? 0.5 : 0;
  return [...points, { ...off, intercept: off.intercept + shift }];
}

describe('verdictsBySums', () => {
  it('has the certificates and the squared errors that the rows have', () => {
    fc.assert(
      fc.property(specs(TALL), (spec) => {
        withProblem(spec, (problem) => {
          const wanted = { w: problem.v.map((v) => 3 * v), ranked: false };
          const points = pathOf(problem);
          normalEquations(problem);
          const bySums = verdictsBySums(problem, points, wanted, TOLERANCE);
          expect(bySums).to.have.length(points.length);
          verdicts(problem, points, wanted).forEach(({ kkt, errors }, k) => {
            expect(bySums?.[k].kkt).to.be.closeTo(kkt, 1e-11 * (1 + kkt));
            const [squares, ...rest] = bySums?.[k].errors?.sums ?? [];
            expect(squares).to.be.closeTo(errors?.sums[0] ?? Number.NaN, 1e-9 * (errors?.sums[0] ?? 0));
            expect(rest.every(Number.isNaN)).to.equal(true);
          });
        });
      }),
      { numRuns: 60, seed: 21 },
    );
  });

  it('is refused when a sum is wrong by little, wherever it stands', () => {
    withProblem({}, (problem) => {
      const points = pathOf(problem);
      const { gram, q } = normalEquations(problem);
      const p = q.length;
      const refuses = (values: Float64Array, ...places: number[]) => {
        const kept = values.slice();
        for (const place of places) values[place] += 1e-6;
        expect(verdictsBySums(problem, points, null, TOLERANCE), `entry ${places}`).to.equal(null);
        values.set(kept);
      };
      for (let i = 0; i < p; i++) {
        refuses(q, i);
        refuses(gram, i * p + i);
        for (let j = 0; j < i; j++) refuses(gram, i * p + j, j * p + i);
      }
      expect(verdictsBySums(problem, points, null, TOLERANCE)).not.to.equal(null);
    });
  });

  it('is refused when a sum is wrong that the last point does not ask for: its coefficients are 0', () => {
    withProblem({}, (problem) => {
      const zero = { lambda: 1, intercept: 0, beta: new Float64Array(TALL.columns) };
      const points = [...pathOf(problem), zero];
      const { gram } = normalEquations(problem);
      const p = TALL.columns;
      expect(verdictsBySums(problem, points, null, TOLERANCE)).not.to.equal(null);
      for (let i = 0; i < p; i++) {
        for (let j = 0; j <= i; j++) {
          const kept = gram.slice();
          gram[i * p + j] += 1e-6;
          if (j < i) gram[j * p + i] += 1e-6;
          expect(verdictsBySums(problem, points, null, TOLERANCE), `entry ${i}, ${j}`).to.equal(null);
          gram.set(kept);
        }
      }
    });
  });

  it('leaves errors to the rows where the sums have no digits for them', () => {
    withProblem({}, (noisy) => {
      const [, , point] = pathOf(noisy);
      const y = new Float64Array(noisy.y.length).fill(point.intercept);
      noisy.design.addPrediction(point.beta, y);
      const problem = { ...noisy, y, offset: new Float64Array(y.length) };
      normalEquations(problem);
      const [verdict] = verdictsBySums(problem, [point], { w: problem.v, ranked: false }, TOLERANCE) ?? [];
      expect(verdict.errors).to.equal(null);
      expect(verdict.kkt).to.be.below(1);
    });
  });

  it('is for linear problems that some solver has summed up, and for large ones', () => {
    withProblem({}, (problem) => {
      const zero = [{ lambda: 1, intercept: 0, beta: new Float64Array(TALL.columns) }];
      expect(verdictsBySums(problem, zero, null, TOLERANCE)).to.equal(null);
      normalEquations(problem);
      expect(verdictsBySums(problem, zero, null, TOLERANCE)).not.to.equal(null);
    });
    const { problem } = draw(TALL);
    normalEquations(problem);
    expect(
      verdictsBySums(problem, [{ lambda: 1, intercept: 0, beta: new Float64Array(7) }], null, TOLERANCE),
    ).to.equal(null);
  });
});
