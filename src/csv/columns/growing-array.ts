type Values = Float64Array | Int32Array;

/** A typed array whose length is not known beforehand. Cost: amortised one copy; at most twice the memory. */
export class GrowingArray<T extends Values> {
  private filled = 0;

  private constructor(
    private values: T,
    private readonly create: (length: number) => T,
  ) {}

  /** An empty array of doubles. */
  static float64(): GrowingArray<Float64Array> {
    return new GrowingArray(new Float64Array(64), (length) => new Float64Array(length));
  }

  /** An empty array of 32-bit integers. */
  static int32(): GrowingArray<Int32Array> {
    return new GrowingArray(new Int32Array(64), (length) => new Int32Array(length));
  }

  push(value: number): void {
    if (this.filled === this.values.length) {
      const larger = this.create(this.filled * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.filled++] = value;
  }

  /** The values so far, in an array of exactly their number. */
  toArray(): T {
    return this.values.slice(0, this.filled) as T;
  }
}
