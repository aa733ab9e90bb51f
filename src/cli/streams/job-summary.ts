import { open } from 'node:fs/promises';
import { shown } from '../../visible.js';
import { tell } from './messages.js';
import type { Terminal } from './terminal.js';

/** GitHub drops a step's whole summary if it is larger. */
const LARGEST = 1_048_576;

/**
 * Appends to the job summary of a GitHub runner. The environment offers it and the user did not name this file, so if it cannot be written,
 * or is full, that is a warning.
 */
export async function appendJobSummary(path: string, text: string, { stderr }: Terminal): Promise<void> {
  try {
    const file = await open(path, 'a');
    try {
      const { size } = await file.stat();
      const entry = `${size === 0 ? '' : '\n'}${text}`;
      if (size + Buffer.byteLength(entry) > LARGEST) {
        tell(
          stderr,
          'warning: the job summary has no room for the report; --report markdown=FILE writes all of it',
        );
      } else {
        await file.appendFile(entry);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    tell(stderr, `warning: the job summary ${shown(path)} cannot be written (${code})`);
  }
}
