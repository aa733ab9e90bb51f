import { expect } from 'chai';
import { parseColumnNumbers } from '../../src/cli/values/column-numbers.js';
import { parseLambda } from '../../src/cli/values/lambda.js';
import { parseNames } from '../../src/cli/values/list.js';
import { parseMissingMarks } from '../../src/cli/values/missing-marks.js';
import { decimal, numberIn, wholeNumber } from '../../src/cli/values/number.js';
import { UsageError } from '../../src/errors.js';

const ANY = { words: 'a number', accepts: () => true };

describe('a number on the command line', () => {
  it('is decimal and finite', () => {
    expect(['1', '-1', '+1', '.5', '5.', '1e-3'].map(decimal)).to.deep.equal([1, -1, 1, 0.5, 5, 0.001]);
    expect(['', '.', '0x10', '1e999', 'NaN', 'Infinity', '1_000', '1,5', '1 2'].map(decimal)).to.deep.equal(
      Array(9).fill(null),
    );
  });

  it('is never minus zero', () => {
    expect(Object.is(numberIn(ANY)('--x', '-0'), 0)).to.equal(true);
  });

  it('out of range names the flag, the value and the range', () => {
    expect(() => numberIn(wholeNumber(1, 5))('--x', '6')).to.throw(
      UsageError,
      '--x "6": expected a whole number from 1 to 5',
    );
  });
});

describe('a list of names', () => {
  it('is split at commas outside quotes, and trimmed', () => {
    expect(parseNames('--f', 'a, b ,"c,d","e ""f"""')).to.deep.equal(['a', 'b', 'c,d', 'e "f"']);
  });

  it('keeps a quote inside a name', () => {
    expect(parseNames('--f', '5" pipe,x')).to.deep.equal(['5" pipe', 'x']);
  });

  it('has no empty and no repeated names', () => {
    for (const text of ['a,', ',a', 'a,,b', ' ', 'a,a', '"'])
      expect(() => parseNames('--f', text)).to.throw(UsageError);
  });
});

describe('the tokens of --na', () => {
  it('always hold the empty cell', () => {
    expect(parseMissingMarks('--na', ['NA,-'])).to.deep.equal({ na: ['', 'NA', '-'] });
    expect(parseMissingMarks('--na', [','])).to.deep.equal({ na: [''] });
    expect(parseMissingMarks('--na', [''])).to.deep.equal({ na: [''] });
  });

  it('may be those of one column, and once only', () => {
    const marks = parseMissingMarks('--na', ['"e=f",=', 'gdp=:,..', '"a,b"="x,y",z', '"c=d"=', 'x y = - ']);
    expect(marks).to.deep.equal({
      na: ['', 'e=f', '='],
      columnNa: [
        ['gdp', ['', ':', '..']],
        ['a,b', ['', 'x,y', 'z']],
        ['c=d', ['']],
        ['x y', ['', '-']],
      ],
    });
    expect(() => parseMissingMarks('--na', ['a', 'b'])).to.throw(UsageError, 'given twice for all columns');
    expect(() => parseMissingMarks('--na', ['a=1', 'a=2'])).to.throw(
      UsageError,
      'given twice for column "a"',
    );
  });
});

describe('the lambdas of --lambda', () => {
  it('are a list in the order given', () => {
    expect(parseLambda('-l', '0.1, 1,0')).to.deep.equal([0.1, 1, 0]);
  });

  it('are spaced evenly in the logarithm between exact ends, in either direction', () => {
    const down = parseLambda('-l', '10:0.01:4');
    expect([down[0], down[3]]).to.deep.equal([10, 0.01]);
    expect(down[1]).to.be.closeTo(1, 1e-12);
    expect(down[2]).to.be.closeTo(0.1, 1e-12);
    expect(parseLambda('-l', '0.3:7:2')).to.deep.equal([0.3, 7]);
  });
});

describe('numbers for columns', () => {
  it('are split at the last equals sign', () => {
    expect(parseColumnNumbers('-c', ['a=b=2', 'c=-0.5'], ANY)).to.deep.equal([
      ['a=b', 2],
      ['c', -0.5],
    ]);
  });

  it('may name a column with a comma or a quote', () => {
    expect(parseColumnNumbers('-c', ['"a,b"=2,"c ""d"""=3'], ANY)).to.deep.equal([
      ['a,b', 2],
      ['c "d"', 3],
    ]);
  });

  it('refuse what is not COL=NUMBER', () => {
    for (const text of ['a', '=1', 'a=', 'a=x', 'a=1,', '""=1', 'a=1,a=2']) {
      expect(() => parseColumnNumbers('-c', [text], ANY), text).to.throw(UsageError);
    }
  });
});
