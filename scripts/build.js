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
const compiler = [typescript, '-p', 'tsconfig.build.json'];
const { status } = spawnSync(process.execPath, compiler, { cwd: root, stdio: 'inherit' });
// The compiler has said what is wrong. A dist/ with half of it would look built.
if (status !== 0) {
  rmSync(dist, { recursive: true, force: true });
  process.exit(1);
}

// The hot loops: AssemblyScript to WebAssembly with SIMD, no relaxed instruction, so the digits are the same everywhere.
const assembly = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
const kernels = spawnSync(
  process.execPath,
  [
    assembly,
    'src/kernels/assembly/index.ts',
    ...['-o', 'dist/kernels.wasm', '-O3', '--enable', 'simd,threads', '--runtime', 'stub', '--noAssert'],
    ...['--importMemory', '--sharedMemory', '--initialMemory', '64', '--maximumMemory', '65536'],
  ],
  { cwd: root, stdio: 'inherit' },
);
if (kernels.status !== 0) {
  rmSync(dist, { recursive: true, force: true });
  process.exit(1);
}

// Split, so that --version and --help do not read what only a fit needs.
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
  // cli-table3 is CommonJS and calls require for its own dependencies and node's.
  banner: {
    js: "import { createRequire as bundleRequire } from 'node:module';\nconst require = bundleRequire(import.meta.url);",
  },
});
