import type { Encoding } from './encoding.js';
import { HEAD_BYTES, isPacked } from './gunzip.js';
import type { ByteSource } from './source.js';
import type { StoredBytes } from './stored-bytes.js';

/** A text that can be read straight from where it is. */
export interface StoredText {
  readonly bytes: StoredBytes;
  /** Where the text begins: after a byte order mark. */
  readonly start: number;
}

/** The text of a source where its bytes are the text: a file of UTF-8 that is not packed; else null. To be closed. */
export async function storedText(source: ByteSource, encoding: Encoding): Promise<StoredText | null> {
  if (source.stored === undefined || encoding !== 'utf-8') return null;
  // The same error occurs again when the bytes are read as a stream, and is reported there.
  const bytes = await source.stored().catch(() => null);
  if (bytes === null) return null;
  const head = Buffer.alloc(HEAD_BYTES);
  const isText = bytes.read(head, 0) === head.length && !isPacked(head) && !isUtf16(head);
  if (isText) return { bytes, start: head.readUIntBE(0, 3) === 0xefbbbf ? 3 : 0 };
  bytes.close();
  return null;
}

function isUtf16(head: Buffer): boolean {
  const mark = head.readUInt16BE(0);
  return mark === 0xfeff || mark === 0xfffe;
}
