import type { Engine } from '../runtime/engine.js';

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
