import { expect } from 'chai';
import { DataError, UsageError } from '../../src/errors.js';
import { codeTarget, targetValues } from '../../src/setup/target.js';
import { type Cell, columnOf, tableOf } from '../features/tables.js';

function code(
  cells: Cell[],
  family: 'auto' | 'gaussian' | 'binomial' = 'auto',
  positive: string | null = null,
  rows = Int32Array.from(cells.keys()),
) {
  const table = tableOf({ y: cells });
  const column = columnOf('y', cells);
  const coding = codeTarget(table, column, rows, family, positive);
  return { ...coding, values: () => [...targetValues(table, column, rows, coding)] };
}

describe('the target', () => {
  it('of two values is binomial, of more numbers gaussian', () => {
    expect(code([0, 1, 1]).family.name).to.equal('binomial');
    expect(code(['b', 'a']).family.name).to.equal('binomial');
    expect(code([3, 7, 3]).classes).to.deep.equal(['3', '7']);
    expect(code([1, 2, 3]).family.name).to.equal('gaussian');
    expect(code([0, 1, 0], 'gaussian').values()).to.deep.equal([0, 1, 0]);
  });

  it('has as positive class the larger one, or true or yes in any case', () => {
    const positiveOf = (...cells: Cell[]) => code(cells).classes?.[1];
    expect(positiveOf(-1, 1)).to.equal('1');
    expect(positiveOf(2, 10)).to.equal('10');
    expect(positiveOf('a', 'b')).to.equal('b');
    expect(positiveOf('No', 'YES')).to.equal('YES');
    expect(positiveOf('True', 'wrong')).to.equal('True');
    expect(positiveOf('1', 'two')).to.equal('1');
    expect(positiveOf('no', 'Yes')).to.equal('Yes');
    expect(positiveOf('FALSE', 'TRUE')).to.equal('TRUE');
  });

  it('takes the positive class that is asked for, numbers by value', () => {
    expect(code(['a', 'b'], 'auto', 'a').classes).to.deep.equal(['b', 'a']);
    expect(code([0, 1], 'auto', '0').values()).to.deep.equal([1, 0]);
    expect(code([0, 1], 'auto', '1.0').classes).to.deep.equal(['0', '1']);
    expect(() => code(['a', 'b'], 'auto', 'c')).to.throw(
      UsageError,
      '--positive "c": the classes of "y" are "a" and "b"',
    );
    expect(() => code([0, 1], 'auto', '')).to.throw(UsageError, '--positive ""');
    expect(() => code([1, 2, 3], 'auto', '1')).to.throw(UsageError, '--positive "1"');
  });

  it('is judged on the rows that are used', () => {
    expect(code([0, 1, 2, 1], 'auto', null, Int32Array.of(0, 1, 3)).family.name).to.equal('binomial');
  });

  it('that does not suit its family is refused, with line, column, value and remedy', () => {
    expect(() => code(['u', 'v', 'w'], 'gaussian', null, Int32Array.of(1, 2))).to.throw(
      DataError,
      'data.csv:3: column "y": the target "v" is not a number, and a gaussian fit needs numbers; choose --family binomial',
    );
    expect(() => code(['u', 'v', 'w'])).to.throw(
      DataError,
      'data.csv: column "y": the target has more than two values ("u", "v", "w"',
    );
    expect(() => code([1, 2, 3], 'binomial')).to.throw(DataError, 'choose --family gaussian');
    expect(() => code(['u', 'u'])).to.throw(
      DataError,
      'the target is "u" in every row used; there is nothing to predict',
    );
  });

  it('of a test row in neither class is refused with its line', () => {
    const { classes, family } = code(['a', 'b']);
    const table = tableOf({ y: ['a', 'c'] }, 'test.csv');
    const column = columnOf('y', ['a', 'c']);
    expect(() => targetValues(table, column, Int32Array.of(0, 1), { classes, family })).to.throw(
      DataError,
      'test.csv:3: column "y": "c" is neither of the classes "a" and "b"',
    );
  });
});

describe('a target of text that is numbers after all', () => {
  it('is said to be, with its notation and the remedy', () => {
    for (const family of ['auto', 'gaussian'] as const) {
      expect(() => code(['7%', '14%', '21%'], family)).to.throw(
        DataError,
        /^data\.csv:\d: .*look like numbers \("\d+%"\); take the % off/,
      );
      expect(() => code(['$2,113.50', '$3,126.50', '$9.00'], family)).to.throw(
        DataError,
        'take the currency signs',
      );
      expect(() => code(['1,5', '2,5', '3'], family)).to.throw(DataError, '--decimal ,');
    }
  });

  it('is said to be where most of it is, with the other texts and their first lines', () => {
    for (const family of ['auto', 'gaussian'] as const) {
      expect(() => code(['3.8', '<3.0', '4.1', '5', '<3.0'], family)).to.throw(
        DataError,
        'data.csv:3: column "y": the target: 3 of its 5 cells are numbers, the others are "<3.0" (2, the first on line 3)',
      );
    }
  });

  it('is not said to be where it is not', () => {
    expect(() => code(['u', 'v', '1'])).to.throw(DataError, 'keep the rows of two classes only');
    expect(() => code(['u', 'v', 'w'], 'gaussian')).to.throw(
      DataError,
      'is not a number, and a gaussian fit needs numbers; choose another --target',
    );
    expect(() => code(['u', 'v'], 'gaussian')).to.throw(
      DataError,
      'choose --family binomial for its two classes',
    );
  });
});
