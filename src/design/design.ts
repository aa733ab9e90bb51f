import type { Engine } from '../runtime/engine.js';
import type { Operation } from '../runtime/thread-pool.js';

/**
 * What a solver sees of the data: a matrix X (rows x columns) behind a few operations, never its cells.
 * The same solver so runs on blocks in memory, on blocks spread over threads, or on sums made elsewhere.
 */
export interface Design {
  /** The compiled kernels, for the algebra beside the design. */
  readonly engine: Engine;
  readonly rows: number;
  readonly columns: number;
  /**
   * The cells as blocks in the memory of the kernels, for compiled passes that do several of the operations below at once; null for a design
   * that keeps its columns otherwise. Whoever asks for them has a way by the operations alone.
   */
  readonly blocks: CompiledBlocks | null;
  /**
   * out = X' r, or X_A' r for the columns A = `subset`.
   * @param r length rows; @param out length columns or |A|, overwritten. Cost: rows columns.
   */
  gradient(r: Float64Array, out: Float64Array, subset?: Int32Array): void;
  /** eta += X beta, or X_A beta. @param beta length columns or |A|; zeros cost nothing; @param eta length rows. */
  addPrediction(beta: Float64Array, eta: Float64Array, subset?: Int32Array): void;
  /**
   * X_A' diag(w) X_A for the columns A = `subset`, in that order: |A| x |A|, row-major, full, the caller's to keep.
   * @param w length rows. Cost: rows |A|^2.
   */
  gram(w: Float64Array, subset: Int32Array): Float64Array;
  /** The last rows, from `first` on, of the lower triangle of the same: (|A| - first) x |A|, row-major. */
  gramRows(w: Float64Array, subset: Int32Array, first: number): Float64Array;
  /** etas[k] += X betas[k] for several vectors in one pass over the data. */
  addPredictions(betas: readonly Float64Array[], etas: readonly Float64Array[]): void;
  /** outs[k] = X' rs[k] likewise. */
  gradients(rs: readonly Float64Array[], outs: readonly Float64Array[]): void;
  /** X diag(scale) X', or X_A diag(scale) X_A', rows x rows, row-major, full. @param scale length columns or |A|. Cost: rows^2 |scale| / 2. */
  outerGram(scale: Float64Array, subset?: Int32Array): Float64Array;
  /** The design of the columns `subset`, in that order; a copy. */
  select(subset: Int32Array): Design;
  /** The design of the rows `subset`, in that order; a copy, for sums over rows: it need not have outerGram and columns. */
  selectRows(subset: Int32Array): Design;
  /** Column j as one vector, read only. Only for designs with more columns than rows. */
  column(j: number): Float64Array;
  /** sum_i w_i x_ij^2 for every column. Only for designs with more columns than rows. @param w length rows. Cost: rows columns. */
  columnSquares(w: Float64Array): Float64Array;
}

/** A design whose cells are doubles in the memory of the kernels, in blocks of rows, each column by column. */
export interface CompiledBlocks extends Design {
  /** Address of the descriptor that src/assembly/design/layout.ts reads. */
  readonly descriptor: number;
  /** Rows with the row of zeros that makes an odd number even. */
  readonly paddedRows: number;
  /** Rows of a block. */
  readonly height: number;
  /** Whether it is laid out for more columns than rows: one block, and work is divided by columns. */
  readonly wide: boolean;
  /** One block, wide or just short: jobs on many vectors then leave whole results, not lanes. */
  readonly isOneBlock: boolean;
  selectRows(subset: Int32Array): CompiledBlocks;
  /** X_A' r for a vector in memory; returns the address of the result. Call inside `scoped`. */
  gradientAt(r: number, subset: number, count: number): number;
  /** eta += X_A beta for vectors in memory. */
  addPredictionAt(subset: number, count: number, beta: number, eta: number): void;
  /** Address of a copy of a vector over the rows, padded with a zero. Call inside `scoped`. */
  vectorIn(x: Float64Array): number;
  /** Address of a list of columns; all of them without an argument. */
  subsetIn(subset?: Int32Array): number;
  /** Runs a job whose first argument is this design. @param scratch bytes that a thread needs beside what it always has */
  run(operation: Operation, lanes: number, rest: readonly number[], scratch?: number): void;
  /** Adds up what the lanes left behind, in lane order. */
  reduce(partial: number, count: number, lanes: number): number;
}
