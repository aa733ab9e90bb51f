import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'bin', 'shrinkfit.js');

/** What a run of the real binary left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Settings of the machine that runs the tests must not change what they see. */
const CLEAN = {
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  COLUMNS: undefined,
  GITHUB_STEP_SUMMARY: undefined,
};

/** Runs `shrinkfit` with these words from the repository's root. */
export function runCli(
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string } = {},
): Promise<Outcome> {
  return outcomeOf(process.execPath, [BIN, ...args], options);
}

/** Interrupts a run that is waiting for the rest of its input. */
export function interruptCli(args: readonly string[], firstInput: string): Promise<Outcome> {
  return outcomeOf(process.execPath, [BIN, ...args], { input: firstInput, interrupt: true });
}

/** Runs a line of shell in which `"$S"` is the binary. */
export function runShell(line: string, env: Record<string, string> = {}): Promise<Outcome> {
  return outcomeOf('sh', ['-c', line], { env: { S: BIN, ...env } });
}

interface Run {
  readonly env?: Record<string, string>;
  readonly input?: string;
  /** Interrupt when the input, which should be larger than a pipe, has been taken, and leave the input open. */
  readonly interrupt?: boolean;
}

function outcomeOf(program: string, args: readonly string[], run: Run): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...CLEAN, ...run.env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
    // A command that does not read its input closes it.
    child.stdin.on('error', () => {});
    if (run.interrupt) child.stdin.write(run.input, () => child.kill('SIGINT'));
    else child.stdin.end(run.input ?? '');
  });
}
