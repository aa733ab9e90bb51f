import { expect } from 'chai';
import { UsageError } from '../../src/errors.js';
import { matchColumns } from '../../src/features/match-columns.js';

const NAMES = ['age', 'sex', 's1', 's2', 's10', 'a.b', 'what?', 'x*y', 'line\nbreak'];
const match = (...patterns: string[]) => [...matchColumns(patterns, NAMES, '--features')];

describe('matchColumns', () => {
  it('finds names and globs, in the order of the file', () => {
    expect(match('sex', 'age')).to.deep.equal(['age', 'sex']);
    expect(match('s*')).to.deep.equal(['sex', 's1', 's2', 's10']);
    expect(match('s?')).to.deep.equal(['s1', 's2']);
    expect(match('*')).to.deep.equal(NAMES);
  });

  it('takes a name that is spelt exactly so for itself before it is a glob', () => {
    expect(match('what?')).to.deep.equal(['what?']);
    expect(match('x*y')).to.deep.equal(['x*y']);
  });

  it('takes other signs literally', () => {
    expect(match('a.b')).to.deep.equal(['a.b']);
    expect(() => match('a.*x')).to.throw(UsageError);
    expect(() => match('(s1|s2)')).to.throw(UsageError);
    expect(match('line*')).to.deep.equal(['line\nbreak']);
  });

  it('refuses a pattern that matches nothing, with the flag, the word and a near miss', () => {
    expect(() => match('aeg')).to.throw(UsageError, '--features "aeg": no such column; did you mean "age"?');
    expect(() => match('zzzzzzzz')).to.throw(
      UsageError,
      '--features "zzzzzzzz": no such column; the columns are "age", "sex"',
    );
    expect(() => match('zzzzzzzz')).to.throw(UsageError, 'and 1 more');
  });
});
