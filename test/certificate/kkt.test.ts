import { expect } from 'chai';
import fc from 'fast-check';
import { kktViolations, verdicts } from '../../src/certificate/kkt.js';
import { lambdaMax } from '../../src/path/lambda-grid.js';
import { solvePath } from '../../src/path/solve-path.js';
import type { Problem } from '../../src/problem/problem.js';
import { Engine } from '../../src/runtime/engine.js';
import { type Point, violation } from '../solvers/by-definition.js';
import { onKernels } from '../solvers/on-kernels.js';
import { draw, specs } from '../solvers/random-problem.js';

const STOPPING = { violation: 1e-12, maxIterations: 10_000 };

const kktViolation = (problem: Problem, lambda: number, point: Point): number =>
  kktViolations(problem, [{ lambda, intercept: point.intercept, beta: Float64Array.from(point.beta) }])[0];

describe('kktViolation', () => {
  it('is of the coefficients, whatever a solver says of its support', () => {
    const engine = new Engine(1);
    const drawn = draw({ seed: 3, rows: 12, columns: 40, family: 'gaussian' });
    for (const problem of [drawn.problem, onKernels(drawn.problem, drawn.z, engine)]) {
      const beta = new Float64Array(40);
      beta[7] = 0.5;
      beta[31] = -0.25;
      const point = { lambda: 0.1, intercept: 0.2, beta };
      const [plain] = verdicts(problem, [point], null);
      expect([...plain.support]).to.deep.equal([7, 31]);
      for (const support of [Int32Array.of(), Int32Array.of(7), Int32Array.of(1, 7, 31)]) {
        const claimed = { ...point, support };
        expect(verdicts(problem, [claimed], null)).to.deep.equal([plain]);
      }
    }
    engine.close();
  });

  it('is the violation by definition at any point, optimal or not', () => {
    fc.assert(
      fc.property(specs(), (spec) => {
        const drawn = draw(spec);
        const { problem } = drawn;
        const [near] = solvePath(problem, [0.3], { tolerance: 0.1, maxIterations: 3 });
        const beta = near.beta.map((b, j) => (j % 2 === 0 ? b : 0));
        const point = { ...near, beta, intercept: problem.intercept ? near.intercept + 0.1 : 0 };
        const expected = violation(drawn, 0.3, point);
        expect(kktViolation(problem, 0.3, point)).to.be.closeTo(expected, 1e-12 + 1e-9 * expected);
      }),
      { numRuns: 150, seed: 8 },
    );
  });

  it('sees a solution that is off by a little, in a coefficient or in the intercept', () => {
    fc.assert(
      fc.property(specs({ bounds: 'none', columnsAre: 'independent', intercept: true }), (spec) => {
        const { problem } = draw(spec);
        const lambda = lambdaMax(problem, STOPPING) / 10 || 0.1;
        const [solution] = solvePath(problem, [lambda], { tolerance: 1e-9, maxIterations: 10_000 });
        if (solution.separation !== undefined) return;
        expect(kktViolation(problem, lambda, solution)).to.be.below(1e-9);
        const moved = { ...solution, intercept: solution.intercept + 1e-3 };
        expect(kktViolation(problem, lambda, moved)).to.be.above(1e-6);
        const j = solution.beta.findIndex((b) => b !== 0);
        if (j < 0) return;
        const beta = solution.beta.slice();
        beta[j] *= 1.01;
        expect(kktViolation(problem, lambda, { ...solution, beta })).to.be.above(
          1e-6 * Math.abs(solution.beta[j]),
        );
      }),
      { numRuns: 100, seed: 9 },
    );
  });

  it('sees a coefficient that should be in, and one that should be out', () => {
    const { problem } = draw({ seed: 3, columns: 4 });
    const lambda = lambdaMax(problem, STOPPING) / 4;
    const [solution] = solvePath(problem, [lambda], { tolerance: 1e-9, maxIterations: 1000 });
    const inside = solution.beta.findIndex((b) => b !== 0);
    const outside = solution.beta.indexOf(0);
    for (const [j, value] of [
      [inside, 0],
      [outside, 0.05],
    ]) {
      const beta = solution.beta.slice();
      beta[j] = value;
      expect(kktViolation(problem, lambda, { ...solution, beta })).to.be.above(1e-3);
    }
  });

  it('is NaN where a gradient is, wherever the column stands', () => {
    const { problem } = draw({ seed: 3, columns: 4 });
    for (let j = 0; j < 4; j++) {
      const gradient = (r: Float64Array, out: Float64Array) => {
        problem.design.gradient(r, out);
        out[j] = Number.NaN;
      };
      const { rows, columns, engine } = problem.design;
      const addPrediction = problem.design.addPrediction.bind(problem.design);
      const design = {
        rows,
        columns,
        engine,
        blocks: null,
        gradient,
        addPrediction,
      } as unknown as Problem['design'];
      const zero = { intercept: 0, beta: new Float64Array(4) };
      expect(kktViolation({ ...problem, design }, 0.01, zero)).to.be.NaN;
    }
  });

  it('does not ask an intercept of a model without one', () => {
    const { problem } = draw({ seed: 3, intercept: false });
    const [solution] = solvePath(problem, [0.1], { tolerance: 1e-9, maxIterations: 1000 });
    expect(solution.intercept).to.equal(0);
    expect(solution.kkt).to.be.below(1e-9);
  });
});
