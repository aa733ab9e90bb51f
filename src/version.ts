import { createRequire } from 'node:module';

/**
 * The version of the package, from its package.json. The package names itself, so the same line works from src/, from
 * dist/ and from the bundled command line.
 */
export const VERSION: string = createRequire(import.meta.url)('shrinkfit/package.json').version;
