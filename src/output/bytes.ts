import type { FileHandle } from 'node:fs/promises';

/** A text as UTF-8. */
export function bytesOf(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
}

/** One write may take a part only. */
export async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; ) {
    start += (await handle.write(bytes, start, bytes.length - start)).bytesWritten;
  }
}
