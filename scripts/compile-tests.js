import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';

const script = fileURLToPath(import.meta.url);
const root = join(dirname(script), '..');
/** Where the compiled files are, from the root of the repository. */
export const COMPILED = '.tests';
/** AssemblyScript is compiled by its own compiler (`build.js`). */
const LEFT_OUT = join('src', 'assembly');

/**
 * Compiles src/ and test/ to JavaScript, file by file: a hook that does so while the tests import costs a fifth of their time. To itself a
 * compiled module still stands where its source stands (`import.meta`), so it finds fixtures and scripts. Only what changed is compiled.
 */
export async function compileTests() {
  const sources = ['src', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => join(folder, name))
      .filter((name) => /(?<!\.d)\.ts$/.test(name) && !name.startsWith(LEFT_OUT)),
  );
  removeAllBut(new Set(sources.map(compiledPath)));
  await Promise.all(sources.filter(isNewer).map(compile));
}

/** Where the compiled file of a source, or of a pattern of sources, is. */
export function compiledPath(source) {
  return join(COMPILED, source.replace(/\.ts$/, '.js'));
}

function isNewer(source) {
  const changed = (path) => statSync(path).mtimeMs;
  const compiled = join(root, compiledPath(source));
  return !existsSync(compiled) || changed(compiled) < Math.max(changed(join(root, source)), changed(script));
}

async function compile(source) {
  const path = join(root, source);
  const { code } = await transform(readFileSync(path, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: 'node20.19',
    sourcefile: path,
    sourcemap: 'inline',
    sourcesContent: false,
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(path).href),
      'import.meta.dirname': JSON.stringify(dirname(path)),
    },
  });
  const compiled = join(root, compiledPath(source));
  mkdirSync(dirname(compiled), { recursive: true });
  writeFileSync(compiled, code);
}

function removeAllBut(kept) {
  if (!existsSync(join(root, COMPILED))) return;
  for (const name of readdirSync(join(root, COMPILED), { recursive: true })) {
    const path = join(COMPILED, name);
    if (name.endsWith('.js') && !kept.has(path)) rmSync(join(root, path));
  }
}

if (process.argv[1] === script) await compileTests();
