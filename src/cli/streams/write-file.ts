import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { type FileHandle, open, readlink, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DataError, UsageError } from '../../errors.js';
import { shown } from '../../visible.js';
import type { Sink } from './pipe-output.js';
import { temporaryFiles } from './temporary-files.js';

/** A file that is being written. Until `commit` has returned, the path holds what it held before. */
export interface OutputFile {
  /** Appends. The chunk may be reused when the promise has settled. @throws DataError when the system refuses */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Makes what was written the content of the path, durably. @throws DataError when the system refuses */
  commit(): Promise<void>;
  /** Leaves the path as it was; does nothing after `commit`, so that it suits a `finally`. */
  abandon(): Promise<void>;
}

/** What holds no content of its own: the streams of a process by their names. */
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
 * @throws UsageError for `-`; DataError where no file can be written
 */
export async function openOutput(path: string): Promise<OutputFile> {
  if (path === '-') {
    throw new UsageError(
      'an output file cannot be -: leave the option out for standard output, or name a file',
    );
  }
  try {
    const target = await followLinks(path);
    const existing = await stat(target).catch(unlessMissing);
    if (existing?.isDirectory()) throw new DataError(`${shown(path)}: is a directory; name a file inside it`);
    if (isStream(target) || (existing !== null && !existing.isFile())) {
      return new DirectOutput(path, await (existing?.isFIFO() ? openPipe(target) : openDevice(target)));
    }
    // Replacing a file needs no right to write it, but who took that right away did not want it replaced.
    if (existing !== null) await (await open(target, 'r+')).close();
    const probe = temporaryName(target);
    await makeTemporary(probe);
    rmSync(probe);
    await temporaryFiles().drop(probe);
    return new AtomicOutput(path, target, existing === null ? null : existing.mode & 0o7777);
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

/** Short, for the name of the target may be as long as the system allows; hidden from globs such as `*.json`. */
function temporaryName(target: string): string {
  return join(dirname(target), `.shrinkfit-${randomBytes(8).toString('hex')}.tmp`);
}

/**
 * Makes an empty file that does not outlive an ended process. Synchronously: a signal that came while the system still makes the file
 * could not remove it.
 */
async function makeTemporary(name: string): Promise<void> {
  temporaryFiles().add(name);
  try {
    closeSync(openSync(name, 'wx'));
  } catch (error) {
    await temporaryFiles().drop(name);
    throw error;
  }
}

/** Writes beside the target and renames. */
class AtomicOutput implements OutputFile {
  private temporary: { readonly name: string; readonly handle: FileHandle } | null = null;
  private done = false;

  constructor(
    private readonly path: string,
    private readonly target: string,
    /** Permissions of the file that is replaced; null: those of a new file. */
    private readonly mode: number | null,
  ) {}

  async write(chunk: string | Uint8Array): Promise<void> {
    await this.guarded(async () => writeWhole((await this.file()).handle, bytesOf(chunk)));
  }

  async commit(): Promise<void> {
    await this.guarded(async () => {
      const { name, handle } = await this.file();
      if (this.mode !== null) await handle.chmod(this.mode);
      await handle.sync();
      await handle.close();
      await rename(name, this.target);
      this.done = true;
      await temporaryFiles().drop(name);
      await syncDirectory(dirname(this.target));
    });
  }

  async abandon(): Promise<void> {
    const { temporary } = this;
    if (temporary === null || this.done) return;
    this.done = true;
    await temporary.handle.close().catch(() => {});
    await rm(temporary.name, { force: true }).catch(() => {});
    await temporaryFiles().drop(temporary.name);
  }

  private async file() {
    if (this.done) throw new Error(`${this.path} is committed or abandoned`);
    if (this.temporary === null) {
      const name = temporaryName(this.target);
      await makeTemporary(name);
      this.temporary = { name, handle: await open(name, 'r+') };
    }
    return this.temporary;
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.abandon();
      throw refused(this.path, error);
    }
  }
}

async function openPipe(path: string): Promise<Sink> {
  return (await import('./pipe-output.js')).openPipe(path);
}

async function openDevice(path: string): Promise<Sink> {
  const handle = await open(path, 'a');
  return { write: (bytes) => writeWhole(handle, bytes), close: () => handle.close() };
}

/** A pipe or a device: there is nothing to replace. A reader that has gone is no error, as for standard output. */
class DirectOutput implements OutputFile {
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

function bytesOf(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
}

/** One write may take a part only. */
async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length; ) {
    start += (await handle.write(bytes, start, bytes.length - start)).bytesWritten;
  }
}

/** Makes the new name durable. Windows cannot open directories, and some network disks cannot sync them. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

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

/** What the operating system refused, as an expected failure; a bug stays what it is. */
function refused(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof DataError || code === undefined) return error;
  return new DataError(`${shown(path)}: ${REASONS.get(code) ?? `cannot be written (${code})`}`);
}
