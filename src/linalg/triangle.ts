import type { WasmMemory } from '../runtime/wasm-memory.js';

const SMALLEST = 32;

/**
 * A growing lower triangular matrix L and its solves. Row i begins at i * stride; what is right of the diagonal is never read.
 * In the memory of the kernels; it grows only outside `scoped`.
 */
export class Triangle {
  stride = 0;
  data: Float64Array = new Float64Array(0);
  /** A vector that solves may be given, `stride` long, in the memory of the matrix. */
  work: Float64Array = new Float64Array(0);

  constructor(private readonly wasm: WasmMemory) {}

  /** Makes room for `rows` rows and keeps the first `kept`. `work` is not kept. */
  reserve(rows: number, kept: number): void {
    if (rows <= this.stride) return;
    const { data, stride: old } = this;
    this.stride = Math.max(SMALLEST, 2 * old, rows + (rows % 2));
    this.data = this.wasm.doubles(this.stride * this.stride);
    this.work = this.wasm.doubles(this.stride);
    for (let i = 0; i < kept; i++) {
      this.data.set(data.subarray(i * old, i * old + i + 1), i * this.stride);
    }
  }

  /** Solves L x = b in place with the first x.length rows. @param x in the memory of the matrix. Cost: |x|^2 / 2. */
  forward(x: Float64Array): void {
    const { data, stride, wasm } = this;
    wasm.exports.forwardSolve(data.byteOffset, stride, x.length, x.byteOffset);
  }

  /** Solves L' x = b likewise. */
  backward(x: Float64Array): void {
    const { data, stride, wasm } = this;
    wasm.exports.backwardSolve(data.byteOffset, stride, x.length, x.byteOffset);
  }
}
