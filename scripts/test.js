// Runs the tests; dependencies and dist/ must be there (`ensure.js`).
//   npm test                                       all
//   npm test -- test/path/solve-path.test.ts       one file
//   npm test -- 'test/csv/**/*.test.ts' -g quotes  some files, of which some tests
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledPath, compileTests } from './compile-tests.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const isTest = (arg) => arg.endsWith('.ts');
const args = process.argv.slice(2);

await compileTests();
const files = args.some(isTest) ? args.filter(isTest) : ['test/**/*.test.ts'];
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...files.map(compiledPath),
    ...args.filter((arg) => !isTest(arg)),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
