import { expect } from 'chai';
import fc from 'fast-check';
import { condense } from '../../../src/report/text/condense.js';

describe('condense', () => {
  it('keeps all where there is room or all are asked for', () => {
    expect(condense(3, 5, [])).to.deep.equal([0, 1, 2]);
    expect(condense(3, 3, [1])).to.deep.equal([0, 1, 2]);
    expect(condense(3, 'all', [])).to.deep.equal([0, 1, 2]);
    expect(condense(0, 5, [])).to.deep.equal([]);
  });

  it('spaces rows evenly', () => {
    expect(condense(100, 10, [0, 99])).to.deep.equal([0, 11, 22, 33, 44, 55, 66, 77, 88, 99]);
  });

  it('lets a kept index take the place of its nearest neighbour', () => {
    expect(condense(100, 10, [50, 99, 0])).to.deep.equal([0, 11, 22, 33, 44, 50, 66, 77, 88, 99]);
    expect(condense(100, 10, [1, 99, 0])).to.deep.equal([0, 1, 22, 33, 44, 55, 66, 77, 88, 99]);
  });

  it('serves those named first where rows are few', () => {
    expect(condense(100, 1, [42, 99, 0])).to.deep.equal([42]);
    expect(condense(100, 2, [42, 99, 0])).to.deep.equal([42, 99]);
  });

  it('always gives exactly the rows asked for, in order, once each, the kept ones among them', () => {
    const cases = fc.record({
      length: fc.integer({ min: 1, max: 300 }),
      rows: fc.integer({ min: 1, max: 60 }),
      wish: fc.integer({ min: 0, max: 299 }),
      other: fc.integer({ min: 0, max: 299 }),
    });
    fc.assert(
      fc.property(cases, ({ length, rows, wish, other }) => {
        const keep = [wish % length, length - 1, 0, other % length];
        const shown = condense(length, rows, keep);
        expect(shown).to.have.length(Math.min(rows, length));
        expect([...new Set(shown)].sort((a, b) => a - b)).to.deep.equal(shown);
        expect(shown).to.include.members([...new Set(keep)].slice(0, rows));
        // Two kept indices side by side draw a neighbour from either side: holes of two to three steps at worst.
        const step = (length - 1) / Math.max(1, rows - 1);
        const holes = shown.slice(1).map((index, k) => index - shown[k]);
        if (rows > 4) expect(Math.max(0, ...holes)).to.be.at.most(3 * step + 1);
      }),
    );
  });
});
