#!/usr/bin/env node
// CommonJS, as package.json beside it says: node would load its whole ES module loader first.
const { load } = require('./load.cjs');

// Left to itself, node would first take down heap, memory and threads piece by piece; the system does that at once.
load()
  .main(process.argv.slice(2))
  .then(() => process.exit());
