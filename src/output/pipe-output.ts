import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** How often a pipe is tried until somebody reads it. */
const EVERY_MS = 20;

/** What can be written to and closed. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a pipe that has a path for writing, when somebody reads it. By the event loop, for the reason that `csv/bytes/pipe.ts` gives: a
 * thread that is blocked in the system until there is a reader would keep the process from exiting.
 */
export async function openPipe(path: string): Promise<Sink> {
  const socket = new Socket({ fd: await openedForWriting(path), readable: false, writable: true });
  // They reach the writer through its callback.
  socket.on('error', () => {});
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  // What is written has left already.
  return { write, close: async () => void socket.destroy() };
}

async function openedForWriting(path: string): Promise<number> {
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    await setTimeout(EVERY_MS);
  }
}
