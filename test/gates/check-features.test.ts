import { expect } from 'chai';
import { UsageError } from '../../src/errors.js';
import { checkFeatures } from '../../src/gates/check-features.js';
import { parseGate } from '../../src/gates/parse-gate.js';

const check = (text: string) => () =>
  checkFeatures([parseGate('lambda < 1'), parseGate(text)], ['age', 'grade', 'a=b', '']);

describe('features that gates name before the fit', () => {
  it('are columns, or a column and one of its levels, where either may hold an equals sign', () => {
    for (const feature of ['age', 'grade', 'grade=A', 'grade=A=B', 'a=b', 'a=b=c', '=level']) {
      expect(check(`coef("${feature}") > 0`), feature).to.not.throw();
      expect(check(`0 < 1 - abs(coef("${feature}"))`), feature).to.not.throw();
    }
  });

  it('are refused with the near one where there is no such column, on either side and within arithmetic', () => {
    const message = '--require "coef(\\"agee\\") > 0": there is no column "agee"; did you mean age?';
    expect(check('coef("agee") > 0')).to.throw(UsageError).with.property('message', message);
    for (const feature of ['a', 'agee', 'grad', 'gradeA', 'a=c', 'x=grade']) {
      for (const rule of [`coef("${feature}") > 0`, `lambda < 1 + max(1, -coef("${feature}"))`]) {
        expect(check(rule), rule).to.throw(UsageError, `there is no column "${feature}"`);
      }
    }
  });
});
