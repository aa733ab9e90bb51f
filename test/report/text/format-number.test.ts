import { expect } from 'chai';
import fc from 'fast-check';
import {
  alignDecimals,
  commonFormat,
  formatFigure,
  formatFixed,
  formatScientific,
  formatSignificant,
  signed,
} from '../../../src/report/text/format-number.js';

describe('format-number', () => {
  it('keeps significant digits and turns to powers of ten at the ends', () => {
    expect(formatSignificant(45.1)).to.equal('45.10');
    expect(formatSignificant(0.00451)).to.equal('0.004510');
    expect(formatSignificant(26004)).to.equal('26004');
    expect(formatSignificant(3.1e-9, 2)).to.equal('3.1e-9');
    expect(formatSignificant(1.5e9)).to.equal('1.500e9');
    expect(formatSignificant(0)).to.equal('0');
    expect(formatSignificant(-0)).to.equal('0');
    expect(formatScientific(0.0003, 1)).to.equal('3e-4');
  });

  it('drops zeros at the end in sentences, never those of an integer', () => {
    expect(formatFigure(0.5)).to.equal('0.5');
    expect(formatFigure(100)).to.equal('100');
    expect(formatFigure(1e-6)).to.equal('1e-6');
    expect(formatFigure(1e-10)).to.equal('1e-10');
    expect(formatFigure(1e20)).to.equal('1e20');
    expect(formatFigure(1.0001e200, 5)).to.equal('1.0001e200');
    expect(formatFigure(45.16, 6)).to.equal('45.16');
  });

  it('writes no NaN, no infinity and no negative zero', () => {
    for (const format of [
      (x: number | null) => formatFixed(x, 2),
      (x: number | null) => formatSignificant(x),
      (x: number | null) => formatFigure(x),
      (x: number | null) => formatScientific(x, 2),
      commonFormat([Number.NaN, 1]),
    ]) {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null]) {
        expect(format(value)).to.equal('–');
      }
    }
    expect(formatFixed(-0.0001, 2)).to.equal('0.00');
  });

  it('reads back to the same value within its digits', () => {
    const anyNumber = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((x) => Math.abs(x) > 1e-300 && Math.abs(x) < 1e300);
    fc.assert(
      fc.property(anyNumber, (x) => {
        expect(Math.abs(Number(formatSignificant(x, 5)) - x)).to.be.at.most(5.01e-5 * Math.abs(x));
        expect(Number(formatFigure(x, 5))).to.equal(Number(formatSignificant(x, 5)));
      }),
    );
  });

  it('brings decimal points under each other', () => {
    const aligned = alignDecimals(['45.10', '0.004510', '7', '–']);
    const points = aligned.map((text) => text.padStart(12)).map((text) => text.indexOf('.'));
    expect(points.slice(0, 2)).to.deep.equal([5, 5]);
    expect(aligned[2]).to.equal('7       ');
  });

  it('gives figures of a kind the same decimals, unless they are too far apart', () => {
    const near = commonFormat([2859.7, 6000]);
    expect([near(2859.71), near(6000), near(-12.345)]).to.deep.equal(['2859.7', '6000.0', '-12.3']);
    const far = commonFormat([0.001234, 6000]);
    expect([far(0.001234), far(6000)]).to.deep.equal(['0.0012340', '6000.0']);
  });

  it('signs what is above zero', () => {
    expect(['1.0', '0.00', '-3', '0.01', '–', '0'].map(signed)).to.deep.equal([
      '+1.0',
      '0.00',
      '-3',
      '+0.01',
      '–',
      '0',
    ]);
  });
});
