// Changes a room of src/ in small ways, one after the other, and names the changes that none of the room's tests notices:
//   npm run mutate -- src/penalties                        by test/penalties/
//   npm run mutate -- src/gates/tokens.ts test/gates       one file, by these tests; more files and folders may follow
//   npm run mutate -- src/solvers --sample 300             only changes within 300 of its lines, drawn at random, the same each time
// StrykerJS is installed by this script and stays until the next `npm ci`: it brings 160 packages that nothing else needs. It needs node 22,
// which npx fetches where this is not one. The report is in reports/mutation/.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { compiledPath } from './compile-tests.js';
import { nodeBinary } from './node-binary.js';

const NODE = '22';
const STRYKER = ['@stryker-mutator/core@10.0.0', '@stryker-mutator/mocha-runner@10.0.0'];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const RESOLVE_CJS = join(root, 'scripts', 'resolve-cjs.cjs');
const USAGE = 'usage: npm run mutate -- src/ROOM [test/FOLDER ...] [--sample LINES]';
const { values, positionals } = parseArgs({
  options: { sample: { type: 'string' } },
  allowPositionals: true,
});
const [room, ...given] = positionals.map((arg) => arg.replace(/\/$/, ''));
const tests = given.length > 0 ? given : [room?.replace(/^src/, 'test')];
for (const path of [room, ...tests]) {
  if (path !== undefined && existsSync(join(root, path))) continue;
  console.error(`${path ?? 'no room'}: not there; ${USAGE}`);
  process.exit(2);
}
if (values.sample !== undefined && !/^[1-9]\d*$/.test(values.sample)) {
  console.error(`--sample "${values.sample}": expected a number of lines; ${USAGE}`);
  process.exit(2);
}

const isFolder = (path) => statSync(join(root, path)).isDirectory();
/** Its files of a kind, from the root of the repository. */
const filesIn = (path, kind) =>
  isFolder(path)
    ? readdirSync(join(root, path), { recursive: true })
        .map((file) => `${path}/${file.replaceAll('\\', '/')}`)
        .filter((file) => kind.test(file))
        .sort()
    : [path];

/**
 * Some lines of these files, drawn without replacement and always the same, as StrykerJS names ranges. Lines without code (empty, or
 * nothing but a comment or brackets) are not drawn. A change that reaches over several lines is in no range, so it is not tried.
 */
function sampleOf(files, count) {
  const lines = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, k) =>
        /^\s*(?:\/\/|\/?\*|import\b|$)|^[\s{}()[\];,]*$/.test(line) ? [] : [`${file}:${k + 1}`],
      ),
  );
  const random = xoroshiro128plus(20_240_229);
  for (let k = 0; k < Math.min(count, lines.length); k++) {
    const other = uniformInt(random, k, lines.length - 1);
    [lines[k], lines[other]] = [lines[other], lines[k]];
  }
  console.log(`${Math.min(count, lines.length)} of ${lines.length} lines with code`);
  return lines.slice(0, count).map((line) => `${line}:0-${line.slice(line.lastIndexOf(':') + 1)}:999`);
}

const name = room.replace(/^src\//, '').replaceAll('/', '-');
// AssemblyScript is not what the tests run, and files of types have no code.
const sources = filesIn(room, /^(?!src\/assembly\/).*(?<!\.d)\.ts$/);
const config = {
  mutate: values.sample === undefined ? sources : sampleOf(sources, Number(values.sample)),
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  mochaOptions: {
    // The configuration of `npm test` asks for processes, in which Stryker could not see what is covered.
    'no-config': true,
    spec: tests.flatMap((path) => filesIn(path, /\.test\.ts$/)).map(compiledPath),
    require: ['test/seed.ts', 'test/quick-width.ts'].map((file) => `./${compiledPath(file)}`),
  },
  testRunnerNodeArgs: [`--require=${RESOLVE_CJS}`],
  buildCommand: 'node scripts/compile-tests.js',
  // It cannot parse AssemblyScript, and nothing checks types here.
  disableTypeChecks: false,
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignorePatterns: ['bench/data', 'coverage'],
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
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
