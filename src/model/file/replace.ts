import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataError } from '../../errors.js';
import { shown } from '../../visible.js';

/**
 * Makes a text the content of a file, durably, in one step (`rename`): the path holds the old content or the new one. Links are followed. For
 * users of the library; the command line writes through `cli/streams`, which also takes its temporary file away at a signal.
 * @throws DataError where the system refuses
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.shrinkfit-${randomBytes(8).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error;
    throw new DataError(
      `${shown(path)}: cannot be written (${code}); check the directory and its permissions`,
    );
  }
}
