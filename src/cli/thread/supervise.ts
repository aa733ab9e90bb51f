import { SHARE_ENV, Worker } from 'node:worker_threads';
import { reportFailure } from '../failure.js';
import { type EndingSignal, onSignals, SIGNALS } from '../streams/signals.js';
import { FileNames } from '../streams/temporary-files.js';
import { drained, guardStreams } from '../streams/write-result.js';
import type { FromThread, Screen, SystemError, ThreadStart, ToThread } from './protocol.js';

/** How long a thread may take to end. It ends at once unless it waits for the system, for example for a disk that does not answer. */
const PATIENCE_MS = 2000;
const CLEAR_LINE = '\r\x1b[K';

/**
 * Runs a command on a second thread. The main thread only passes its streams on, so it can handle a signal at any time. It then clears the
 * progress line, ends the thread, removes temporary files and exits with the code of the signal.
 *
 * @param script what the thread runs; it is given `args` as its own and calls `mainOnThread`
 */
export function supervise(args: readonly string[], script: string): void {
  const { stdout, stderr } = process;
  guardStreams(stdout, stderr);
  const start: ThreadStart = { stdout: screenOf(stdout), stderr: screenOf(stderr) };
  new Supervisor(new Worker(script, { argv: [...args], env: SHARE_ENV, workerData: start }));
}

function screenOf({ isTTY, columns }: NodeJS.WriteStream): Screen {
  return isTTY ? { isTTY, columns } : {};
}

class Supervisor {
  private readonly files = new FileNames();
  private readonly stopListening = onSignals((signal) => void this.endBy(signal));
  private input: AsyncIterator<Uint8Array> | null = null;
  /** Whether the last line on the terminal is a progress line. */
  private lineIsOpen = false;
  private isEnding = false;
  private isSignalled = false;

  constructor(private readonly worker: Worker) {
    worker.on('message', (message: FromThread) => void this.take(message));
    worker.on('error', (error) => this.end(reportFailure(error, process.stderr)));
    worker.on('exit', (code) => this.end(code));
  }

  private take(message: FromThread): void {
    if (message.kind === 'add') this.files.add(message.name);
    else if (message.kind === 'drop') this.files.drop(message.name);
    else if (this.isEnding) return;
    else if (message.kind === 'stdout') this.write(message.chunk);
    else if (message.kind === 'stderr') this.show(message.text);
    else if (message.kind === 'read') void this.read();
    else void this.end(message.code);
  }

  private write(chunk: string | Uint8Array): void {
    process.stdout.write(chunk, (error) => {
      this.answer({ kind: 'written', error: error ? systemError(error) : null });
    });
  }

  private show(text: string): void {
    process.stderr.write(text);
    this.lineIsOpen = process.stderr.isTTY && !text.endsWith('\n') && !text.endsWith(CLEAR_LINE);
  }

  private async read(): Promise<void> {
    this.input ??= process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    try {
      const { done, value } = await this.input.next();
      this.answer({ kind: 'input', chunk: done ? null : value, error: null });
    } catch (error) {
      this.answer({ kind: 'input', chunk: null, error: systemError(error as Error) });
    }
  }

  private answer(message: ToThread): void {
    this.worker.postMessage(message);
  }

  /** Ends the process when all is written. */
  private async end(code: number): Promise<void> {
    if (this.isEnding) return;
    this.isEnding = true;
    await Promise.all([drained(process.stdout), drained(process.stderr)]);
    process.exit(code);
  }

  /** A second signal changes nothing: a terminal and npm may both send one. */
  private async endBy(signal: EndingSignal): Promise<void> {
    if (this.isSignalled) return;
    this.isSignalled = true;
    this.isEnding = true;
    if (this.lineIsOpen) this.show(CLEAR_LINE);
    if (await this.threadEnds()) process.exit(SIGNALS[signal]);
    // `process.exit` would wait for the thread. Only the system's default reaction to the signal is left.
    this.files.remove();
    this.stopListening();
    process.kill(process.pid, signal);
  }

  /** Ends the thread and takes its last messages; false if it does not end. */
  private async threadEnds(): Promise<boolean> {
    const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false));
    return Promise.race([this.worker.terminate().then(() => true), late]);
  }
}

function systemError(error: Error): SystemError {
  return { code: (error as NodeJS.ErrnoException).code, message: error.message };
}
