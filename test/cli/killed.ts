import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ROOT } from './run-cli.js';

const HOOK = fileURLToPath(new URL('./kill-at-step.cjs', import.meta.url));
/** More than any command here does; a run that never ends with 0 fails the test. */
const MOST_STEPS = 60;

/**
 * Runs a program of node's again and again, killed before the first step of its work on files in the output's folder, before the second and so
 * on until it is not killed. Each time the output must hold the old content or the new one; both must occur while it is killed.
 */
export async function expectOldOrNew(
  program: readonly string[],
  output: string,
  fresh: string,
): Promise<void> {
  const seen = new Set<string>();
  for (let step = 1; step <= MOST_STEPS; step++) {
    writeFileSync(output, 'old');
    const { code, signal } = await killedAt(program, dirname(output), step);
    const found = readFileSync(output, 'utf8');
    if (signal === null) {
      expect(code).to.equal(0);
      expect(found === fresh, 'the whole run writes the new content').to.equal(true);
      expect([...seen].sort()).to.deep.equal(['new', 'old']);
      return;
    }
    expect(found === 'old' || found === fresh, `killed before step ${step}`).to.equal(true);
    seen.add(found === fresh ? 'new' : 'old');
  }
  expect.fail(`not at an end after ${MOST_STEPS} steps`);
}

function killedAt(program: readonly string[], folder: string, step: number) {
  const env = { ...process.env, KILL_IN: folder, KILL_AT: String(step) };
  return new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', HOOK, ...program], {
      cwd: ROOT,
      env,
      stdio: 'ignore',
    });
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal }));
  });
}
