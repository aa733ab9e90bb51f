import type { WasmMemory } from '../../kernels/wasm-memory.js';
import { mustBePlain } from './not-plain.js';
import type { StoredBytes } from './stored-bytes.js';

const LF = 10;
/** The kernels read so many bytes past the end of a window, and it may get a line feed. */
const SLACK = 64;

/** Part of a text in the shared memory: whole lines, each with its line feed. Addresses. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Takes a text through one stretch of shared memory, window by window. */
export class Windows {
  readonly base: number;
  /** The bytes of the stretch. */
  readonly view: Buffer;

  constructor(
    wasm: WasmMemory,
    private readonly bytes: StoredBytes,
    private readonly capacity: number,
  ) {
    this.base = wasm.allocate(capacity + SLACK);
    this.view = Buffer.from(wasm.memory.buffer, this.base, capacity + SLACK);
  }

  /** The windows of the bytes [start, end). Each is valid until the next is asked for. @throws NotPlain for a line too long */
  *between(start: number, end: number): Generator<Window> {
    const { view, base } = this;
    let position = start;
    let left = 0;
    while (position < end) {
      const wanted = Math.min(this.capacity - left, end - position);
      mustBePlain(wanted > 0 && this.bytes.read(view.subarray(left, left + wanted), position) === wanted);
      position += wanted;
      let filled = left + wanted;
      if (position === end) view[filled++] = LF;
      const length = view.subarray(0, filled).lastIndexOf(LF) + 1;
      if (length > 0) yield { from: base, to: base + length };
      view.copyWithin(0, length, filled);
      left = filled - length;
    }
  }
}
