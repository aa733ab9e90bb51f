// Stryker's runner asks for files of mocha without their ending, which is .cjs from mocha 12 on: `require` looks for it too.
require.extensions['.cjs'] ??= require.extensions['.js'];
