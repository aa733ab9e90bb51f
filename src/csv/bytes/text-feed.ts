import { isUtf8 } from 'node:buffer';
import type { DataError } from '../../errors.js';
import { invalidUtf8, nulByte } from './decode.js';
import type { Encoding } from './encoding.js';
import { place } from './location.js';
import type { StoredText } from './stored-text.js';
import { unfinishedBytes } from './utf8.js';

/** Bytes of a character in UTF-8, at most. */
const LONGEST_CHARACTER = 4;

/** Line ends as csv-parse counts them. */
export function countLineEnds(text: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === 13 || (text[at] === 10 && (at === 0 || text[at - 1] !== 13))) count++;
  }
  return count;
}

/** Memory for `bytes` bytes of text, perhaps more. */
export type TextMemory = (bytes: number) => Buffer;

/** A text piece by piece, in one memory block that is reused. */
export class TextFeed {
  /** What was read and not dropped. Valid until the next `fill`. */
  text: Buffer = Buffer.alloc(0);
  /** Whether the text ends where `text` does. */
  final = false;
  private memory: Buffer;
  private readonly chunks: AsyncIterator<Uint8Array> | null;
  private readonly stored: StoredText | null;
  /** How much of a stored text has been read. */
  private position = 0;
  /** The part of the last chunk that did not fit. */
  private rest: Buffer = Buffer.alloc(0);

  /**
   * @param source what the text is called in messages
   * @param from UTF-8, not yet checked: in chunks of whole characters, or where it is stored
   * @param encoding what the text was before, for messages
   * @param capacity how many bytes are held at first
   */
  constructor(
    private readonly source: string,
    from: AsyncIterable<Uint8Array> | StoredText,
    private readonly encoding: Encoding,
    capacity: number,
    private allocate: TextMemory = Buffer.allocUnsafe,
  ) {
    this.memory = allocate(capacity);
    this.stored = 'bytes' in from ? from : null;
    this.chunks = 'bytes' in from ? null : from[Symbol.asyncIterator]();
  }

  /** How many bytes `text` can hold. */
  get capacity(): number {
    return this.memory.length;
  }

  /** Whether there is no room for another character. */
  get isFull(): boolean {
    return this.text.length > this.memory.length - LONGEST_CHARACTER;
  }

  /**
   * Drops the first `count` bytes and appends as much as fits.
   *
   * @param line the line on which the kept text begins, for messages
   * @throws DataError for bytes that are no text, with the line
   */
  async fill(count: number, line: number): Promise<void> {
    const kept = this.text.length - count;
    this.memory.copyWithin(0, count, this.text.length);
    const filled = this.stored === null ? await this.append(kept, line) : this.read(this.stored, kept, line);
    this.text = this.memory.subarray(0, filled);
  }

  /** Appends chunks; returns the new length. */
  private async append(kept: number, line: number): Promise<number> {
    let filled = kept;
    while (filled < this.memory.length && !this.final) {
      const chunk = await this.nextChunk(line, filled);
      if (chunk === null) break;
      const taken = Math.min(chunk.length, this.memory.length - filled);
      this.memory.set(chunk.subarray(0, taken), filled);
      this.rest = chunk.subarray(taken);
      filled += taken;
    }
    return filled;
  }

  /** The same from a stored text, without a copy on the way. */
  private read({ bytes, start }: StoredText, kept: number, line: number): number {
    const room = this.memory.subarray(kept);
    const count = bytes.read(room, start + this.position);
    this.final = count < room.length;
    const whole = this.final ? count : count - unfinishedBytes(room.subarray(0, count));
    this.position += whole;
    this.check(room.subarray(0, whole), line, kept);
    return kept + whole;
  }

  /** Continues in other memory of at least that many bytes. */
  move(bytes: number, allocate: TextMemory = this.allocate): void {
    this.allocate = allocate;
    const memory = allocate(bytes);
    memory.set(this.text);
    this.memory = memory;
    this.text = memory.subarray(0, this.text.length);
  }

  async close(): Promise<void> {
    this.stored?.bytes.close();
    await this.chunks?.return?.();
  }

  private async nextChunk(line: number, filled: number): Promise<Buffer | null> {
    if (this.rest.length > 0) return this.rest;
    const next = await this.chunks!.next();
    this.final = next.done === true;
    if (next.done) return null;
    const value = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.length);
    this.check(value, line, filled);
    return value;
  }

  private check(chunk: Buffer, line: number, filled: number): void {
    if (chunk.includes(0)) throw this.fault(chunk, line, filled, (text) => text.includes(0));
    if (!isUtf8(chunk)) throw this.fault(chunk, line, filled, (text) => !isUtf8(text));
  }

  private fault(chunk: Buffer, line: number, filled: number, isBad: (text: Buffer) => boolean): DataError {
    let end = 0;
    // The line ends before the fault: those of the last whole line that is good.
    for (let from = 0; from < chunk.length; from = end) {
      const next = chunk.subarray(from).findIndex((byte) => byte === 10 || byte === 13);
      end = next < 0 ? chunk.length : from + next + 1;
      if (isBad(chunk.subarray(from, end))) {
        end = from;
        break;
      }
    }
    const before = Buffer.concat([this.memory.subarray(0, filled), chunk.subarray(0, end)]);
    const where = place(this.source, line + countLineEnds(before));
    return chunk.includes(0) ? nulByte(where, this.encoding) : invalidUtf8(where);
  }
}
