const { availableParallelism } = require('node:os');

module.exports = {
  require: ['./test/seed.ts', './test/quick-width.ts'],
  // Import, never require: a module that came both ways would be there twice, and its errors of two classes.
  'node-option': ['import=tsx', 'no-experimental-require-module'],
  timeout: 0,
  reporter: 'dot',
  // Each file in the next free process. Most of them keep one processor busy.
  parallel: true,
  jobs: Math.min(availableParallelism(), 8),
};
