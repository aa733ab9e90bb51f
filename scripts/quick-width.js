// An esbuild plugin: cli-table3 asks for the width of each cell several times, and string-width answers with a regular expression of
// all emoji, which takes milliseconds to compile. Most cells are of characters that are known to be one column wide.
import { readFileSync } from 'node:fs';

/** Texts of these characters are as wide as they are long: visible ASCII and the marks of our tables (± … ─ ▸ ✓ ✗). */
export const ONE_WIDE = /^[ -~\u00b1\u2026\u2500\u25b8\u2713\u2717]*$/;

export const quickWidth = { name: 'quick-width', setup };

function setup(esbuild) {
  esbuild.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, ({ path }) => {
    const source = readFileSync(path, 'utf8');
    // The one that cli-table3 requires; yargs imports another.
    if (!source.includes('module.exports')) return undefined;
    const contents = `${source}
const oneWide = ${ONE_WIDE};
module.exports = (text) => (typeof text === 'string' && oneWide.test(text) ? text.length : stringWidth(text));
`;
    return { contents, loader: 'js' };
  });
}
