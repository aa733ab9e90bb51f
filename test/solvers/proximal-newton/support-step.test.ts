import { expect } from 'chai';
import { atLambda } from '../../../src/penalties/elastic-net.js';
import { WorkingHessian } from '../../../src/solvers/proximal-newton/hessian.js';
import { MoveLookup, WorkingMoves } from '../../../src/solvers/proximal-newton/snapshots.js';
import { supportStep } from '../../../src/solvers/proximal-newton/support-step.js';
import { inner } from '../by-definition.js';
import { draw, uniform } from '../random-problem.js';

const { problem, z } = draw({ rows: 25, columns: 3, family: 'binomial' });
const chance = uniform(3);
const [then, now] = [0, 1].map(() => Float64Array.from({ length: 25 }, () => 0.1 + chance()));
const hessian = new WorkingHessian(problem);
hessian.rebuild(Int32Array.of(2, 0, 1), then);

/** The true Hessian at the point at hand, over all columns and the intercept, times a step. */
const truth = (step: readonly number[]) => {
  const columns = [...z, new Float64Array(25).fill(1)];
  return Float64Array.from(columns, (a) => columns.reduce((s, b, k) => s + inner(now, a, b) * step[k], 0));
};
const penalty = atLambda(problem.penalty, 0.01);
const start = Float64Array.of(2, -3, 0);
const plain = Float64Array.of(-0.3, 0.2, 0, 0.1);
const gradient = Float64Array.of(0.02, -0.013, 0.001, 0.004);
/** Steps that moved columns 2 and 0 and the intercept, as the working set has them first. */
const STEPS = [
  [0.1, 0, 0.3, 0.2],
  [-0.4, 0, 0.1, 0.1],
  [0.2, 0, 0.2, -0.5],
];

function remembered(steps: readonly (readonly number[])[]): WorkingMoves {
  const moves = new WorkingMoves(new MoveLookup(3));
  for (const step of steps) {
    moves.learn({ columns: Int32Array.of(0, 1, 2), step: Float64Array.from(step), change: truth(step) });
  }
  return moves;
}

describe('the step on the support', () => {
  it('is the plain one where nothing is remembered of these coefficients alone', () => {
    expect(supportStep(hessian, remembered([]), gradient, start, penalty, plain)).to.equal(plain);
    const elsewhere = remembered([[0.1, 0.1, 0.3, 0.2]]);
    expect(supportStep(hessian, elsewhere, gradient, start, penalty, plain)).to.equal(plain);
  });

  it('takes the length that the last step showed to be right', () => {
    // The slope is what the last step changed: that step is the answer, whatever the lagged Hessian says.
    const change = truth(STEPS[2]);
    const slope = Float64Array.of(change[2] + 0.01, change[0] - 0.01, 0, change[3]);
    const step = supportStep(hessian, remembered(STEPS), slope, start, penalty, plain);
    [STEPS[2][2], STEPS[2][0], 0, STEPS[2][3]].forEach((x, a) => {
      expect(step[a]).to.be.closeTo(x, 1e-12);
    });
  });

  it('is the plain one where a coefficient goes to zero, or a sign would turn, or a bound be passed', () => {
    const memory = remembered(STEPS);
    const toZero = Float64Array.of(-2, 0.2, 0, 0.1);
    expect(supportStep(hessian, memory, gradient, start, penalty, toZero)).to.equal(toZero);
    const steep = Float64Array.of(-50, 0, 0, 0);
    expect(supportStep(hessian, memory, steep, start, penalty, plain)).to.equal(plain);
    const bounded = { ...penalty, upper: Float64Array.of(2.01, 9, 9) };
    const change = truth(STEPS[2]);
    const slope = Float64Array.of(change[2] + 0.01, change[0] - 0.01, 0, change[3]);
    expect(supportStep(hessian, memory, slope, start, bounded, plain)).to.equal(plain);
  });
});
