#!/usr/bin/env node
// CommonJS, as package.json beside it says: node would load its whole ES module loader first.
const { join } = require('node:path');
const { takesLong } = require('../dist/bin/takes-long.cjs');

const args = process.argv.slice(2);
if (takesLong(args)) {
  const { supervise } = require('../dist/bin/supervise.cjs');
  supervise(args, join(__dirname, 'thread.cjs'));
} else {
  const { load } = require('./load.cjs');
  // Left to itself, node would first take down heap, memory and threads piece by piece; the system does that at once.
  load()
    .main(args)
    .then((code) => process.exit(code));
}
