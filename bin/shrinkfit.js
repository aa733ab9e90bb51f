#!/usr/bin/env node
// CommonJS, as package.json beside it says: node would load its whole ES module loader first.
const { load } = require('./load.cjs');

load().main(process.argv.slice(2));
