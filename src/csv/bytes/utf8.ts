/**
 * Cuts UTF-8 into chunks that end with a whole character, so that each can be checked and decoded alone. A rest at the end of the file
 * comes last, unchanged.
 */
export async function* wholeCharacters(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let left: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = left.length === 0 ? asBuffer(chunk) : Buffer.concat([left, chunk]);
    const end = bytes.length - unfinishedBytes(bytes);
    left = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (left.length > 0) yield left;
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** How many bytes at the end begin a character without finishing it: 0 to 3. */
export function unfinishedBytes(bytes: Buffer): number {
  for (let count = 1; count <= 3 && count <= bytes.length; count++) {
    const byte = bytes[bytes.length - count];
    if (byte >= 0xc0) return count < sequenceLength(byte) ? count : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
