import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that can be read at any place, synchronously. */
export interface StoredBytes {
  readonly size: number;
  /** Fills `target` from `position` on as far as there are bytes; returns how many. `target` may be shared memory. */
  read(target: Uint8Array, position: number): number;
  close(): void;
}

/** A regular file. The operating system's failures are thrown as they are. */
export function fileBytes(path: string): StoredBytes {
  const file = openSync(path, 'r');
  const read = (target: Uint8Array, position: number) => {
    let filled = 0;
    while (filled < target.length) {
      const count = readSync(file, target, filled, target.length - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    return filled;
  };
  return { size: fstatSync(file).size, read, close: () => closeSync(file) };
}

/** Bytes in memory, in pieces. Cost of a read: a binary search and a copy. */
export function memoryBytes(pieces: readonly Uint8Array[]): StoredBytes {
  const ends: number[] = [];
  let size = 0;
  for (const piece of pieces) {
    size += piece.length;
    ends.push(size);
  }
  const read = (target: Uint8Array, position: number) => {
    let filled = 0;
    for (let index = firstAbove(ends, position); index < pieces.length && filled < target.length; index++) {
      const skipped = position + filled - (ends[index] - pieces[index].length);
      const part = pieces[index].subarray(skipped, skipped + target.length - filled);
      target.set(part, filled);
      filled += part.length;
    }
    return filled;
  };
  return { size, read, close: () => {} };
}

/** The index of the first value above `bound`, in ascending values. */
function firstAbove(values: readonly number[], bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
