import { expect } from 'chai';
import { ConvergenceRate } from '../../src/solvers/convergence-rate.js';

describe('what a step is predicted to leave of the violation', () => {
  it('is the share that the last tested step left', () => {
    const contraction = new ConvergenceRate();
    contraction.learn(8, 4);
    contraction.learn(4, 1);
    expect(contraction.predict(12)).to.equal(3);
  });

  it('is anything before a step was tested', () => {
    expect(new ConvergenceRate().predict(1e-300)).to.equal(Infinity);
  });

  it('grows with the steps that are left untested, until one is tested', () => {
    const contraction = new ConvergenceRate();
    contraction.learn(4, 1);
    const predicted = [0, 1, 2, 3].map(() => {
      contraction.age();
      return contraction.predict(1);
    });
    for (let k = 1; k < predicted.length; k++) expect(predicted[k]).to.be.above(predicted[k - 1]);
    contraction.learn(4, 1);
    expect(contraction.predict(1)).to.equal(0.25);
  });
});
