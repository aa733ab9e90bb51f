// Bundles the library: for `import` in chunks, of which a program loads what it calls, and for `require` in one file.
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Writes index.js, chunks/ and index.cjs into `dist`, and the types of each. Nothing in them looks for a file beside itself: kernels and the
 * script of the threads are strings in the bundle, so that it still works when a user's bundler takes it elsewhere.
 * @param plugins what the version and the validators are replaced by
 */
export async function buildLibrary(root, dist, plugins) {
  const shared = {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  };
  const scripts = await workerScripts(shared, dist, plugins);
  const library = {
    ...shared,
    entryPoints: { index: 'src/index.ts' },
    plugins: [...plugins, codeAsBuilt(dist, scripts)],
  };
  await build({ ...library, format: 'esm', splitting: true, chunkNames: 'chunks/[name]-[hash]' });
  await build({
    ...library,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    supported: { 'dynamic-import': false },
  });
  copyFileSync(join(dist, 'index.d.ts'), join(dist, 'index.d.cts'));
  rmSync(join(dist, 'types'), { recursive: true });
}

/** An esbuild plugin: takes the kernels, and the scripts that threads run, into the bundle. */
function codeAsBuilt(dist, scripts) {
  return {
    name: 'code-as-built',
    setup(esbuild) {
      const kernels = readFileSync(join(dist, 'kernels.wasm')).toString('base64');
      const contents = `
        const kernels = ${JSON.stringify(kernels)};
        const scripts = ${JSON.stringify(scripts)};
        export function kernelBytes() { return Buffer.from(kernels, 'base64'); }
        // The flags of the process may say that what is evaluated is an ES module (--input-type), which these scripts are not.
        const how = { eval: true, execArgv: [] };
        export function workerScript(name) { return { script: scripts[name], how }; }`;
      esbuild.onLoad({ filter: /[\\/]src[\\/]runtime[\\/]built-file\.ts$/ }, () => ({
        contents,
        loader: 'js',
      }));
    },
  };
}

/** The scripts that threads run, which find their kernels in themselves. */
async function workerScripts(shared, dist, plugins) {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: {
      'thread-worker': 'src/runtime/thread-worker.ts',
      'fold-worker': 'src/cross-validation/refit/worker.ts',
    },
    format: 'cjs',
    minify: true,
    write: false,
    plugins: [...plugins, codeAsBuilt(dist, {})],
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path, '.js'), text]));
}
