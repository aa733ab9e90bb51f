import type { WasmMemory } from '../../runtime/wasm-memory.js';
import type { StoredBytes } from '../bytes/stored-bytes.js';
import { mustBePlain } from './not-plain.js';

const LF = 10;
/** The kernels read this many bytes past the end of a window; a line feed may be added there. */
const SLACK = 64;

/** Part of a text in the shared memory: whole lines, each with its line feed. Addresses. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * Moves a text through shared memory, window by window, in two alternating buffers: one is parsed while the next is read.
 */
export class Windows {
  readonly base: number;
  /** The bytes of both buffers. */
  readonly view: Buffer;
  private readonly stretch: number;
  private position: number;
  /** Which buffer is filled next, and where the beginning of a line that ends in it is. */
  private turn = 0;
  private rest = { from: 0, to: 0 };
  private ahead: Window | null = null;

  /** @param start where the rows begin in `bytes`; @param end where they end; @param capacity bytes of a window */
  constructor(
    wasm: WasmMemory,
    private readonly bytes: StoredBytes,
    private readonly capacity: number,
    start: number,
    private readonly end: number,
  ) {
    this.stretch = capacity + SLACK;
    this.base = wasm.allocate(2 * this.stretch);
    this.view = Buffer.from(wasm.memory.buffer, this.base, 2 * this.stretch);
    this.position = start;
  }

  /** The next window, valid until the one after the next is read; null at the end. @throws NotPlain for a line too long */
  next(): Window | null {
    const window = this.ahead ?? this.read();
    this.ahead = null;
    return window;
  }

  /** Reads what `next` will return, so that it need not. */
  readAhead(): void {
    this.ahead ??= this.read();
  }

  private read(): Window | null {
    const { view, rest } = this;
    if (this.position === this.end) return null;
    const first = this.turn * this.stretch;
    view.copyWithin(first, rest.from, rest.to);
    let filled = first + rest.to - rest.from;
    const wanted = Math.min(first + this.capacity - filled, this.end - this.position);
    mustBePlain(
      wanted > 0 && this.bytes.read(view.subarray(filled, filled + wanted), this.position) === wanted,
    );
    this.position += wanted;
    filled += wanted;
    if (this.position === this.end) view[filled++] = LF;
    const length = view.subarray(first, filled).lastIndexOf(LF) + 1;
    mustBePlain(length > 0);
    this.rest = { from: first + length, to: filled };
    this.turn = 1 - this.turn;
    return { from: this.base + first, to: this.base + first + length };
  }
}
