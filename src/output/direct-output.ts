import { open } from 'node:fs/promises';
import { bytesOf, writeWhole } from './bytes.js';
import type { OutputFile } from './output-file.js';
import type { Sink } from './pipe-output.js';
import { refused } from './refused.js';

export async function openPipe(path: string): Promise<Sink> {
  return (await import('./pipe-output.js')).openPipe(path);
}

export async function openDevice(path: string): Promise<Sink> {
  const handle = await open(path, 'a');
  return { write: (bytes) => writeWhole(handle, bytes), close: () => handle.close() };
}

/** A pipe or a device: there is nothing to replace. A reader that has gone is no error, as for standard output. */
export class DirectOutput implements OutputFile {
  private closed = false;
  private gone = false;

  constructor(
    private readonly path: string,
    private readonly sink: Sink,
  ) {}

  async write(chunk: string | Uint8Array): Promise<void> {
    if (this.gone) return;
    try {
      await this.sink.write(bytesOf(chunk));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw refused(this.path, error);
      this.gone = true;
    }
  }

  commit(): Promise<void> {
    return this.abandon();
  }

  async abandon(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.sink.close();
  }
}
