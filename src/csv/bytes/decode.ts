import { isUtf8 } from 'node:buffer';
import { DataError } from '../../errors.js';
import { type Encoding, fromWindows1252 } from './encoding.js';
import { unzippedBytes } from './gunzip.js';
import { peek } from './peek.js';
import type { ByteSource } from './source.js';
import { wholeCharacters } from './utf8.js';

/**
 * The text of a file as UTF-8: unzipped, transcoded, without byte order mark, in chunks of whole characters. Throws DataError with the line
 * for bytes that are invalid in the encoding, and for NUL bytes.
 */
export async function* readText(source: ByteSource, encoding: Encoding): AsyncGenerator<Buffer> {
  for await (const chunk of transcoded(source, encoding)) {
    if (chunk.includes(0)) throw await binary(source, encoding);
    if (!isUtf8(chunk)) throw await notUtf8(source, encoding);
    yield chunk;
  }
}

async function binary(source: ByteSource, encoding: Encoding): Promise<DataError> {
  const line = await findLine(transcoded(source, encoding), (text) => text.includes(0));
  return nulByte(`${source.name}:${line}`, encoding);
}

async function notUtf8(source: ByteSource, encoding: Encoding): Promise<DataError> {
  const line = await findLine(transcoded(source, encoding), (text) => !isUtf8(text));
  return invalidUtf8(`${source.name}:${line}`);
}

/** The error for a NUL byte. */
export function nulByte(place: string, encoding: Encoding): DataError {
  const remedy = encoding === 'utf-16le' ? 'check --encoding' : 'if it is UTF-16, say --encoding utf-16le';
  return new DataError(`${place}: holds a NUL byte, so this is not a text file; ${remedy}`);
}

/** The error for bytes that are not characters. */
export function invalidUtf8(place: string): DataError {
  return new DataError(
    `${place}: is not valid UTF-8; if it comes from Windows or is Latin-1, say --encoding windows-1252`,
  );
}

/** Reads the file again to find the line of a fault, so that lines of valid files need not be counted. */
async function findLine(chunks: AsyncIterable<Buffer>, isBad: (text: Buffer) => boolean): Promise<number> {
  let line = 1;
  let afterReturn = false;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = 0; end < chunk.length; end++) {
      if (chunk[end] !== 0x0a && chunk[end] !== 0x0d) continue;
      if (isBad(chunk.subarray(start, end))) return line;
      if (!(chunk[end] === 0x0a && end === start && afterReturn)) line++;
      afterReturn = chunk[end] === 0x0d;
      start = end + 1;
    }
    if (isBad(chunk.subarray(start))) return line;
    if (start < chunk.length) afterReturn = false;
  }
  return line;
}

/** The text of a file as UTF-8, unzipped and without byte order mark, not yet checked; each chunk is made of whole characters. */
export async function* transcoded(source: ByteSource, encoding: Encoding): AsyncGenerator<Buffer> {
  const { head, all, close } = await peek(unzippedBytes(source), 3);
  const mark = byteOrderMark(head);
  if (mark.encoding === 'utf-16be') {
    await close();
    throw new DataError(`${source.name}: is big-endian UTF-16; convert it first: iconv -f UTF-16BE -t UTF-8`);
  }
  yield* transcode(source.name, skip(all, mark.length), mark.encoding ?? encoding);
}

function transcode(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Buffer> {
  if (encoding === 'utf-16le') return fromUtf16(name, bytes);
  return encoding === 'utf-8' ? wholeCharacters(bytes) : fromWindows1252(bytes);
}

async function* fromUtf16(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch {
      throw new DataError(`${name}: is not valid UTF-16; check --encoding`);
    }
  };
  for await (const chunk of bytes) yield decode(chunk);
  yield decode();
}

interface Mark {
  readonly encoding: Encoding | 'utf-16be' | null;
  readonly length: number;
}

function byteOrderMark(head: Buffer): Mark {
  if (head.length >= 3 && head.readUIntBE(0, 3) === 0xefbbbf) return { encoding: 'utf-8', length: 3 };
  if (head.length < 2) return { encoding: null, length: 0 };
  if (head.readUInt16BE(0) === 0xfffe) return { encoding: 'utf-16le', length: 2 };
  if (head.readUInt16BE(0) === 0xfeff) return { encoding: 'utf-16be', length: 0 };
  return { encoding: null, length: 0 };
}

/** What follows the first `count` bytes. */
export async function* skip(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    yield left > 0 ? chunk.subarray(left) : chunk;
    left = Math.max(0, left - chunk.length);
  }
}
