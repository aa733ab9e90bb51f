import { constants, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/**
 * The bytes of a pipe that has a path, as `<(zcat data.gz)` and `mkfifo` make them.
 *
 * With a file stream, one of node's threads would block in the system until somebody writes, and the process could not exit before. So the
 * pipe is opened without blocking, and the event loop watches it like standard input.
 */
export async function* pipeBytes(path: string): AsyncGenerator<Uint8Array> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const { Socket } = await import('node:net');
  yield* new Socket({ fd, readable: true, writable: false });
}

/** All bytes of a file or a pipe. The operating system's failures are thrown as they are. */
export async function readWhole(path: string): Promise<Buffer> {
  if (!(await stat(path)).isFIFO()) return readFile(path);
  const chunks: Uint8Array[] = [];
  for await (const chunk of pipeBytes(path)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
