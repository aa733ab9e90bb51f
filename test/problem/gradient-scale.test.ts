import { expect } from 'chai';
import { sum } from '../../src/linalg/vector.js';
import { withGradientScale } from '../../src/problem/gradient-scale.js';
import { type Drawn, draw, PLAIN, type ProblemSpec, problemOf } from '../solvers/random-problem.js';

/** max_j |sum_i v_i z_ij (y_i - mean)|, as the contract has it; without an intercept the mean is that at eta = 0. */
function byDefinition({ problem: { v, y, family, intercept }, z }: Drawn): number {
  const mean = intercept ? sum(y.map((value, i) => v[i] * value)) : family.mean(0);
  return Math.max(...z.map((column) => Math.abs(sum(column.map((x, i) => v[i] * x * (y[i] - mean))))));
}

function scaleOf({ problem }: Drawn, spec: ProblemSpec, y = problem.y): number {
  return withGradientScale({ ...problem, y }, spec.offset).gradientScale;
}

describe('the gradient scale', () => {
  const specs: Partial<ProblemSpec>[] = [
    {},
    { weights: 'some zero' },
    { offset: true },
    { intercept: false },
    { intercept: false, family: 'binomial' },
    { standardize: false },
    { family: 'binomial' },
    { family: 'binomial', standardize: false, weights: 'varied' },
    { columnsAre: 'correlated', rows: 200 },
  ];
  for (const special of specs) {
    it(`is the largest interceptGradient of a column at the mean: ${JSON.stringify(special)}`, () => {
      const spec = { ...PLAIN, ...special };
      const drawn = draw(spec);
      expect(scaleOf(drawn, spec) / byDefinition(drawn)).to.be.closeTo(1, 1e-12);
    });
  }

  it('goes with the unit of the target, to the ends of what doubles hold', () => {
    const drawn = draw(PLAIN);
    for (const unit of [1e-290, 1e-160, 1e-100, 1e100, 1e160, 1e290]) {
      const scaled = scaleOf(
        drawn,
        PLAIN,
        drawn.problem.y.map((value) => unit * value),
      );
      expect(scaled / unit / scaleOf(drawn, PLAIN)).to.be.closeTo(1, 1e-9);
    }
  });

  it('is the deviation of the target where no column says anything about it', () => {
    // Orthogonal to the column, which has deviation 1, and to the constant: to the last digit, and up to rounding.
    for (const y of [Float64Array.of(3, 3, -3, -3), Float64Array.of(3.1, 3.1, -2.9, -2.9)]) {
      const problem = problemOf([Float64Array.of(1, -1, 1, -1)], y);
      expect(withGradientScale(problem, false).gradientScale).to.be.closeTo(3, 1e-12);
    }
  });
});
