import type { Engine } from '../runtime/engine.js';
import { Triangle } from './triangle.js';
import { SupportFactor, type SymmetricRows } from './updated-cholesky.js';

const SLOTS = 3;
/** Rows that there is room for at least. */
export const LEAST_STRIDE = 64;
/** Times so many rows has room for what has outgrown its place. */
const GROWTH = 1.5;

/**
 * A growing symmetric matrix as coordinate descent needs it: entries, and sums of its rows. In the memory of the kernels, rows an even number
 * of doubles apart.
 */
export class Symmetric implements SymmetricRows {
  size = 0;
  stride = 0;
  private data: Float64Array = new Float64Array(0);
  private vectors: Float64Array = new Float64Array(0);
  private list: Int32Array = new Int32Array(0);
  private values: Float64Array = new Float64Array(0);

  constructor(private readonly engine: Engine) {}

  /** A matrix of these entries. @param full size x size, row-major */
  static of(engine: Engine, full: Float64Array, size: number): Symmetric {
    const matrix = new Symmetric(engine);
    matrix.resize(size);
    matrix.fill(full);
    return matrix;
  }

  /** Makes it `size` x `size`; what it held is kept as far as it fits, what is new is not cleared. */
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

  /** Sets entries (i, j) and (j, i). */
  set(i: number, j: number, value: number): void {
    this.data[i * this.stride + j] = value;
    this.data[j * this.stride + i] = value;
  }

  /** @param full size x size, row-major */
  fill(full: Float64Array): void {
    const { size, stride, data } = this;
    for (let i = 0; i < size; i++) data.set(full.subarray(i * size, (i + 1) * size), i * stride);
  }

  /** out += a * row j. @param out one of the work vectors */
  addRow(j: number, a: number, out: Float64Array): void {
    const { exports } = this.engine.wasm;
    exports.addRow(this.data.byteOffset + 8 * j * this.stride, this.evenSize(), a, out.byteOffset);
  }

  /** out += sum_k values[k] * row list[k]. @param out one of the work vectors */
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

  /** Work vector `slot` (0 to 2) of `size` zeros that the two above can write to; valid until the matrix grows. */
  vector(slot: number): Float64Array {
    const from = slot * this.stride;
    this.vectors.fill(0, from, from + this.stride);
    return this.vectors.subarray(from, from + this.size);
  }

  /** A copy: size x size, row-major. */
  dense(): Float64Array {
    const { size, stride, data } = this;
    const out = new Float64Array(size * size);
    for (let i = 0; i < size; i++) out.set(data.subarray(i * stride, i * stride + size), i * size);
    return out;
  }

  /** An empty triangle in the same memory. */
  triangle(): Triangle {
    return new Triangle(this.engine.wasm);
  }

  /** An empty factor of it, in the same memory. */
  factor(): SupportFactor {
    return new SupportFactor(this.engine, this);
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
