const SMALLEST = 32;

/**
 * A growing lower triangular matrix L and its solves. Row i begins at i * stride; what is right of the diagonal is never read.
 * The readable twin of the compiled one.
 */
export class PlainTriangle {
  stride = 0;
  data = new Float64Array(0);
  /** A vector that solves may be given, `stride` long, in the memory of the matrix. */
  work = new Float64Array(0);

  /** Makes room for `rows` rows and keeps the first `kept`. `work` is not kept. */
  reserve(rows: number, kept: number): void {
    if (rows <= this.stride) return;
    const { data, stride: old } = this;
    this.stride = Math.max(SMALLEST, 2 * old, rows + (rows % 2));
    this.data = this.allocate(this.stride * this.stride);
    this.work = this.allocate(this.stride);
    for (let i = 0; i < kept; i++) {
      this.data.set(data.subarray(i * old, i * old + i + 1), i * this.stride);
    }
  }

  /** Solves L x = b in place with the first x.length rows. @param x in the memory of the matrix. Cost: |x|^2 / 2. */
  forward(x: Float64Array): void {
    const { data, stride } = this;
    for (let i = 0; i < x.length; i++) {
      const row = i * stride;
      let s = 0;
      for (let k = 0; k < i; k++) s += data[row + k] * x[k];
      x[i] = (x[i] - s) / data[row + i];
    }
  }

  /** Solves L' x = b likewise. */
  backward(x: Float64Array): void {
    const { data, stride } = this;
    for (let i = x.length - 1; i >= 0; i--) {
      const row = i * stride;
      const value = x[i] / data[row + i];
      x[i] = value;
      for (let k = 0; k < i; k++) x[k] -= value * data[row + k];
    }
  }

  protected allocate(length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(length);
  }
}
