import { rmSync } from 'node:fs';
import type { TemporaryFiles } from '../../output/temporary-files.js';
import { onSignals, SIGNALS } from './signals.js';

/** Names of files that are removed when the process exits. */
export class FileNames {
  private readonly names = new Set<string>();

  constructor() {
    process.on('exit', this.remove);
  }

  add(name: string): void {
    this.names.add(name);
  }

  /** @returns how many are left */
  drop(name: string): number {
    this.names.delete(name);
    return this.names.size;
  }

  /** Bound, so that it can be a listener. */
  readonly remove = (): void => {
    for (const name of this.names) rmSync(name, { force: true });
  };

  close(): void {
    process.off('exit', this.remove);
  }
}

/**
 * The files of a process whose main thread does the work. It listens to signals only while there is a temporary file: writing is
 * asynchronous, so that a handler can run. Any other work is ended by the system's default reaction to a signal.
 */
class OwnFiles implements TemporaryFiles {
  private open: { readonly names: FileNames; readonly stopListening: () => void } | null = null;

  add(name: string): void {
    this.open ??= {
      names: new FileNames(),
      stopListening: onSignals((signal) => process.exit(SIGNALS[signal])),
    };
    this.open.names.add(name);
  }

  async drop(name: string): Promise<void> {
    await signalsHandled();
    if (this.open === null || this.open.names.drop(name) > 0) return;
    this.open.names.close();
    this.open.stopListening();
    this.open = null;
  }
}

/** A pending signal is handled when the event loop checks for it, at the latest in its next full turn. */
async function signalsHandled(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

let files: TemporaryFiles = new OwnFiles();

/** The registry of this thread's temporary files. */
export function temporaryFiles(): TemporaryFiles {
  return files;
}

/** Uses another registry: that of the thread that receives the signals. */
export function keepTemporaryFilesAt(other: TemporaryFiles): void {
  files = other;
}
