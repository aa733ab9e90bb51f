const FIRST_BYTES = 256 * 1024;

/** Text that is assembled piece by piece, in memory that is reused. */
export class TextSink {
  private memory = Buffer.allocUnsafe(FIRST_BYTES);
  private filled = 0;

  get length(): number {
    return this.filled;
  }

  /** The bytes [from, to) of another text. */
  bytes(text: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    this.memory.set(text.subarray(from, to), this.filled);
    this.filled += to - from;
  }

  /** A text of which each character is a byte. */
  latin1(text: string): void {
    this.reserve(text.length);
    this.filled += this.memory.write(text, this.filled, 'latin1');
  }

  /** The assembled text, valid until the next text is added. Starts again. */
  take(): Buffer {
    const taken = this.memory.subarray(0, this.filled);
    this.filled = 0;
    return taken;
  }

  private reserve(bytes: number): void {
    if (this.filled + bytes <= this.memory.length) return;
    const longer = Buffer.allocUnsafe(2 * (this.filled + bytes));
    longer.set(this.memory.subarray(0, this.filled));
    this.memory = longer;
  }
}
