import type { Writable } from 'node:stream';
import { DataError } from '../../errors.js';

/** Characters written at once: few system calls, and a closed pipe is noticed early. */
const BLOCK = 65_536;

/**
 * Writes to standard output with backpressure and waits until all of it has left.
 *
 * A reader that has gone (`| head`) is not an error; the rest is not written.
 *
 * @throws DataError when the system refuses, such as on a full disk
 */
export async function writeResult(stdout: NodeJS.WritableStream, chunks: Iterable<string>): Promise<void> {
  for (const block of blocksOf(chunks)) if (!(await writeTo(stdout, block))) return;
}

/**
 * Writes a chunk to standard output and waits until it has left.
 *
 * @returns false when the reader has gone
 * @throws DataError when the system refuses
 */
export async function writeTo(stdout: NodeJS.WritableStream, chunk: string | Uint8Array): Promise<boolean> {
  try {
    await write(stdout, chunk);
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return false;
    if (code === undefined) throw error;
    throw new DataError(`standard output: the result could not be written completely (${message})`);
  }
}

function write(stdout: NodeJS.WritableStream, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

/** Chunks combined into blocks that are worth a system call. */
export function* blocksOf(chunks: Iterable<string>): Generator<string> {
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

/** Resolves when a stream has passed everything to the system, or its reader has gone. */
export async function drained(stream: Writable): Promise<void> {
  if (stream.writableLength > 0) await new Promise<void>((resolve) => stream.write('', () => resolve()));
}

/** Errors of the streams reach the writers through their callbacks; without a listener they would end the process. */
export function guardStreams(...streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams) stream.on('error', () => {});
}
