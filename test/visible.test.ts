import { expect } from 'chai';
import fc from 'fast-check';
import { jsonText, shown, visible } from '../src/visible.js';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe('what cannot be seen', () => {
  it('is every character of the category Cf, ignorable by default, or a separator of lines, whatever it stands in', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      if (!HIDDEN.test(character)) continue;
      for (const text of [visible(`a${character}b`), shown(`a${character}b`), jsonText(`a${character}b`)]) {
        expect(HIDDEN.test(text), code.toString(16)).to.equal(false);
      }
    }
  });

  it('is written out, and all that can be seen is left, in every script', () => {
    for (const text of [
      'größe',
      '日本語',
      'हिन्दी',
      'می‌خواهم'.replace('\u200c', ''),
      'עברית',
      'ไทย',
      '🙂👍🏽🇩🇪',
      'a\u00a0b\u3000c',
    ]) {
      expect(visible(text)).to.equal(text);
      expect(shown(text)).to.equal(`"${text}"`);
      expect(jsonText(text)).to.equal(`"${text}"`);
    }
    expect(visible('👩\u200d🚀 ❤\ufe0f')).to.equal('👩\\u200d🚀 ❤\\ufe0f');
    expect(visible('می\u200cخواهم')).to.equal('می\\u200cخواهم');
    expect(shown('a\u200eb"\\')).to.equal('"a\\u200eb\\"\\\\"');
  });

  it('never changes the value of JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, (value, text) => {
        const whole = { value, text, [text]: text };
        expect(JSON.parse(jsonText(whole))).to.deep.equal(JSON.parse(JSON.stringify(whole)));
        expect(jsonText(whole)).to.not.match(HIDDEN);
      }),
    );
  });

  it('is the same in a message as in a table, and a message is short', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(shown(text)).to.not.match(HIDDEN);
        expect(visible(text)).to.not.match(HIDDEN);
        expect(visible(visible(text))).to.equal(visible(text));
      }),
    );
    const long = shown('😀'.repeat(1e6));
    expect(long).to.have.length.below(130);
    expect(long).to.match(/^"(😀)+…"$/u);
  });
});
