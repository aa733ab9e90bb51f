// Builds dist/: the library, bundled for import and for require with its declarations, and the command line bundled into dist/bin/.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildLibrary } from './library.js';
import { quickWidth } from './quick-width.js';
import { buildValidators, validatorsAsBuilt } from './validators.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const typescript = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const declarations = createRequire(import.meta.url).resolve(
  'dts-bundle-generator/dist/bin/dts-bundle-generator.js',
);
/** One file holds all public types, sorted: it is what a user sees, and `docs/api.d.ts` is compared with it. */
const DECLARATION_OPTIONS = [
  ...['--project', 'tsconfig.build.json', '--no-banner', '--no-check', '--sort', '--silent'],
  '--export-referenced-types=false',
];

const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
run(typescript, '-p', 'tsconfig.build.json');
run(declarations, ...DECLARATION_OPTIONS, '-o', 'dist/index.d.ts', 'dist/types/index.d.ts');

// The hot loops: AssemblyScript to WebAssembly with SIMD, no relaxed instruction, so the digits are the same everywhere.
run(
  createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js'),
  'src/assembly/index.ts',
  ...['-o', 'dist/kernels.wasm', '-O3', '--enable', 'simd,threads', '--runtime', 'stub', '--noAssert'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '64', '--maximumMemory', '65536'],
);

await buildValidators(root, dist);

// CommonJS starts faster than ES modules do, in the process and in each of its threads.
const commonJs = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  outExtension: { '.js': '.cjs' },
  logLevel: 'warning',
  define: { 'import.meta.url': '__filename' },
  // What is compiled from a cache has no way to import; it can require.
  supported: { 'dynamic-import': false },
};
// One file, all of which V8's code cache covers.
await build({
  ...commonJs,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist/bin',
  // A function that bin/load.cjs calls, read as Latin-1.
  banner: { js: '(function (exports, require, module, __filename) {' },
  footer: { js: '})' },
  charset: 'ascii',
  plugins: [
    { name: 'parser-of-yargs', setup: onlyTheParserOfYargs },
    { name: 'version-as-built', setup: versionAsBuilt },
    validatorsAsBuilt(dist),
    quickWidth,
  ],
});
// What decides whether the command gets a thread of its own, and starts it.
await build({
  ...commonJs,
  entryPoints: ['src/cli/thread/takes-long.ts', 'src/cli/thread/supervise.ts'],
  outdir: 'dist/bin',
  plugins: [{ name: 'version-as-built', setup: versionAsBuilt }],
});
// What threads run, where `src/runtime/built-file.ts` looks for it.
await build({
  ...commonJs,
  entryPoints: {
    'thread-worker': 'src/runtime/thread-worker.ts',
    'fold-worker': 'src/cross-validation/refit/worker.ts',
  },
  outdir: 'dist/runtime',
  plugins: [{ name: 'version-as-built', setup: versionAsBuilt }],
});
await buildLibrary(root, dist, [
  { name: 'version-as-built', setup: versionAsBuilt },
  validatorsAsBuilt(dist),
]);
run('scripts/warm.js');

/**
 * yargs shares a file of helpers with its parser, and that file prepares the help (which we do not use): 31 ms at every
 * start, most of it two `Intl.Segmenter`. The package does not say that its files may be left out; so this does.
 */
function onlyTheParserOfYargs(esbuild) {
  esbuild.onResolve({ filter: /platform-shims|apply-extends/ }, async ({ path, ...where }) => {
    if (where.pluginData === 'resolved') return undefined;
    const found = await esbuild.resolve(path, { ...where, pluginData: 'resolved' });
    return { ...found, sideEffects: false };
  });
}

/** The version need not be looked up at each start: finding the own package and reading its package.json takes 3 ms. */
function versionAsBuilt(esbuild) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const contents = `export const VERSION = ${JSON.stringify(version)};`;
  esbuild.onLoad({ filter: /[\\/]src[\\/]version\.ts$/ }, () => ({ contents, loader: 'ts' }));
}

/** Runs a program of node's; a dist/ that is half built is taken away, for it would look built. */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  rmSync(dist, { recursive: true, force: true });
  process.exit(1);
}
