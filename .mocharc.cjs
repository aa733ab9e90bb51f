const { availableParallelism } = require('node:os');

module.exports = {
  require: ['./.tests/test/seed.js', './.tests/test/quick-width.js'],
  // Errors name the line of the TypeScript file.
  'node-option': ['enable-source-maps'],
  timeout: 0,
  reporter: 'dot',
  // Each file in the next free process. Most of them keep one processor busy.
  parallel: true,
  jobs: Math.min(availableParallelism(), 8),
};
