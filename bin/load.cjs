const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const BUNDLE = join(__dirname, '..', 'dist', 'bin', 'main.cjs');
const CODE_CACHE = `${BUNDLE}.cache`;

/**
 * Loads the bundled command line from V8's code cache, which `scripts/warm.js` writes when the package is built: reading
 * compiled code is faster than compiling. V8 refuses a cache of another version or of other flags, and compiles the source then.
 *
 * @returns {typeof import('../src/cli/main.ts') & {script: import('node:vm').Script}}
 */
function load() {
  // The bundle is one expression, a function, and of ASCII, which is read faster as Latin-1.
  const script = new Script(readFileSync(BUNDLE, 'latin1'), {
    filename: BUNDLE,
    cachedData: readIfThere(CODE_CACHE),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, BUNDLE);
  return { ...module.exports, script };
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

module.exports = { load, CODE_CACHE };
