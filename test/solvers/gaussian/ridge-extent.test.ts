import { expect } from 'chai';
import fc from 'fast-check';
import { penalisedSolver } from '../../../src/path/choose-solver.js';
import type { Problem } from '../../../src/problem/problem.js';
import { Engine } from '../../../src/runtime/engine.js';
import { extentOfTridiagonal, type RidgeExtent } from '../../../src/solvers/gaussian/ridge-extent.js';
import { eigenvalues } from '../../linalg/eigenvalues.js';
import { tridiagonalize } from '../../reference/tridiagonal.js';
import { onKernels } from '../on-kernels.js';
import { type Drawn, draw, problemOf, specs, uniform } from '../random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const SHARES = { taken: 0.019, left: 0.005 };

/** sum_i x_i y_i. */
const inner = (x: readonly number[], y: readonly number[]) => x.reduce((s, value, i) => s + value * y[i], 0);

/** The eigenvalues of the penalised part, from columns: those without a penalty, and the intercept, are projected out. */
function spectrumOf({ problem, z }: Drawn, curvature: Float64Array): number[] {
  const { factor } = problem.penalty;
  const root = Array.from(curvature, Math.sqrt);
  const weighted = z.map((column) => root.map((r, i) => r * column[i]));
  const free = [...(problem.intercept ? [root] : []), ...weighted.filter((_, j) => factor[j] === 0)];
  const basis: number[][] = [];
  const project = (column: readonly number[]) => {
    let rest = [...column];
    for (let again = 0; again < 2; again++) {
      for (const b of basis) {
        const along = inner(rest, b);
        rest = rest.map((value, i) => value - along * b[i]);
      }
    }
    return rest;
  };
  for (const column of free) {
    const rest = project(column);
    const size = Math.sqrt(inner(rest, rest));
    if (size > 1e-10 * Math.sqrt(inner(column, column))) basis.push(rest.map((value) => value / size));
  }
  const scaled = weighted.flatMap((column, j) =>
    factor[j] > 0 ? [column.map((value) => value / Math.sqrt(factor[j]))] : [],
  );
  const largest = Math.max(...scaled.map((column) => inner(column, column)));
  const held = scaled.map(project);
  return eigenvalues(held.map((a) => held.map((b) => inner(a, b)))).filter((d) => d > 1e-12 * largest);
}

/** The shares of the rank at both ends are as asked for, and hardly less than that. */
function expectEnds(extent: RidgeExtent | null, spectrum: readonly number[]): void {
  if (spectrum.length === 0) {
    expect(extent).to.equal(null);
    return;
  }
  const share = (lambda: number) => spectrum.reduce((s, d) => s + d / (d + lambda), 0) / spectrum.length;
  const { most, least } = extent as RidgeExtent;
  expect(share(most)).to.be.closeTo(SHARES.taken, 1e-6 * SHARES.taken);
  expect(1 - share(least)).to.be.closeTo(SHARES.left, 1e-3 * SHARES.left);
}

describe('the extent of a ridge penalty', () => {
  const ridge = { l1Ratio: 0, bounds: 'none' } as const;
  for (const family of ['gaussian', 'binomial'] as const) {
    it(`has the degrees of freedom of the definition at both ends, tall and wide: ${family}`, () => {
      fc.assert(
        fc.property(specs({ ...ridge, family }, { maxRows: 20, maxColumns: 30 }), (spec) => {
          const drawn = draw(spec);
          fc.pre(drawn.problem.penalty.factor.some((f) => f > 0));
          const chance = uniform(spec.seed);
          const { v } = drawn.problem;
          const curvature = family === 'gaussian' ? v : v.map((share) => share * (0.05 + 0.2 * chance()));
          const spectrum = spectrumOf(drawn, curvature);
          expectEnds(penalisedSolver(drawn.problem).extent!(curvature, SHARES), spectrum);
          const compiled = onKernels(drawn.problem, drawn.z, engine);
          expectEnds(penalisedSolver(compiled).extent!(curvature, SHARES), spectrum);
        }),
        { numRuns: 150, seed: 3 },
      );
    });
  }

  it('of a diagonal matrix is the one worked out by hand', () => {
    // df = 10 / (1 + lambda): 1.9 percent of the rank at 1 / 0.019 - 1, and all but half a percent at 0.005 / 0.995.
    const size = 10;
    const unit = new Float64Array(size * size);
    for (let j = 0; j < size; j++) unit[j * size + j] = 1;
    const { most, least } = extentOfTridiagonal(tridiagonalize(unit, size), 1, SHARES) as RidgeExtent;
    expect(most).to.be.closeTo(1 / 0.019 - 1, 1e-9);
    expect(least).to.be.closeTo(0.005 / 0.995, 1e-12);
    expect(extentOfTridiagonal(tridiagonalize(new Float64Array(9), 3), 0, SHARES)).to.equal(null);
  });

  it('of columns that differ too much for a tridiagonal form holds the true one', () => {
    const { problem, z } = draw({ seed: 9, rows: 40, columns: 6, l1Ratio: 0, factor: 'some zero' });
    const scales = [1e8, 1, 1e-3, 30, 1e5, 1e-6];
    const graded = z.map((column, j) => column.map((x) => x * scales[j]));
    const scaled: Problem = problemOf(graded, problem.y, problem);
    const { most, least } = penalisedSolver(scaled).extent!(problem.v, SHARES) as RidgeExtent;
    // Columns of other sizes are those of one size with other factors, whose spectrum keeps its digits one by one: with eigenvalues
    // so far apart each is close to what its column leaves beside the larger ones.
    const { factor } = problem.penalty;
    const held = scales.filter((_, j) => factor[j] > 0).map((s) => s * s);
    const rank = held.length;
    const df = (lambda: number) => {
      const found = penalisedSolver(scaled).solve(lambda, null, { violation: 0, maxIterations: 1 });
      return (found.degreesOfFreedom?.() as number) - (factor.length - rank);
    };
    expect(df(most)).to.be.at.most(SHARES.taken * rank);
    expect(df(least)).to.be.at.least((1 - SHARES.left) * rank);
    expect(most).to.be.below(1e4 * Math.max(...held));
    expect(least).to.be.above(1e-5 * Math.min(...held));
  });
});
