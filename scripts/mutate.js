// Changes a room of src/ in small ways, one after the other, and names the changes that none of the room's tests notices:
//   npm run mutate -- src/penalties                        by test/penalties/
//   npm run mutate -- src/gates/tokens.ts test/gates       one file, by these tests
// StrykerJS is installed by this script and stays until the next `npm ci`: it brings 160 packages that nothing else needs. It needs node 22,
// which npx fetches where this is not one. The report is in reports/mutation/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledPath } from './compile-tests.js';
import { nodeBinary } from './node-binary.js';

const NODE = '22';
const STRYKER = ['@stryker-mutator/core@10.0.0', '@stryker-mutator/mocha-runner@10.0.0'];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const RESOLVE_CJS = join(root, 'scripts', 'resolve-cjs.cjs');
const [room, tests = room?.replace(/^src/, 'test')] = process.argv
  .slice(2)
  .map((arg) => arg.replace(/\/$/, ''));
for (const path of [room, tests]) {
  if (path !== undefined && existsSync(join(root, path))) continue;
  console.error(`${path ?? 'no room'}: not there; usage: npm run mutate -- src/ROOM [test/FOLDER]`);
  process.exit(2);
}

const isFolder = (path) => statSync(join(root, path)).isDirectory();
const name = room.replace(/^src\//, '').replaceAll('/', '-');
const config = {
  mutate: [isFolder(room) ? `${room}/**/*.ts` : room, '!src/assembly/**', '!**/*.d.ts'],
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  mochaOptions: {
    // The configuration of `npm test` asks for processes, in which Stryker could not see what is covered.
    'no-config': true,
    spec: [compiledPath(isFolder(tests) ? `${tests}/**/*.test.ts` : tests)],
    require: ['test/seed.ts', 'test/quick-width.ts'].map((file) => `./${compiledPath(file)}`),
  },
  testRunnerNodeArgs: [`--require=${RESOLVE_CJS}`],
  buildCommand: 'node scripts/compile-tests.js',
  // It cannot parse AssemblyScript, and nothing checks types here.
  disableTypeChecks: false,
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignorePatterns: ['bench/data', 'coverage'],
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  // Endless loops are found by time. A busy machine must not make a survivor look killed.
  timeoutMS: 30_000,
  timeoutFactor: 4,
};

const { path: binary, reason } =
  Number(process.versions.node.split('.')[0]) >= Number(NODE) ? { path: process.execPath } : nodeBinary(NODE);
if (binary === undefined) {
  console.error(`node ${NODE}: npx cannot fetch it: ${reason}`);
  process.exit(1);
}
const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
if (!existsSync(stryker)) {
  const install = ['install', '--no-save', '--no-audit', '--no-fund', ...STRYKER];
  spawnSync('npm', install, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}
const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-mutate-'));
mkdirSync(join(root, 'reports', 'mutation'), { recursive: true });
try {
  const file = join(folder, 'stryker.config.json');
  writeFileSync(file, JSON.stringify(config));
  const { status } = spawnSync(binary, ['--require', RESOLVE_CJS, stryker, 'run', file], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
