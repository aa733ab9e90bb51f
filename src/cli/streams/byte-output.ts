import { openOutput } from './write-file.js';
import { writeTo } from './write-result.js';

/** Where a command's bytes go: standard output, or a file that is replaced when all of them are there. */
export interface ByteOutput {
  /** False when the reader has gone. The bytes may be used again when the promise has settled. */
  write(bytes: Uint8Array): Promise<boolean>;
  commit(): Promise<void>;
  /** Leaves a file as it was, unless it is committed. */
  abandon(): Promise<void>;
}

/** @param path null for standard output. @throws DataError where no file can be written */
export async function openByteOutput(
  path: string | null,
  stdout: NodeJS.WritableStream,
): Promise<ByteOutput> {
  if (path === null) {
    return { write: (bytes) => writeTo(stdout, bytes), commit: async () => {}, abandon: async () => {} };
  }
  const file = await openOutput(path);
  const write = async (bytes: Uint8Array) => {
    await file.write(bytes);
    return true;
  };
  return { write, commit: () => file.commit(), abandon: () => file.abandon() };
}
