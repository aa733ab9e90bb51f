import { expect } from 'chai';
import { Contraction } from '../../src/solvers/convergence-rate.js';

describe('what a step is foretold to leave of the violation', () => {
  it('is the share that the last tested step left', () => {
    const contraction = new Contraction();
    contraction.learn(8, 4);
    contraction.learn(4, 1);
    expect(contraction.foretell(12)).to.equal(3);
  });

  it('is anything before a step was tested', () => {
    expect(new Contraction().foretell(1e-300)).to.equal(Infinity);
  });

  it('grows with the steps that are left untested, until one is tested', () => {
    const contraction = new Contraction();
    contraction.learn(4, 1);
    const foretold = [0, 1, 2, 3].map(() => {
      contraction.age();
      return contraction.foretell(1);
    });
    for (let k = 1; k < foretold.length; k++) expect(foretold[k]).to.be.above(foretold[k - 1]);
    contraction.learn(4, 1);
    expect(contraction.foretell(1)).to.equal(0.25);
  });
});
