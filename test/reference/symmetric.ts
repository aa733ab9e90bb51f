import { PlainFactor } from './support-factor.js';

/** The readable twin of `Symmetric`. */
export class PlainSymmetric {
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

  factor(): PlainFactor {
    return new PlainFactor(this);
  }
}
