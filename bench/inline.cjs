// Runs the command line on the main thread, whatever the size of its input, where watch-kernels.js sees it.
const { load } = require('../bin/load.cjs');

load()
  .main(process.argv.slice(2))
  .then((code) => process.exit(code));
