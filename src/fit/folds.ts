import type { Engine } from '../kernels/engine.js';
import type { Prepared } from './prepare.js';
import type { Parts } from './read-parts.js';
import type { ResolvedOptions } from './resolve-options.js';

/** What a cross-validation works on. */
export interface Folds {
  readonly parts: Parts;
  /** All training rows, ready to be solved. */
  readonly prepared: Prepared;
  /** The rows of each fold and those that are left without it: positions among the training rows, ascending. */
  readonly rows: readonly { readonly held: Int32Array; readonly rest: Int32Array }[];
  readonly options: ResolvedOptions;
  /** Decreasing. */
  readonly lambdas: readonly number[];
  /** Solutions on all training rows, one a lambda, in the coordinates of `prepared`. */
  readonly path: readonly { readonly intercept: number; readonly beta: Float64Array }[];
  readonly engine: Engine | null;
}

/** What it takes to do folds by their rows. */
export interface FoldSource extends Pick<Folds, 'parts' | 'rows' | 'options' | 'lambdas' | 'engine'> {
  /** Features of all training rows. */
  readonly columns: number;
}

/** The errors of one fold along the path, and the weight of its rows. */
export interface FoldErrors {
  readonly weight: number;
  readonly errors: readonly number[];
}
