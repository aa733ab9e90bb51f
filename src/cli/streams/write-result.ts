import { DataError } from '../../errors.js';

/** Characters written at once: few system calls, and a closed pipe is noticed early. */
const BLOCK = 65_536;

/**
 * Writes to standard output with backpressure and waits until all of it has left.
 *
 * A reader that has gone (`| head`) is no error: the rest is not written. `process.exit` must not be called afterwards
 * anyway, for it cuts what a slow pipe has not taken yet.
 *
 * @throws DataError when the system refuses, such as on a full disk
 */
export async function writeResult(stdout: NodeJS.WritableStream, chunks: Iterable<string>): Promise<void> {
  try {
    for (const block of blocksOf(chunks)) await write(stdout, block);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return;
    if (code === undefined) throw error;
    throw new DataError(`standard output: the result could not be written whole (${message})`);
  }
}

function write(stdout: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function* blocksOf(chunks: Iterable<string>): Generator<string> {
  let pending = '';
  for (const chunk of chunks) {
    pending += chunk;
    if (pending.length >= BLOCK) {
      yield pending;
      pending = '';
    }
  }
  if (pending !== '') yield pending;
}

/** Errors of the streams reach the writers through their callbacks; without a listener they would end the process. */
export function guardStreams(...streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams) stream.on('error', () => {});
}
