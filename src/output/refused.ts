import { DataError } from '../errors.js';
import { shown } from '../visible.js';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'cannot be written: its directory does not exist; make it first'],
  ['ENOTDIR', 'cannot be written: a part of the path is a file, not a directory'],
  ['EACCES', 'cannot be written: permission denied'],
  ['EPERM', 'cannot be written: permission denied'],
  ['EROFS', 'cannot be written: the file system is read-only'],
  ['ENOSPC', 'cannot be written: the disk is full'],
  ['EDQUOT', 'cannot be written: the quota is used up'],
  ['ELOOP', 'cannot be written: too many symbolic links'],
  ['ENAMETOOLONG', 'cannot be written: the name is too long'],
]);

/** An error of the operating system as an expected error; a bug stays unchanged. */
export function refused(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof DataError || code === undefined) return error;
  return new DataError(`${shown(path)}: ${REASONS.get(code) ?? `cannot be written (${code})`}`);
}
