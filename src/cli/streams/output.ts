import type { Terminal } from './terminal.js';
import { openOutput } from './write-file.js';
import { blocksOf, writeTo } from './write-result.js';

/** Where a command's result goes: standard output, or a file that is replaced after everything is written. */
export interface Output {
  /** False if the reader has gone. The bytes may be reused after the promise has settled. */
  write(chunk: string | Uint8Array): Promise<boolean>;
  commit(): Promise<void>;
  /** Leaves a file unchanged unless it was committed. */
  abandon(): Promise<void>;
}

/** @param path null for standard output. @throws DataError where no file can be written */
export async function openResult(path: string | null, stdout: NodeJS.WritableStream): Promise<Output> {
  if (path === null) {
    return { write: (chunk) => writeTo(stdout, chunk), commit: async () => {}, abandon: async () => {} };
  }
  const file = await openOutput(path);
  const write = async (chunk: string | Uint8Array) => {
    await file.write(chunk);
    return true;
  };
  return { write, commit: () => file.commit(), abandon: () => file.abandon() };
}

/**
 * Writes a result atomically to a file, or to standard output if `path` is null. The file is opened before the work.
 * @throws DataError where it cannot be written
 */
export async function writeOut(
  path: string | null,
  { stdout }: Terminal,
  work: () => Promise<Iterable<string>>,
): Promise<void> {
  const output = await openResult(path, stdout);
  try {
    for (const block of blocksOf(await work())) if (!(await output.write(block))) break;
    await output.commit();
  } finally {
    await output.abandon();
  }
}
