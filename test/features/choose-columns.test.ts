import { expect } from 'chai';
import { DataError, UsageError } from '../../src/errors.js';
import { type ColumnRequest, chooseColumns } from '../../src/features/choose-columns.js';
import { tableOf } from './tables.js';

const TABLE = tableOf({
  id: ['p', 'q', 'r', 's'],
  age: [1, 2, 3, 4],
  sex: ['f', 'm', 'f', null],
  empty: [null, null, null, null],
  target: [4, 3, 2, 1],
});

const choose = (request: Partial<ColumnRequest>) =>
  chooseColumns(TABLE, {
    target: 'target',
    weights: null,
    offset: null,
    features: null,
    exclude: [],
    categorical: [],
    maxLevels: 3,
    ...request,
  });

describe('chooseColumns', () => {
  it('takes every column but the target, and leaves out what cannot be a feature, with the reason', () => {
    const { target, features, leftOut } = choose({});
    expect(target.name).to.equal('target');
    expect(features.map(({ name }) => name)).to.deep.equal(['age', 'sex']);
    expect(leftOut).to.deep.equal([
      { name: 'id', reason: 'it has 4 levels, more than --max-levels 3' },
      { name: 'empty', reason: 'it has no value in any row' },
    ]);
  });

  it('takes a column of exactly as many levels as are allowed', () => {
    expect(choose({ maxLevels: 4 }).features.map(({ name }) => name)).to.deep.equal(['id', 'age', 'sex']);
  });

  it('follows --features and --exclude, names and globs', () => {
    expect(choose({ features: ['a*'] }).features.map(({ name }) => name)).to.deep.equal(['age']);
    expect(choose({ exclude: ['?ex', 'id'] }).features.map(({ name }) => name)).to.deep.equal(['age']);
  });

  it('keeps weights and offset out of the features', () => {
    const { weights, features } = choose({ weights: 'age' });
    expect([...(weights?.values ?? [])]).to.deep.equal([1, 2, 3, 4]);
    expect(features.map(({ name }) => name)).to.deep.equal(['sex']);
  });

  it('refuses a name that is not there, with a near miss', () => {
    expect(() => choose({ target: 'taregt' })).to.throw(
      UsageError,
      '--target "taregt": no such column; did you mean "target"?',
    );
    expect(() => choose({ weights: 'agee' })).to.throw(
      UsageError,
      '--weights "agee": no such column; did you mean "age"?',
    );
    expect(() => choose({ exclude: ['sexx'] })).to.throw(UsageError, '--exclude "sexx"');
  });

  it('refuses a column in two parts, and weights that are not numbers', () => {
    expect(() => choose({ features: ['age', 'target'] })).to.throw(UsageError, '--features "target"');
    expect(() => choose({ weights: 'sex' })).to.throw(
      DataError,
      'data.csv:2: column "sex": "f" is not a number, and --weights needs numbers',
    );
  });

  it('refuses one column as target and as weights or offset', () => {
    expect(() => choose({ weights: 'target' })).to.throw(UsageError);
    expect(() => choose({ offset: 'target' })).to.throw(UsageError);
    expect(() => choose({ weights: 'age', offset: 'age' })).to.throw(UsageError);
  });

  it('says so where no column is left', () => {
    expect(() => choose({ features: ['id'] })).to.throw(
      DataError,
      'data.csv: no column is left as a feature',
    );
  });

  it('refuses a column of numbers with a few cells that are not, with the line, the cell and the ways out', () => {
    const dirty = {
      kind: 'dirty',
      name: 'age',
      numbers: 97,
      others: 3,
      examples: [
        { line: 7, text: 'unknown' },
        { line: 9, text: '-' },
      ],
      missing: 0,
    } as const;
    const table = { ...TABLE, columns: [...TABLE.columns.filter(({ name }) => name !== 'age'), dirty] };
    const request = {
      target: 'target',
      weights: null,
      offset: null,
      features: null,
      exclude: [],
      categorical: [],
      maxLevels: 9,
    };
    expect(() => chooseColumns(table, request)).to.throw(
      DataError,
      /^data\.csv:7: column "age": "unknown" is not a number, but 97 of its 100 cells are \(then "-" on line 9\).*--na.*--categorical/,
    );
    expect(chooseColumns(table, { ...request, exclude: ['age'] }).features.length).to.equal(2);
  });
});
