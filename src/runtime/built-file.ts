import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a worker is started from: the path of a script, or the script itself. */
export interface WorkerScript {
  readonly script: string;
  readonly how: { readonly eval?: boolean; readonly execArgv?: string[] };
}

/** The compiled kernels. In the library they are a part of the bundle (`scripts/library.js`), so that they move with it. */
export function kernelBytes(): Uint8Array {
  return readFileSync(builtFile('kernels.wasm'));
}

/** A bundled worker; null where the package has not been built (the caller then works alone, to the same digits). Likewise in the library. */
export function workerScript(name: 'thread-worker' | 'fold-worker'): WorkerScript | null {
  const script = builtFile('runtime', `${name}.cjs`);
  return existsSync(script) ? { script, how: {} } : null;
}

/**
 * The path of a file in dist/. This module is two folders below the package's own whether it runs from src/ or in a bundle in dist/ (where a
 * path stands in place of the URL).
 */
function builtFile(...names: readonly string[]): string {
  const here = import.meta.url;
  const path = here.startsWith('file:') ? fileURLToPath(here) : here;
  return join(dirname(path), '..', '..', 'dist', ...names);
}
