import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runCommandLine } from '../../src/cli/main.js';
import type { Terminal } from '../../src/cli/streams/terminal.js';

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'bin', 'shrinkfit.js');

/** What a run left behind. */
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

/** What a run is given beside its words. */
interface Given {
  readonly env?: Record<string, string>;
  readonly input?: string;
}

/**
 * Runs `shrinkfit` with these words, in this process and on a terminal of its own: the start of a process takes longer
 * than most commands do. What depends on the process is for `spawnCli`: signals, pipes, exit codes, memory, the bundle.
 */
export async function runCli(args: readonly string[], { env, input = '' }: Given = {}): Promise<Outcome> {
  const [stdout, stderr] = [collector(), collector()];
  const terminal = {
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { ...process.env, ...CLEAN, ...env },
  } as unknown as Terminal;
  const code = await runCommandLine(args, terminal);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** A stream that keeps what is written to it. */
function collector(): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    // The writer may use the memory of its chunk again.
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** Runs the real binary with these words in a process of its own, from the repository's root. */
export function spawnCli(args: readonly string[], given: Given = {}): Promise<Outcome> {
  return outcomeOf(process.execPath, [BIN, ...args], given);
}

/** Interrupts a run that is waiting for the rest of its input. */
export function interruptCli(args: readonly string[], firstInput: string): Promise<Outcome> {
  return outcomeOf(process.execPath, [BIN, ...args], { input: firstInput, interrupt: true });
}

/** Runs a line of shell in which `"$S"` is the binary. */
export function runShell(line: string, env: Record<string, string> = {}): Promise<Outcome> {
  return outcomeOf('sh', ['-c', line], { env: { S: BIN, ...env } });
}

interface Run extends Given {
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
