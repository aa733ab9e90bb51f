import { createReadStream, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { DataError, UsageError } from '../../errors.js';
import { pipeBytes } from './pipe.js';
import { fileBytes, memoryBytes, type StoredBytes } from './stored-bytes.js';

/** Bytes in pieces of any size. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Bytes from anywhere, with the name they have in messages. */
export interface ByteSource {
  readonly name: string;
  /** The bytes from the beginning; may be called several times, one read after the other. */
  open(): Chunks;
  /** The same bytes with random access; null if that is impossible. May read all of them first. */
  stored?(): Promise<StoredBytes | null>;
}

/** A path, or bytes from anywhere. */
export type CsvInput = string | ByteSource;

const CHUNK_BYTES = 256 * 1024;

/**
 * An input that can be opened again although its stream cannot: standard input, a pipe.
 * Cost: all bytes stay in memory for as long as the input does.
 */
export function bufferedInput(name: string, stream: AsyncIterable<Uint8Array>): ByteSource {
  const chunks: Uint8Array[] = [];
  let iterator: AsyncIterator<Uint8Array> | undefined;
  let failed: { readonly error: unknown } | undefined;
  async function more(): Promise<boolean> {
    // A failed stream would look like one that ends there if it were read again.
    if (failed !== undefined) throw failed.error;
    iterator ??= stream[Symbol.asyncIterator]();
    try {
      const next = await iterator.next();
      if (!next.done) chunks.push(next.value);
      return !next.done;
    } catch (error) {
      failed = { error };
      throw error;
    }
  }
  async function* open(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < chunks.length || (await more()); index++) yield chunks[index];
  }
  async function stored(): Promise<StoredBytes> {
    while (await more());
    return memoryBytes(chunks);
  }
  return { name, open, stored };
}

/** Turns a path into bytes that can be opened again. Throws DataError when there is no such readable file. */
export async function resolveSource(input: CsvInput): Promise<ByteSource> {
  if (typeof input !== 'string') return input;
  const { name, open, isFile } = locate(input);
  // A pipe such as <(zcat data.gz) gives its bytes only once.
  if (!isFile) return bufferedInput(name, open());
  return { name, open, stored: async () => fileBytes(input) };
}

/** Turns a path into bytes that are opened once, so that those of a pipe are not kept. Throws DataError in the same cases. */
export async function resolveOnce(path: string): Promise<ByteSource> {
  const { name, open, isFile } = locate(path);
  return isFile ? { name, open, stored: async () => fileBytes(path) } : { name, open };
}

function locate(path: string) {
  if (path === '-') throw new UsageError('"-" is not a path: pass the bytes of standard input instead');
  const stats = statsOf(path);
  if (stats.isDirectory()) throw new DataError(`${path}: is a directory; name a file inside it`);
  const open = () =>
    stats.isFIFO() ? pipeBytes(path) : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return { name: basename(path), open, isFile: stats.isFile() };
}

function statsOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The bytes of a source as they are; failures of the operating system become DataError. */
export async function* rawBytes(source: ByteSource): AsyncGenerator<Uint8Array> {
  try {
    yield* source.open();
  } catch (error) {
    throw unreadable(source.name, error);
  }
}

const REASONS = new Map([
  ['ENOENT', 'no such file; check the path'],
  ['ENOTDIR', 'no such file; a part of the path is not a directory'],
  ['EACCES', 'no permission to read it; change its permissions or copy it'],
  ['EPERM', 'no permission to read it; change its permissions or copy it'],
  ['EISDIR', 'is a directory; name a file inside it'],
]);

/** The error to throw if a file cannot be read: a DataError for an error of the operating system, anything else unchanged. */
export function unreadable(name: string, error: unknown): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  // Without a system error code it is a bug, or an error that is clear already.
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new DataError(`${name}: ${REASONS.get(code) ?? `cannot be read (${code})`}`);
}
