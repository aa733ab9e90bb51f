import { type Factor, SupportFactor } from './support-factor.js';
import { Triangle } from './triangle.js';

/** A growing symmetric matrix as coordinate descent needs it: entries, and sums of its rows. */
export interface Symmetric {
  readonly size: number;
  entry(i: number, j: number): number;
  /** Sets entries (i, j) and (j, i). */
  set(i: number, j: number, value: number): void;
  /** Makes it `size` x `size`; what it held is kept as far as it fits, what is new is not cleared. */
  resize(size: number): void;
  /** out += a * row j. @param out one of the work vectors */
  addRow(j: number, a: number, out: Float64Array): void;
  /** out += sum_k values[k] * row list[k]. @param out one of the work vectors */
  addRows(list: Int32Array, values: Float64Array, out: Float64Array): void;
  /** Work vector `slot` (0 to 2) of `size` zeros that the two above can write to; valid until the matrix grows. */
  vector(slot: number): Float64Array;
  /** A copy: size x size, row-major. */
  dense(): Float64Array;
  /** An empty triangle in the same memory. */
  triangle(): Triangle;
  /** An empty factor of it, in the same memory. */
  factor(): Factor;
}

/** The readable reference. */
export class PlainSymmetric implements Symmetric {
  size = 0;
  private data = new Float64Array(0);

  resize(size: number): void {
    const data = new Float64Array(size * size);
    const kept = Math.min(size, this.size);
    for (let i = 0; i < kept; i++)
      data.set(this.data.subarray(i * this.size, i * this.size + kept), i * size);
    this.data = data;
    this.size = size;
  }

  entry(i: number, j: number): number {
    return this.data[i * this.size + j];
  }

  set(i: number, j: number, value: number): void {
    this.data[i * this.size + j] = value;
    this.data[j * this.size + i] = value;
  }

  addRow(j: number, a: number, out: Float64Array): void {
    const { data, size } = this;
    for (let k = 0, at = j * size; k < size; k++, at++) out[k] += a * data[at];
  }

  addRows(list: Int32Array, values: Float64Array, out: Float64Array): void {
    list.forEach((j, a) => {
      this.addRow(j, values[a], out);
    });
  }

  vector(_slot: number): Float64Array {
    return new Float64Array(this.size);
  }

  dense(): Float64Array {
    return this.data.slice();
  }

  triangle(): Triangle {
    return new Triangle();
  }

  factor(): Factor {
    return new SupportFactor(this);
  }
}

/** The rows `rows` and columns `columns` of a square matrix, row-major, as a new one. */
export function submatrix(
  a: Float64Array,
  size: number,
  rows: Int32Array,
  columns: Int32Array,
): Float64Array {
  const out = new Float64Array(rows.length * columns.length);
  for (let i = 0, k = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++, k++) out[k] = a[rows[i] * size + columns[j]];
  }
  return out;
}
