import { expect } from 'chai';
import fc from 'fast-check';
import { csvCell, markdown, terminal } from '../../../src/report/text/safe-text.js';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('safe-text: terminal', () => {
  it('writes out what acts or hides', () => {
    expect(terminal('a\nb\rc\td')).to.equal('a\\nb\\rc\\td');
    expect(terminal('\u001b[31m')).to.equal('\\u001b[31m');
    expect(terminal('\u009b2J')).to.equal('\\u009b2J');
    expect(terminal('\u202egnp')).to.equal('\\u202egnp');
    expect(terminal('a\u200bb\u2028c\u00ad\u3164')).to.equal('a\\u200bb\\u2028c\\u00ad\\u3164');
    expect(terminal('\ud800')).to.equal('\\ud800');
    expect(terminal('\u{e0041}')).to.equal('\\u{e0041}');
  });

  it('leaves ordinary text in any script alone', () => {
    for (const text of ['bmi', 'std::x', 'größe', '日本語', 'हिन्दी', 'emoji 🙂', 'a\\n b']) {
      expect(terminal(text)).to.equal(text);
    }
  });

  it('disarms the commands of CI runners', () => {
    expect(terminal('::error ::x')).to.equal('\\u003a:error \\u003a:x');
    expect(terminal('x ##[error]y')).to.equal('x \\u0023#[error]y');
  });

  it('keeps three marks on a letter and writes out the rest', () => {
    expect(terminal(`a${'\u0301'.repeat(5)}`)).to.equal('a\u0301\u0301\u0301\\u0301\\u0301');
  });

  it('never lets a control, format, surrogate or separator through', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(terminal(text)).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|##\[|(^|\s)::/u);
      }),
    );
  });
});

describe('safe-text: markdown', () => {
  it('escapes HTML, cell ends, code, links and mentions', () => {
    expect(markdown('</script>')).to.equal('&lt;/script&gt;');
    expect(markdown('a|b')).to.equal('a\\|b');
    expect(markdown('a\\|b')).to.equal('a\\\\\\|b');
    expect(markdown('`x`')).to.equal('\\`x\\`');
    expect(markdown('[t](u)')).to.equal('\\[t\\]\\(u\\)');
    expect(markdown('https://x.y')).to.equal('https\\://x.y');
    expect(markdown('www.x.y')).to.equal('www\\.x.y');
    expect(markdown('@me & you')).to.equal('&#64;me &amp; you');
    expect(markdown('a\nb')).to.equal('a\\\\nb');
  });

  it('escapes what would start a list, a heading or a rule', () => {
    expect(markdown('- x')).to.equal('\\- x');
    expect(markdown('+ x')).to.equal('\\+ x');
    expect(markdown('# x')).to.equal('\\# x');
    expect(markdown('12. x')).to.equal('12\\. x');
    expect(markdown('---')).to.equal('\\---');
  });

  it('never leaves an unescaped pipe, backtick, tag or line end', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bare = markdown(text).replace(/\\[\\`*_{}[\]()#|~!$+\-=.:]/g, '');
        expect(bare).to.not.match(/[|`<>*[\]\\\n\r]/);
      }),
    );
  });
});

describe('safe-text: csvCell', () => {
  it('quotes as RFC 4180 asks', () => {
    expect(csvCell('plain')).to.equal('plain');
    expect(csvCell('a,b')).to.equal('"a,b"');
    expect(csvCell('a"b')).to.equal('"a""b"');
    expect(csvCell('a\nb')).to.equal('"a\nb"');
  });

  it('guards what a spreadsheet takes for a formula', () => {
    expect(csvCell('=cmd()')).to.equal("'=cmd()");
    expect(csvCell('+1')).to.equal("'+1");
    expect(csvCell('-1')).to.equal("'-1");
    expect(csvCell('@x')).to.equal("'@x");
    expect(csvCell('\tx')).to.equal("'\tx");
    expect(csvCell('\r=x')).to.equal('"\'\r=x"');
    expect(csvCell("'=x")).to.equal("''=x");
    expect(csvCell("'tis")).to.equal("'tis");
  });

  it('never starts a line with a runner command', () => {
    expect(csvCell('::error ::x')).to.equal('"::error ::x"');
  });
});
