import { expect } from 'chai';
import type { TextTable } from '../../../src/report/text/block.js';
import { fitToWidth } from '../../../src/report/text/column-widths.js';

/** Four columns of ten characters; the last may go. */
const TABLE: TextTable = {
  columns: [0, 1, 2, 3].map((k) => ({
    head: `column${k}`,
    align: 'left',
    ...(k === 3 ? { dropOrder: 1 } : {}),
  })),
  rows: [{ cells: Array<string>(4).fill('0123456789'), tone: 'plain' }],
};

describe('a table', () => {
  it('has two spaces between columns where they fit, one where they do not, and loses a column only then', () => {
    const shape = (width: number) => {
      const { gap, dropped, widths } = fitToWidth(TABLE, width);
      return { gap, dropped, columns: widths.length };
    };
    expect(shape(46)).to.deep.equal({ gap: 2, dropped: [], columns: 4 });
    expect(shape(45)).to.deep.equal({ gap: 1, dropped: [], columns: 4 });
    expect(shape(43)).to.deep.equal({ gap: 1, dropped: [], columns: 4 });
    expect(shape(42)).to.deep.equal({ gap: 2, dropped: ['column3'], columns: 3 });
    expect(shape(33)).to.deep.equal({ gap: 1, dropped: ['column3'], columns: 3 });
  });
});
