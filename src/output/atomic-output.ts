import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesOf, writeWhole } from './bytes.js';
import type { OutputFile } from './output-file.js';
import { refused } from './refused.js';
import type { TemporaryFiles } from './temporary-files.js';

/** Short, because the name of the target may be as long as the system allows; hidden from globs such as `*.json`. */
function temporaryName(target: string): string {
  return join(dirname(target), `.shrinkfit-${randomBytes(8).toString('hex')}.tmp`);
}

/**
 * Makes an empty file that does not outlive an ended process. Synchronously: a signal that came while the system creates the file could not
 * remove it.
 */
async function makeTemporary(name: string, files: TemporaryFiles): Promise<void> {
  files.add(name);
  try {
    closeSync(openSync(name, 'wx'));
  } catch (error) {
    await files.drop(name);
    throw error;
  }
}

/** Makes sure that a temporary file can be made beside the target. @throws what the system says where it cannot */
export async function probe(target: string, files: TemporaryFiles): Promise<void> {
  const name = temporaryName(target);
  await makeTemporary(name, files);
  rmSync(name);
  await files.drop(name);
}

/** Writes beside the target and renames. */
export class AtomicOutput implements OutputFile {
  private temporary: { readonly name: string; readonly handle: FileHandle } | null = null;
  private done = false;

  constructor(
    private readonly path: string,
    private readonly target: string,
    /** Permissions of the file that is replaced; null: those of a new file. */
    private readonly mode: number | null,
    private readonly files: TemporaryFiles,
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
      await this.files.drop(name);
      await syncDirectory(dirname(this.target));
    });
  }

  async abandon(): Promise<void> {
    const { temporary } = this;
    if (temporary === null || this.done) return;
    this.done = true;
    await temporary.handle.close().catch(() => {});
    await rm(temporary.name, { force: true }).catch(() => {});
    await this.files.drop(temporary.name);
  }

  private async file() {
    if (this.done) throw new Error(`${this.path} is committed or abandoned`);
    if (this.temporary === null) {
      const name = temporaryName(this.target);
      await makeTemporary(name, this.files);
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

/** Makes the new name durable. Windows cannot open directories, and some network disks cannot sync them. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
