// Builds dist/: the library unbundled with its declarations, and the command line bundled into dist/bin/.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const typescript = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
run(typescript, '-p', 'tsconfig.build.json');

// The hot loops: AssemblyScript to WebAssembly with SIMD, no relaxed instruction, so the digits are the same everywhere.
run(
  createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js'),
  'src/kernels/assembly/index.ts',
  ...['-o', 'dist/kernels.wasm', '-O3', '--enable', 'simd,threads', '--runtime', 'stub', '--noAssert'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '64', '--maximumMemory', '65536'],
);

// One CommonJS file: it starts faster than ES modules do, and V8's code cache covers all of it.
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist/bin',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  logLevel: 'warning',
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  plugins: [{ name: 'parser-of-yargs', setup: onlyTheParserOfYargs }],
});
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

/** Runs a program of node's; a dist/ that is half built is taken away, for it would look built. */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  rmSync(dist, { recursive: true, force: true });
  process.exit(1);
}
