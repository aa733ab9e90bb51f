import { expect } from 'chai';
import { didYouMean, nearest } from '../src/near-miss.js';

describe('a near miss', () => {
  it('is one slip away: a letter more, less, other or swapped', () => {
    for (const word of ['lamda', 'lambdaa', 'lambba', 'labmda', 'LAMBDA']) {
      expect(nearest(word, ['holdout', 'lambda'])).to.equal('lambda');
    }
  });

  it('is not a word that has little in common', () => {
    expect(nearest('save', ['seed', 'table'])).to.equal(null);
    expect(nearest('x', [])).to.equal(null);
    expect(nearest('', ['a-name'])).to.equal(null);
  });

  it('is the nearest of several, the first among equals', () => {
    expect(nearest('s12', ['s1', 's2', 's12x'])).to.equal('s1');
    expect(nearest('target', ['targets', 'target_'])).to.equal('targets');
  });

  it('is not searched for among very long words, because it would take too long', () => {
    const long = 'x'.repeat(1_000_000);
    expect(nearest(long, [`${long}y`, 'x'])).to.equal(null);
    expect(nearest('x', [long])).to.equal(null);
  });

  it('reads as the end of a message', () => {
    expect(didYouMean('lamda', ['lambda'])).to.equal('; did you mean lambda?');
    expect(didYouMean('zzz', ['lambda'])).to.equal('');
  });
});
