import { constants, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/**
 * The bytes of a pipe that has a path, as `<(zcat data.gz)` and `mkfifo` make them.
 *
 * A stream of a file would have one of node's threads wait in the system for whoever writes, and the process could not exit before
 * that thread comes back. So the pipe is opened without waiting, and watched by the event loop as standard input is.
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
