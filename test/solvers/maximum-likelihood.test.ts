import { expect } from 'chai';
import { degreesOfFreedom } from '../../src/degrees-of-freedom/degrees-of-freedom.js';
import { binomial } from '../../src/families/binomial.js';
import { solvePath } from '../../src/path/solve-path.js';
import { violation } from './by-definition.js';
import { draw, problemOf } from './random-problem.js';

const PATH = { tolerance: 1e-10, maxIterations: 1000 };

describe('maximum likelihood', () => {
  it('gives the log odds of two groups', () => {
    // 1 of 4 positive at x = 0, 3 of 5 at x = 1.
    const x = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1, 1);
    const z = x.map((value) => value - 5 / 9);
    const y = Float64Array.of(1, 0, 0, 0, 1, 1, 1, 0, 0);
    const [{ beta, intercept, certified, rank }] = solvePath(
      problemOf([z], y, { family: binomial }),
      [0],
      PATH,
    );
    const odds = (p: number) => Math.log(p / (1 - p));
    expect(certified).to.equal(true);
    expect(rank).to.equal(1);
    expect(beta[0]).to.be.closeTo(odds(0.6) - odds(0.25), 1e-9);
    expect(intercept - (5 / 9) * beta[0]).to.be.closeTo(odds(0.25), 1e-9);
  });

  it('shares a coefficient equally between equal columns, and says the rank', () => {
    const drawn = draw({
      seed: 8,
      rows: 60,
      columns: 4,
      family: 'binomial',
      columnsAre: 'duplicated',
      l1Ratio: 0,
      weights: 'varied',
    });
    const [solution] = solvePath(drawn.problem, [0], PATH);
    expect(solution.rank).to.equal(2);
    expect(degreesOfFreedom(drawn.problem, [solution])).to.deep.equal([{ df: 2, error: 0 }]);
    expect(violation(drawn, 0, solution)).to.be.below(1e-9);
    expect(solution.beta[0]).to.be.closeTo(solution.beta[1], 1e-12);
    expect(solution.beta[2]).to.be.closeTo(solution.beta[3], 1e-12);
  });
});
