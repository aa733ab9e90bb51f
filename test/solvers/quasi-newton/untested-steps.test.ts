import { expect } from 'chai';
import { UntestedSteps } from '../../../src/solvers/quasi-newton/untested-steps.js';
import { draw } from '../random-problem.js';

const { problem } = draw({ seed: 2, rows: 30, columns: 3, l1Ratio: 0 });
/** As if it had so many rows. */
const withRows = (rows: number, factor = problem.penalty.factor.map(() => 1)) => ({
  ...problem,
  design: { ...problem.design, rows, columns: 3 },
  penalty: { ...problem.penalty, factor },
});
const large = withRows(1e7);

describe('a last step that is left untested', () => {
  it('is sure where three times what steps leave is right, and nothing is sure before one was tested', () => {
    const steps = new UntestedSteps(large);
    expect(steps.isSure(1, 1)).to.equal(false);
    steps.learn(1, 0.25);
    expect([steps.isSure(1, 0.7), steps.isSure(1, 0.76)]).to.deep.equal([false, true]);
  });

  it('is less sure the more were left untested, until one is tested again', () => {
    const steps = new UntestedSteps(large);
    steps.learn(1, 0.25);
    steps.add();
    expect([steps.isSure(1, 1.1), steps.isSure(1, 1.13)]).to.deep.equal([false, true]);
    steps.add();
    expect(steps.isSure(1, 1.13)).to.equal(false);
    steps.learn(1, 0.25);
    expect(steps.isSure(1, 0.76)).to.equal(true);
  });

  it('remembers a quarter of a bad step after a good one', () => {
    const steps = new UntestedSteps(large);
    steps.learn(1, 0.8);
    steps.learn(1, 0);
    expect([steps.isSure(1, 0.59), steps.isSure(1, 0.61)]).to.deep.equal([false, true]);
  });

  it('is never one of a small problem, or of one with an unpenalised column', () => {
    for (const other of [withRows(1000), withRows(1e7, Float64Array.of(1, 0, 1))]) {
      const steps = new UntestedSteps(other);
      steps.learn(1, 0);
      expect(steps.isSure(1e-9, 1)).to.equal(false);
    }
  });
});
