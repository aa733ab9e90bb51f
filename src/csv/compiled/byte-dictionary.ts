/** Bits of the hash that comes with each text. */
export const HASH_BITS = 18;

/** Distinct byte strings, numbered as they come. Hash buckets; the bytes are stored one after the other in a pool. */
export class ByteDictionary {
  private heads = new Int32Array(64).fill(-1);
  private next = new Int32Array(64);
  private hashes = new Int32Array(64);
  /** Entry k has the bytes from starts[k] to starts[k + 1] of the pool. */
  private starts = new Int32Array(65);
  private pool = new Uint8Array(1024);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of the bytes [from, from + length); -1 when they are new. */
  find(bytes: Uint8Array, from: number, length: number, hash: number): number {
    const { hashes, next, starts } = this;
    let entry = this.heads[hash & (this.heads.length - 1)];
    while (entry >= 0) {
      const same = hashes[entry] === hash && starts[entry + 1] - starts[entry] === length;
      if (same && this.holds(entry, bytes, from, length)) return entry;
      entry = next[entry];
    }
    return -1;
  }

  /** Adds bytes that `find` did not find. */
  add(bytes: Uint8Array, from: number, length: number, hash: number): number {
    if (this.count === this.next.length) this.grow();
    const entry = this.count++;
    const start = this.starts[entry];
    if (start + length > this.pool.length) this.pool = longer(this.pool, 2 * (start + length));
    this.pool.set(bytes.subarray(from, from + length), start);
    this.starts[entry + 1] = start + length;
    this.hashes[entry] = hash;
    this.chain(entry);
    return entry;
  }

  private holds(entry: number, bytes: Uint8Array, from: number, length: number): boolean {
    const { pool } = this;
    const start = this.starts[entry];
    for (let k = 0; k < length; k++) if (pool[start + k] !== bytes[from + k]) return false;
    return true;
  }

  private chain(entry: number): void {
    const bucket = this.hashes[entry] & (this.heads.length - 1);
    this.next[entry] = this.heads[bucket];
    this.heads[bucket] = entry;
  }

  private grow(): void {
    const size = 2 * this.count;
    this.next = longer(this.next, size);
    this.hashes = longer(this.hashes, size);
    this.starts = longer(this.starts, size + 1);
    if (size > 1 << HASH_BITS) return;
    this.heads = new Int32Array(size).fill(-1);
    for (let entry = 0; entry < this.count; entry++) this.chain(entry);
  }
}

function longer<T extends Int32Array | Uint8Array>(array: T, length: number): T {
  const copy = (array instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length)) as T;
  copy.set(array);
  return copy;
}
