import { expect } from 'chai';
import fc from 'fast-check';
import { defaultMinRatio, lambdaMax, logSpaced, nullIntercept } from '../../src/path/lambda-grid.js';
import { inner } from '../solvers/by-definition.js';
import { draw, specs } from '../solvers/random-problem.js';

const STOPPING = { violation: 1e-12, maxIterations: 10_000 };

describe('lambdaMax', () => {
  it('is the largest interceptGradient at the mean over factor and l1Ratio', () => {
    const fixed = { family: 'gaussian', bounds: 'none', intercept: true, offset: false } as const;
    fc.assert(
      fc.property(specs({ ...fixed, factor: 'varied' }), (spec) => {
        const { problem, z } = draw(spec);
        const { y, v, penalty } = problem;
        const mean = y.reduce((s, value, i) => s + v[i] * value, 0);
        const centred = y.map((value) => value - mean);
        const mix = Math.max(penalty.l1Ratio, 0.001);
        const expected = Math.max(
          ...z.map((c, j) => Math.abs(inner(v, c, centred)) / penalty.factor[j] / mix),
        );
        const ours = lambdaMax(problem, STOPPING);
        expect(ours).to.be.closeTo(expected, 1e-10 * expected + 1e-15);
      }),
      { numRuns: 60, seed: 12 },
    );
  });

  it('counts the interceptGradient that a bound lets through only', () => {
    const { problem, z } = draw({ seed: 5, columns: 1 });
    const { y, v, penalty } = problem;
    const interceptGradient = inner(v, z[0], y);
    const zeroed = interceptGradient > 0 ? { upper: new Float64Array(1) } : { lower: new Float64Array(1) };
    expect(lambdaMax({ ...problem, penalty: { ...penalty, ...zeroed } }, STOPPING)).to.be.below(1e-12);
    const other = interceptGradient > 0 ? { lower: new Float64Array(1) } : { upper: new Float64Array(1) };
    expect(lambdaMax({ ...problem, penalty: { ...penalty, ...other } }, STOPPING)).to.be.closeTo(
      Math.abs(interceptGradient),
      1e-10,
    );
  });

  it('is 0 where nothing is penalised', () => {
    const { problem } = draw({ seed: 5 });
    const penalty = { ...problem.penalty, factor: new Float64Array(5) };
    expect(lambdaMax({ ...problem, penalty }, STOPPING)).to.equal(0);
  });
});

describe('nullIntercept', () => {
  it('is the weighted mean, or the log odds of the weighted rate', () => {
    const { problem } = draw({ seed: 6, weights: 'varied' });
    expect(nullIntercept(problem, STOPPING)).to.be.closeTo(
      inner(problem.v, problem.y, new Float64Array(30).fill(1)),
      1e-14,
    );
    const { problem: binary } = draw({ seed: 6, weights: 'varied', family: 'binomial' });
    const rate = inner(binary.v, binary.y, new Float64Array(30).fill(1));
    expect(nullIntercept(binary, STOPPING)).to.be.closeTo(Math.log(rate / (1 - rate)), 1e-10);
  });
});

describe('logSpaced', () => {
  it('has exact ends, falls, and keeps one ratio', () => {
    const grid = logSpaced(45.1, 45.1e-4, 100);
    expect([grid.length, grid[0], grid[99]]).to.deep.equal([100, 45.1, 45.1e-4]);
    for (let k = 1; k < 100; k++) expect(grid[k] / grid[k - 1]).to.be.closeTo(1e-4 ** (1 / 99), 1e-12);
  });

  it('may have one value or go up', () => {
    expect(logSpaced(3, 1, 1)).to.deep.equal([3]);
    expect(logSpaced(1, 100, 3)[1]).to.be.closeTo(10, 1e-13);
  });
});

describe('defaultMinRatio', () => {
  it('is 1e-4 with as many rows that count as features, else 1e-2', () => {
    const { problem } = draw({ seed: 1, rows: 6, columns: 5 });
    const v = (...shares: number[]) => ({ ...problem, v: Float64Array.from(shares) });
    expect(defaultMinRatio(v(0.2, 0.2, 0.2, 0.2, 0.2, 0))).to.equal(1e-4);
    expect(defaultMinRatio(v(0.25, 0.25, 0.25, 0.25, 0, 0))).to.equal(1e-2);
  });
});
