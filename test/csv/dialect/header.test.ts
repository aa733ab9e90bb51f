import { expect } from 'chai';
import { headerOf } from '../../../src/csv/dialect/header.js';

const MANY = 200_000;

describe('a header', () => {
  it('of very many equal names, or of none, takes linear time', () => {
    const { names, doubled } = headerOf(Array.from({ length: MANY }, () => 'a'));
    expect(new Set(names).size).to.equal(MANY);
    expect([names[1], names[MANY - 1]]).to.deep.equal(['a (2)', `a (${MANY})`]);
    expect(doubled.get('a')).to.have.length(MANY - 1);
    const { nameless } = headerOf(Array.from({ length: MANY }, () => ''));
    expect([nameless[0], nameless[MANY - 1]]).to.deep.equal(['column 1', `column ${MANY}`]);
  });
});
