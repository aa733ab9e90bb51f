import { open, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DataError } from '../errors.js';
import { shown } from '../visible.js';
import { AtomicOutput, probe } from './atomic-output.js';
import { DirectOutput, openDevice, openPipe } from './direct-output.js';
import type { OutputFile } from './output-file.js';
import { refused } from './refused.js';
import type { TemporaryFiles } from './temporary-files.js';

/** Paths without own content: the streams of a process by their names. */
const STREAM_NAMES = /^\/(dev\/(fd\/|stdout$|stderr$)|proc\/)/;

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/**
 * Opens a path for a result, to be called before the long work, so that a wrong path is known at once.
 *
 * The content goes to a temporary file in the same directory, is forced to the disk and takes the path's name in one
 * step (`rename`), so that even when the process is killed the path holds the old content or the new one. Symbolic links
 * are followed, an existing file keeps its mode, and hard links to it keep the old content. The temporary file is made
 * with the first `write`, so that a process that is killed during the long work leaves nothing behind. Pipes and
 * devices (`/dev/null`, `>(gzip)`) are written directly.
 *
 * @param files who removes the temporary file where the process ends before
 * @throws DataError where no file can be written
 */
export async function openOutputFile(path: string, files: TemporaryFiles): Promise<OutputFile> {
  try {
    const target = await followLinks(path);
    const existing = await stat(target).catch(unlessMissing);
    if (existing?.isDirectory()) throw new DataError(`${shown(path)}: is a directory; name a file inside it`);
    if (isStream(target) || (existing !== null && !existing.isFile())) {
      return new DirectOutput(path, await (existing?.isFIFO() ? openPipe(target) : openDevice(target)));
    }
    // Replacing a file needs no permission to write it, but a read-only file should not be replaced.
    if (existing !== null) await (await open(target, 'r+')).close();
    await probe(target, files);
    return new AtomicOutput(path, target, existing === null ? null : existing.mode & 0o7777, files);
  } catch (error) {
    throw refused(path, error);
  }
}

/** Where an output to this path goes: the end of its links, even if nothing is there yet. */
export async function followLinks(path: string): Promise<string> {
  let target = resolve(path);
  for (let links = 0; links < MOST_LINKS && !isStream(target); links++) {
    const next = await readlink(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EINVAL' || error.code === 'ENOENT' || error.code === 'UNKNOWN') return null;
      throw error;
    });
    if (next === null) return target;
    target = resolve(dirname(target), next);
  }
  return target;
}

/** Whether a path is a stream of a process by its name. What is written to it has its place after what is there. */
export function isStream(path: string): boolean {
  return STREAM_NAMES.test(path);
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
