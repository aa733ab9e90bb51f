// Runs the command line once and keeps what V8 compiled meanwhile, for bin/load.cjs. Its output is of no interest.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODE_CACHE, load } from '../bin/load.cjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

process.stdout.write = (_text, done) => done() ?? true;
const { main, script } = load();
await main(['fit', join(root, 'fixtures', 'diabetes.csv'), '--target', 'target']);
writeFileSync(CODE_CACHE, script.createCachedData());
