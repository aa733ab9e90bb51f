import { expect } from 'chai';
import { RowBlocks } from './row-blocks.js';

describe('a wide design', () => {
  it("gives columns and X S X'", () => {
    const design = RowBlocks.layOut(2, 3, (j, _from, out) => out.set([j, j + 1]));
    expect([...design.column(2)]).to.deep.equal([2, 3]);
    // columns (0,1), (1,2), (2,3) with scales 1, 10, 100
    expect([...design.outerGram(Float64Array.of(1, 10, 100))]).to.deep.equal([410, 620, 620, 941]);
  });

  it('is one block, and a tall one has no column to give', () => {
    const tall = RowBlocks.layOut(3000, 1, (_j, _from, out) => out.fill(1));
    expect(tall.panels.length).to.equal(3);
    expect(() => tall.column(0)).to.throw('one block');
    expect(() => tall.outerGram(Float64Array.of(1))).to.throw('one block');
    expect(RowBlocks.layOut(2000, 2001, () => {}).panels.length).to.equal(1);
  });
});
