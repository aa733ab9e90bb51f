import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The path of a file in dist/. This module is two folders below the package's own whether it runs from src/, from dist/ or in a bundle
 * in dist/ (where a path stands in place of the URL).
 */
export function builtFile(...names: readonly string[]): string {
  const here = import.meta.url;
  const path = here.startsWith('file:') ? fileURLToPath(here) : here;
  return join(dirname(path), '..', '..', 'dist', ...names);
}
