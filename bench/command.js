// Runs a whole command: for its output, or for its time, processor time and peak memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const GNU_TIME = '/usr/bin/time';
const LARGEST_OUTPUT = 2 ** 30;

/** A command that ended with a status the caller does not allow. */
export class CommandError extends Error {
  constructor([program, ...args], { status, signal, error, stderr }) {
    const end = error?.message ?? (signal === null ? `exit code ${status}` : signal);
    super(`${program} ${shorten(args.join(' '))}: ${end}\n${String(stderr ?? '').trim()}`);
    this.status = status;
  }
}

/**
 * Runs a command and returns its standard output.
 * @param {string[]} command program and arguments
 * @param {number[]} allowed exit codes that are not errors
 * @throws CommandError for any other end
 */
export function output(command, allowed = [0]) {
  const [program, ...args] = command;
  const ended = spawnSync(program, args, { encoding: 'utf8', maxBuffer: LARGEST_OUTPUT });
  if (!allowed.includes(ended.status)) throw new CommandError(command, ended);
  return ended.stdout;
}

/** How a command looks that was ended at its limit: SIGXCPU or SIGKILL, by its number, or the status of `timeout`. */
const ENDED_AT_LIMIT = [128 + 24, 128 + 9, 124];
/** What waits for nothing uses no processor time: so many times its limit on the wall end a command too. */
const PATIENCE = 20;

/**
 * @typedef {object} Run
 * @property {number} status exit code of the command
 * @property {boolean} timedOut was it ended at the limit? The times are then those until the end.
 * @property {string} messages what it wrote to standard error
 * @property {number} seconds wall time, from before the process is made to after its end
 * @property {number | null} cpuSeconds user and system time; null without GNU time
 * @property {number | null} peakMB largest resident set, in 10^6 bytes; null without GNU time
 */

/**
 * Runs a command with its output thrown away.
 * @param {string[]} command
 * @param {{allowed?: number[], limit?: number | null}} [terms] exit codes that are not errors, by default 0 alone; seconds of
 *   processor time after which it is ended, which is no error either
 * @returns {Run}
 * @throws CommandError for any other end
 */
export function time(command, { allowed = [0], limit = null } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const report = join(folder, 'time');
    const prefix = hasGnuTime() ? [GNU_TIME, '--quiet', '--format', '%U %S %M', '--output', report] : [];
    const { seconds, ended } = clock([...prefix, ...limited(command, limit)]);
    const timedOut = limit !== null && ENDED_AT_LIMIT.includes(ended.status);
    if (!timedOut && !allowed.includes(ended.status)) throw new CommandError(command, ended);
    const used = hasGnuTime() ? usage(report) : { cpuSeconds: null, peakMB: null };
    return { seconds, ...used, status: ended.status, timedOut, messages: String(ended.stderr) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The command with a limit on its processor time, so that a busy machine ends nothing. */
export function limited(command, limit) {
  if (limit === null) return command;
  const script = 'ulimit -S -t "$0"; ulimit -H -t "$(($0 + 5))"; exec timeout --kill-after 10 "$@"';
  return ['sh', '-c', script, String(limit), String(PATIENCE * limit), ...command];
}

function clock(command) {
  const [program, ...args] = command;
  const start = process.hrtime.bigint();
  const ended = spawnSync(program, args, { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, ended };
}

/**
 * What commands are started with. Where a machine names certificates of its own, node reads them at every start, before
 * the first line of any program: up to a tenth of a second that says nothing of a regression.
 */
function environment() {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  return rest;
}

/** GNU time starts the command from a process of its own, so the peak is not that of this one. */
function usage(report) {
  const [user, system, kilobytes] = readFileSync(report, 'utf8').trim().split(' ').map(Number);
  return { cpuSeconds: user + system, peakMB: (kilobytes * 1024) / 1e6 };
}

let gnuTime = null;

/** BSD and macOS have another command of that name. */
function hasGnuTime() {
  gnuTime ??= String(spawnSync(GNU_TIME, ['--version'], { encoding: 'utf8' }).stdout).includes('GNU');
  return gnuTime;
}

function shorten(text) {
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}
