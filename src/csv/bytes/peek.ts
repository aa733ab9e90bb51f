import type { Chunks } from './source.js';

/** The first bytes of a stream, and the whole stream, those first bytes included. */
export interface Peeked {
  readonly head: Buffer;
  readonly all: AsyncIterable<Uint8Array>;
  /** Ends the stream for a reader that has seen enough and does not iterate `all`. */
  close(): Promise<void>;
}

/** Looks at the first `size` bytes of a stream, however small its chunks; fewer when the stream is shorter. */
export async function peek(chunks: Chunks, size: number): Promise<Peeked> {
  const rest = generate(chunks);
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < size) {
    const next = await rest.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const bytes = Buffer.concat(parts);
  const close = async () => {
    await rest.return(undefined);
  };
  return { head: bytes.subarray(0, size), all: replay(bytes, rest), close };
}

async function* generate(chunks: Chunks): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* replay(begin: Buffer, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (begin.length > 0) yield begin;
    yield* rest;
  } finally {
    // A reader that stops early never starts on the rest: close the file all the same.
    await rest.return(undefined);
  }
}
