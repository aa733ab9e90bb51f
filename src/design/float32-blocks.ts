import { COLUMN_LANES, LANES } from '../runtime/lanes.js';
import type { Operation } from '../runtime/thread-pool.js';
import { MOST_PARTIAL_SUMS } from './blocks.js';
import type { CompiledBlocks } from './design.js';

/** What is added to the diagonal of a Gram matrix, relative to it. */
const LIFT = 2 ** -20;

/**
 * A copy of a tall design in single precision, laid out alike but for row counts, which are multiples of four. What is
 * multiplied and added there is right to about 2^-24 in each row, and to that divided by the root of the number of rows on average.
 */
export class Float32Blocks {
  readonly paddedRows: number;
  /** Address of the copy's descriptor. */
  readonly descriptor: number;
  private weights: Weights;

  /** Cost: one pass over the design. It lives as long as what is allocated with it. */
  constructor(readonly design: CompiledBlocks) {
    const { engine, columns, height, paddedRows, descriptor } = design;
    const { wasm, pool } = engine;
    this.paddedRows = 4 * Math.ceil(paddedRows / 4);
    const cells = wasm.allocate(4 * this.paddedRows * columns);
    this.descriptor = wasm.words([cells, this.paddedRows, columns, height]);
    this.weights = { of: null, unit: 1, address: wasm.allocate(4 * this.paddedRows) };
    wasm.scoped(() => pool.run('roundBlocks', wasm.words([descriptor, this.descriptor]), LANES));
  }

  /** Z_A' r for singles in memory; returns the address of the result, doubles. Call inside `scoped`. */
  gradientAt(r: number, subset: number, count: number): number {
    const { design } = this;
    const partial = design.engine.wasm.allocate(8 * count * LANES);
    this.run('gradientBlocksFloat32', LANES, [subset, count, r, partial]);
    return design.reduce(partial, count, LANES);
  }

  /**
   * What `Design.gramRows` gives, its diagonal larger by a millionth: far more than what is rounded, so that a column which depends on
   * others cannot seem to be the opposite of itself. @param w not to be changed while it is in use
   */
  gramRows(w: Float64Array, subset: Int32Array, first: number): Float64Array {
    const { unit, address } = this.weightsIn(w);
    const rows = this.unitGramRows(address, subset, first);
    for (let k = 0; k < rows.length; k++) rows[k] *= unit;
    for (let a = first; a < subset.length; a++) rows[(a - first) * subset.length + a] *= 1 + LIFT;
    return rows;
  }

  /** Z_A' w for weights, as `Design.gradient` has it. @param w as above */
  gradient(w: Float64Array, out: Float64Array, subset?: Int32Array): void {
    const { unit, address } = this.weightsIn(w);
    const { wasm } = this.design.engine;
    wasm.scoped(() => {
      const result = this.gradientAt(address, this.design.subsetIn(subset), out.length);
      const sums = wasm.doublesAt(result, out.length);
      for (let a = 0; a < out.length; a++) out[a] = unit * sums[a];
    });
  }

  /** Weights w_i = unit u_i as singles u_i. Those of the last time are kept: a Hessian grows by a few columns at a time. */
  private weightsIn(w: Float64Array): Weights {
    const { of, address } = this.weights;
    if (of === w) return this.weights;
    const unit = largest(w);
    const singles = this.singlesAt(address).fill(0);
    for (let i = 0; i < w.length; i++) singles[i] = w[i] / unit;
    this.weights = { of: w, unit, address };
    return this.weights;
  }

  private unitGramRows(w: number, subset: Int32Array, first: number): Float64Array {
    const { design } = this;
    const { wasm } = design.engine;
    return wasm.scoped(() => {
      const size = (subset.length - first) * subset.length;
      const byTiles = size * LANES > MOST_PARTIAL_SUMS;
      const target = wasm.doubles(size * (byTiles ? 1 : LANES));
      if (byTiles) target.fill(0);
      this.run(byTiles ? 'gramTilesFloat32' : 'gramBlocksFloat32', byTiles ? COLUMN_LANES : LANES, [
        ...[wasm.words(subset), subset.length, w, target.byteOffset, first],
      ]);
      const result = byTiles ? target.byteOffset : design.reduce(target.byteOffset, size, LANES);
      return wasm.doublesAt(result, size).slice();
    });
  }

  /** Address of a vector over the rows in single precision; the padding is zeros. */
  vectorIn(x: Float64Array): number {
    const { wasm } = this.design.engine;
    const address = wasm.allocate(4 * this.paddedRows);
    this.singlesAt(address).fill(0).set(x);
    return address;
  }

  /** A view of a vector over the rows, padding included. */
  singlesAt(address: number): Float32Array {
    return new Float32Array(this.design.engine.wasm.memory.buffer, address, this.paddedRows);
  }

  /** Runs a job whose first argument is this copy. */
  run(operation: Operation, lanes: number, rest: readonly number[]): void {
    const { wasm, pool } = this.design.engine;
    wasm.scoped(() => pool.run(operation, wasm.words([this.descriptor, ...rest]), lanes));
  }
}

/** Weights in single precision, and the vector that they are of. */
interface Weights {
  readonly of: Float64Array | null;
  readonly unit: number;
  readonly address: number;
}

/** The largest entry; 1 where all are 0. */
export function largest(x: Float64Array): number {
  let most = 0;
  for (let i = 0; i < x.length; i++) if (x[i] > most) most = x[i];
  return most > 0 ? most : 1;
}
