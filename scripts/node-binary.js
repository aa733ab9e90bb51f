import { spawnSync } from 'node:child_process';

/**
 * The binary of another version of node, which the npm package `node` brings.
 * @returns its path, or why npx cannot fetch it
 */
export function nodeBinary(version) {
  const { status, stdout, stderr, error } = spawnSync(
    'npx',
    ['--yes', '--package', `node@${version}`, '--', 'node', '--print', 'process.execPath'],
    { encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status === 0) return { path: stdout.trim() };
  return { reason: error?.message ?? stderr.trim().split('\n')[0] };
}
