import { expect } from 'chai';
import fc from 'fast-check';
import { displayWidth, fitText, truncate, wrap } from '../../../src/report/text/display-width.js';
import { terminal } from '../../../src/report/text/safe-text.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('display-width', () => {
  it('counts wide characters twice and marks not at all', () => {
    expect(displayWidth('abc')).to.equal(3);
    expect(displayWidth('日本')).to.equal(4);
    expect(displayWidth('🙂')).to.equal(2);
    expect(displayWidth('e\u0301')).to.equal(1);
    expect(displayWidth('▸ ✓ λ‖b‖₁…')).to.equal(10);
  });

  it('leaves a text that fits and cuts one that does not, visibly', () => {
    expect(truncate('abcd', 4)).to.equal('abcd');
    expect(truncate('abcde', 4)).to.equal('abc…');
    expect(truncate('日本語', 5)).to.equal('日本…');
    expect(truncate('日本語', 4)).to.equal('日…');
    expect(truncate('日本語', 6)).to.equal('日本語');
  });

  it('never exceeds the width, whatever the text', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, width) => {
        const cut = truncate(terminal(text), width);
        expect(displayWidth(cut)).to.be.at.most(width);
        if (displayWidth(terminal(text)) > width) expect(cut).to.match(/…$/);
      }),
    );
  });

  it('marks the cut of a text whose head fits but whose tail was not looked at', () => {
    expect(fitText('\u0301'.repeat(1e6), 5, (text) => text)).to.match(/…$/);
  });

  it('looks at a megabyte no longer than at a line', () => {
    let seen = 0;
    const cut = fitText('x'.repeat(1 << 20), 20, (text) => {
      seen = text.length;
      return text;
    });
    expect(cut).to.equal(`${'x'.repeat(19)}…`);
    expect(seen).to.be.below(100);
  });

  it('wraps at spaces, losing no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
        const lines = wrap(words.join(' '), 16);
        expect(lines.join(' ')).to.equal(words.join(' '));
        for (const line of lines) expect(displayWidth(line)).to.be.at.most(16);
      }),
    );
  });
});
