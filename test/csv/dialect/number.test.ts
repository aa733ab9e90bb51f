import { expect } from 'chai';
import fc from 'fast-check';
import { parseDecimal } from '../../../src/csv/dialect/number.js';

const GRAMMAR = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const ACCEPTED: [string, number][] = [
  ['0', 0],
  ['-0', -0],
  ['+7', 7],
  ['007', 7],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['5.', 5],
  ['5.e2', 500],
  ['1e5', 1e5],
  ['1E-5', 1e-5],
  ['1e+05', 1e5],
  ['1e-999', 0],
  ['0.1', 0.1],
  ['9007199254740993', 9007199254740992],
  ['1.7976931348623157e308', Number.MAX_VALUE],
  ['5e-324', 5e-324],
  ['2.2250738585072011e-308', 2.225073858507201e-308],
];

const REFUSED = [
  ...[
    '',
    ' ',
    '.',
    '+',
    '-',
    '-.',
    'e5',
    '.e5',
    '1e',
    '1e+',
    '1e5.5',
    '--1',
    '+-1',
    '1-',
    '1 2',
    ' 1',
    '1 ',
    '1\n',
  ],
  ...[
    '0x10',
    '0X1F',
    '-0x10',
    '0b1',
    '0o7',
    '0O17',
    'Infinity',
    '-Infinity',
    'inf',
    'NaN',
    'nan',
    '1_000',
    '1,000',
  ],
  ...[
    '1.2.3',
    '1e999',
    '-1e999',
    '1.8e308',
    '१२',
    '１',
    '1n',
    '1f',
    '12abc',
    '$5',
    '5%',
    '1/2',
    '\u00a01',
    '\u22121',
  ],
];

describe('parseDecimal', () => {
  for (const [text, value] of ACCEPTED) {
    it(`reads ${JSON.stringify(text)} as ${Object.is(value, -0) ? '-0' : value}`, () => {
      expect(Object.is(parseDecimal(text, '.'), value)).to.equal(true);
    });
  }

  for (const text of REFUSED) {
    it(`does not take ${JSON.stringify(text)} for a number`, () => {
      expect(parseDecimal(text, '.')).to.be.NaN;
    });
  }

  it('takes the decimal comma, and then no point and no second comma', () => {
    expect(parseDecimal('-1,5e2', ',')).to.equal(-150);
    expect(parseDecimal(',5', ',')).to.equal(0.5);
    expect(parseDecimal('15', ',')).to.equal(15);
    for (const text of ['1.5', '1.234,5', '1,234,5', ',', '1,5.']) expect(parseDecimal(text, ',')).to.be.NaN;
  });

  it('agrees with the grammar on random texts near it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789.+-eExXobn_ ,\tI'), maxLength: 8 });
    fc.assert(
      fc.property(text, (candidate) => {
        const expected = GRAMMAR.test(candidate) ? Number(candidate) : Number.NaN;
        const wanted = Number.isFinite(expected) ? expected : Number.NaN;
        return Object.is(parseDecimal(candidate, '.'), wanted);
      }),
      { numRuns: 5000 },
    );
  });

  it('gives back every double bit for bit, however it is written', () => {
    const double = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      // One double in fifty is of everyday size, and toFixed leaves digits of hardly more.
      fc.tuple(fc.maxSafeInteger(), fc.nat(25)).map(([whole, power]) => whole / 10 ** power),
    );
    fc.assert(
      fc.property(double, fc.constantFrom('.', ','), (value, decimal) => {
        const forms = [String(value), value.toExponential(), value.toExponential(16), value.toPrecision(17)];
        // toFixed drops digits, and all forms drop the sign of -0: there the engine says what the text means.
        if (Math.abs(value) < 1e21) forms.push(value.toFixed(20));
        return forms.every((form, index) => {
          const expected = index === 4 || Object.is(value, -0) ? Number(form) : value;
          return Object.is(parseDecimal(form.replace('.', decimal), decimal), expected);
        });
      }),
      { numRuns: 1000 },
    );
  });
});
