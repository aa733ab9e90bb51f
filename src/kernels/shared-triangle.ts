import { Triangle } from './triangle.js';
import type { WasmMemory } from './wasm-memory.js';

/** A triangle in the memory of the compiled kernels, which solve with it. It grows only outside `scoped`. */
export class SharedTriangle extends Triangle {
  constructor(private readonly wasm: WasmMemory) {
    super();
  }

  override forward(x: Float64Array): void {
    const { data, stride, wasm } = this;
    wasm.exports.forwardSolve(data.byteOffset, stride, x.length, x.byteOffset);
  }

  override backward(x: Float64Array): void {
    const { data, stride, wasm } = this;
    wasm.exports.backwardSolve(data.byteOffset, stride, x.length, x.byteOffset);
  }

  protected override allocate(length: number): Float64Array<ArrayBuffer> {
    // Shared memory behind the type of the reference: both are read and written alike.
    return this.wasm.doubles(length) as Float64Array<ArrayBuffer>;
  }
}
