import type { Terminal } from './terminal.js';
import { openOutput } from './write-file.js';
import { writeResult } from './write-result.js';

/**
 * Writes a result to a file, whole or not at all, or to standard output where `path` is null. The file is opened before the work.
 * @throws DataError where it cannot be written
 */
export async function writeOut(
  path: string | null,
  terminal: Terminal,
  work: () => Promise<Iterable<string>>,
): Promise<void> {
  if (path === null) return writeResult(terminal.stdout, await work());
  const file = await openOutput(path);
  try {
    for (const chunk of await work()) await file.write(chunk);
    await file.commit();
  } finally {
    await file.abandon();
  }
}
