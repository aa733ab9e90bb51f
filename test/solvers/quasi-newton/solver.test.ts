import { expect } from 'chai';
import { logSpaced } from '../../../src/path/lambda-grid.js';
import { solvePath } from '../../../src/path/solve-path.js';
import { Engine } from '../../../src/runtime/engine.js';
import { ridgeByRows } from '../../../src/solvers/dual-ridge.js';
import { proximalNewton } from '../../../src/solvers/proximal-newton/solver.js';
import { quasiNewton } from '../../../src/solvers/quasi-newton/solver.js';
import type { Solution, Stopping } from '../../../src/solvers/solver.js';
import { violation } from '../by-definition.js';
import { onKernels } from '../on-kernels.js';
import { draw, PLAIN } from '../random-problem.js';

const RIDGE = { ...PLAIN, family: 'binomial', l1Ratio: 0, columnsAre: 'correlated' } as const;
const TIGHT: Stopping = { violation: 1e-11, maxIterations: 1000 };
const GRID = logSpaced(10, 1e-3, 40);

function expectClose(a: Solution, b: Solution, bound: number): void {
  expect(Math.abs(a.intercept - b.intercept)).to.be.below(bound);
  a.beta.forEach((x, j) => {
    expect(Math.abs(x - b.beta[j])).to.be.below(bound * Math.max(1, Math.abs(x)));
  });
}

describe('quasi-Newton steps along a ridge path', () => {
  const drawn = draw({ ...RIDGE, rows: 300, columns: 40, offset: true, weights: 'varied', factor: 'varied' });

  it('take few passes a lambda, though the Hessian is seldom built', () => {
    const solver = quasiNewton(drawn.problem);
    const stopping = { violation: 3e-7 * drawn.problem.gradientScale, maxIterations: 1000 };
    let warm: Solution | null = null;
    let steps = 0;
    for (const lambda of GRID) {
      warm = solver.solve(lambda, warm, stopping);
      expect(violation(drawn, lambda, warm)).to.be.below(4e-7);
      steps += warm.iterations;
    }
    expect(steps).to.be.below(4 * GRID.length);
  });

  it('leave last steps untested where a pass costs much and it is allowed, and stay within the certificate', () => {
    const large = draw({ ...RIDGE, rows: 1200, columns: 92, weights: 'varied', factor: 'varied' });
    let passes = 0;
    const design = Object.create(large.problem.design, {
      addPrediction: {
        value(beta: Float64Array, eta: Float64Array) {
          passes++;
          large.problem.design.addPrediction(beta, eta);
        },
      },
    });
    const solver = quasiNewton({ ...large.problem, design });
    const stopping = { violation: 3e-7 * large.problem.gradientScale, maxIterations: 1000, untested: true };
    let warm: Solution | null = null;
    let iterations = 0;
    for (const lambda of logSpaced(10, 1e-3, 100)) {
      warm = solver.solve(lambda, warm, stopping);
      expect(violation(large, lambda, warm)).to.be.below(1e-6);
      iterations += warm.iterations;
    }
    expect(passes).to.be.below(180);
    expect(iterations).to.be.above(passes + 25);
    // Where it is not allowed every lambda ends at the aim itself.
    const careful = quasiNewton(large.problem);
    let tested: Solution | null = null;
    for (const lambda of logSpaced(10, 1e-3, 100)) {
      tested = careful.solve(lambda, tested, { ...stopping, untested: false });
      expect(violation(large, lambda, tested)).to.be.below(3.01e-7);
    }
    // What was not tested is taken up by whatever comes next.
    const [lambda, back] = [1e-3, 0.5];
    expectClose(
      solver.solve(lambda, warm, TIGHT),
      quasiNewton(large.problem).solve(lambda, null, TIGHT),
      1e-8,
    );
    expectClose(solver.solve(back, null, TIGHT), quasiNewton(large.problem).solve(back, null, TIGHT), 1e-8);
  });

  it('end where proximal Newton and coordinate descent do', () => {
    const [one, other] = [quasiNewton(drawn.problem), proximalNewton(drawn.problem)];
    let warm: Solution | null = null;
    for (const lambda of GRID) {
      warm = one.solve(lambda, warm, TIGHT);
      const theirs = other.solve(lambda, null, TIGHT);
      expectClose(warm, theirs, 1e-8);
    }
  });

  it('start from any point, at lambdas in any order', () => {
    const solver = quasiNewton(drawn.problem);
    const path = GRID.map((lambda) => quasiNewton(drawn.problem).solve(lambda, null, TIGHT));
    for (const [k, from] of [
      [30, 0],
      [2, 39],
      [2, 2],
      [39, 5],
      [38, 38],
    ]) {
      const found = solver.solve(GRID[k], path[from], TIGHT);
      expectClose(found, path[k], 1e-8);
      if (k === from) expect(found.iterations).to.be.at.most(1);
    }
  });

  it('stop at the number of steps that is allowed', () => {
    const found = quasiNewton(drawn.problem).solve(1e-3, null, { violation: 0, maxIterations: 2 });
    expect(found.iterations).to.equal(2);
  });

  it('end by themselves where rounding is reached', () => {
    const found = quasiNewton(drawn.problem).solve(0.1, null, { violation: 0, maxIterations: 100_000 });
    expect(found.iterations).to.be.below(100);
    expect(violation(drawn, 0.1, found)).to.be.below(1e-13);
  });
});

describe('binomial ridge by rows on the compiled kernels', () => {
  it('gives the path of the reference', () => {
    const engine = new Engine(1);
    const { problem, z } = draw({
      ...RIDGE,
      rows: 30,
      columns: 90,
      offset: true,
      weights: 'varied',
      factor: 'some zero',
    });
    const compiled = ridgeByRows(onKernels(problem, z, engine), quasiNewton);
    const reference = ridgeByRows(problem, quasiNewton);
    for (const lambda of [1, 0.1, 0.02]) {
      const [ours, theirs] = [compiled.solve(lambda, null, TIGHT), reference.solve(lambda, null, TIGHT)];
      expectClose(ours, theirs, 1e-7);
    }
    engine.close();
  });

  it('certifies a whole path with large aims', () => {
    const engine = new Engine(1);
    const drawn = draw({ ...RIDGE, rows: 40, columns: 200 });
    const path = solvePath(onKernels(drawn.problem, drawn.z, engine), logSpaced(10, 0.1, 50), {
      tolerance: 1e-6,
      maxIterations: 1000,
    });
    for (const solution of path) {
      expect(solution.certified).to.equal(true);
      expect(violation(drawn, solution.lambda, solution)).to.be.below(1.01e-6);
    }
    engine.close();
  });
});
