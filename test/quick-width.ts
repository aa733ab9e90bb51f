import { createRequire } from 'node:module';

/**
 * The table package measures cells here as quickly as it does in the bundle (`scripts/quick-width.js`), where short-cut and package are
 * compared by `test/bin/quick-width.test.ts`: left to itself it compiles regular expressions of all emoji for each cell.
 */
const require = createRequire(createRequire(import.meta.url).resolve('cli-table3'));
const stringWidth: (text: unknown) => number = require('string-width');
// A name of its own, because the script has no types.
const script = new URL('../scripts/quick-width.js', import.meta.url).href;
const { ONE_WIDE }: { ONE_WIDE: RegExp } = await import(script);

require.cache[require.resolve('string-width')]!.exports = (text: unknown) =>
  typeof text === 'string' && ONE_WIDE.test(text) ? text.length : stringWidth(text);
