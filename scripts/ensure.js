// Makes sure that dependencies are installed and dist/ is built, each only when it is older than what it is made from.
// Everything printed goes to standard error: standard output belongs to the command that follows.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** What dist/ is made from, besides src/. */
const INPUTS = [
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.js',
  'scripts/library.js',
  'scripts/quick-width.js',
  'scripts/validators.js',
  'scripts/warm.js',
  'bin/load.cjs',
];

if (changed('package-lock.json') > changed('node_modules/.package-lock.json')) {
  // npm is a .cmd file on Windows, which only a shell can start.
  run('npm', ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
}
if (newestSource() > changed('dist/bin/main.cjs')) run(process.execPath, ['scripts/build.js']);

function run(command, args, options = {}) {
  try {
    execFileSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  } catch (error) {
    console.error(`shrinkfit: ${command} ${args.join(' ')} failed: ${error.message}`);
    process.exit(1);
  }
}

/** When a file was last changed; 0 when it is not there. */
function changed(path) {
  return existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0;
}

function newestSource() {
  const all = (folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name));
  return Math.max(...['src', ...all('src'), ...all('schema'), ...INPUTS].map(changed));
}
