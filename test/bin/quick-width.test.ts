import { createRequire } from 'node:module';
import { expect } from 'chai';

describe('a character that the bundle takes for one column wide', () => {
  it('is one for the table package too', async () => {
    const script = new URL('../../scripts/quick-width.js', import.meta.url).href;
    const { ONE_WIDE } = await import(script);
    const require = createRequire(createRequire(import.meta.url).resolve('cli-table3'));
    // A fresh one: that of the tests takes the short-cut itself.
    const path = require.resolve('string-width');
    const quick = require.cache[path];
    delete require.cache[path];
    const stringWidth = require(path);
    require.cache[path] = quick;
    expect(stringWidth).not.to.equal(quick?.exports);
    const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
    const oneWide = characters.filter((character) => ONE_WIDE.test(character));
    expect(oneWide).to.have.length(95 + 6);
    for (const a of oneWide) {
      expect(stringWidth(a)).to.equal(1);
      for (const b of oneWide) expect(stringWidth(a + b)).to.equal(2);
    }
  });
});
