import type { Design } from './design.js';
import type { Engine } from './engine.js';
import { engineBeside } from './engine-beside.js';
import { SharedFactor, type SharedRows } from './shared-factor.js';
import { SharedTriangle } from './shared-triangle.js';
import { PlainSymmetric, type Symmetric } from './symmetric.js';
import type { Triangle } from './triangle.js';

const SLOTS = 3;
/** Rows that there is room for at least. */
export const LEAST_STRIDE = 64;
/** Times so many rows has room for what has outgrown its place. */
const GROWTH = 1.5;

/** An empty symmetric matrix beside a design: in the memory of the compiled kernels where the design is theirs. */
export function symmetricBeside(design: Design): Symmetric {
  const engine = engineBeside(design);
  return engine === null ? new PlainSymmetric() : new SharedSymmetric(engine);
}

/** The same, filled. @param full size x size, row-major */
export function symmetricOf(design: Design, full: Float64Array, size: number): Symmetric {
  const matrix = symmetricBeside(design);
  matrix.resize(size);
  if (matrix instanceof SharedSymmetric) matrix.fill(full);
  else for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) matrix.set(i, j, full[i * size + j]);
  return matrix;
}

/** A symmetric matrix in the memory of the compiled kernels; rows are an even number of doubles apart. */
class SharedSymmetric implements Symmetric, SharedRows {
  size = 0;
  stride = 0;
  private data: Float64Array = new Float64Array(0);
  private vectors: Float64Array = new Float64Array(0);
  private list: Int32Array = new Int32Array(0);
  private values: Float64Array = new Float64Array(0);

  constructor(private readonly engine: Engine) {}

  resize(size: number): void {
    if (size > this.stride) this.reserve(even(Math.max(Math.ceil(GROWTH * this.stride), size, LEAST_STRIDE)));
    this.size = size;
  }

  get address(): number {
    return this.data.byteOffset;
  }

  entry(i: number, j: number): number {
    return this.data[i * this.stride + j];
  }

  set(i: number, j: number, value: number): void {
    this.data[i * this.stride + j] = value;
    this.data[j * this.stride + i] = value;
  }

  /** @param full size x size, row-major */
  fill(full: Float64Array): void {
    const { size, stride, data } = this;
    for (let i = 0; i < size; i++) data.set(full.subarray(i * size, (i + 1) * size), i * stride);
  }

  addRow(j: number, a: number, out: Float64Array): void {
    const { exports } = this.engine.wasm;
    exports.addRow(this.data.byteOffset + 8 * j * this.stride, this.evenSize(), a, out.byteOffset);
  }

  addRows(list: Int32Array, values: Float64Array, out: Float64Array): void {
    this.list.set(list);
    this.values.set(values);
    this.engine.wasm.exports.predictPanel(
      this.data.byteOffset,
      this.stride,
      this.list.byteOffset,
      list.length,
      this.values.byteOffset,
      out.byteOffset,
      0,
      this.evenSize(),
    );
  }

  vector(slot: number): Float64Array {
    const from = slot * this.stride;
    this.vectors.fill(0, from, from + this.stride);
    return this.vectors.subarray(from, from + this.size);
  }

  dense(): Float64Array {
    const { size, stride, data } = this;
    const out = new Float64Array(size * size);
    for (let i = 0; i < size; i++) out.set(data.subarray(i * stride, i * stride + size), i * size);
    return out;
  }

  triangle(): Triangle {
    return new SharedTriangle(this.engine.wasm);
  }

  factor(): SharedFactor {
    return new SharedFactor(this.engine, this);
  }

  /** The kernels take two at a time; the entry beyond an odd size holds nothing of worth. */
  private evenSize(): number {
    return even(this.size);
  }

  private reserve(stride: number): void {
    const { wasm } = this.engine;
    const { size, data, stride: old } = this;
    this.stride = stride;
    this.data = wasm.doubles(stride * stride);
    this.vectors = wasm.doubles(SLOTS * stride);
    this.list = wasm.fours(Int32Array, stride);
    this.values = wasm.doubles(stride);
    for (let i = 0; i < size; i++) this.data.set(data.subarray(i * old, i * old + size), i * stride);
  }
}

function even(n: number): number {
  return n + (n % 2);
}
