import { divided } from '../features/split.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { Engine } from '../runtime/engine.js';
import type { Prepared } from '../setup/prepare.js';
import type { Parts } from '../setup/read-parts.js';
import type { FoldPart, FoldTrace } from './screened/subproblem.js';

/** The rows of a fold and those that are left without it: positions among all, ascending. */
export interface FoldRows {
  readonly held: Int32Array;
  readonly rest: Int32Array;
}

/** The rows that were dealt to a fold; the rest is made when it is asked for, for sums do without. */
export class DealtRows implements FoldRows {
  private others: Int32Array | null = null;

  /** @param foldOf fold of each row; kept */
  constructor(
    readonly held: Int32Array,
    private readonly foldOf: Int32Array,
    private readonly fold: number,
  ) {}

  get rest(): Int32Array {
    this.others ??= divided(this.foldOf, this.fold).train;
    return this.others;
  }
}

/** What a cross-validation works on. */
export interface Folds {
  readonly parts: Parts;
  /** All training rows, ready to be solved. */
  readonly prepared: Prepared;
  /** Of each fold, among the training rows. */
  readonly rows: readonly FoldRows[];
  readonly options: ResolvedOptions;
  /** Decreasing. */
  readonly lambdas: readonly number[];
  /** Solutions on all training rows, one a lambda, in the coordinates of `prepared`. */
  readonly path: readonly { readonly intercept: number; readonly beta: Float64Array }[];
  readonly engine: Engine;
}

/** What it takes to do folds by their rows. */
export interface FoldSource extends Pick<Folds, 'parts' | 'rows' | 'options' | 'lambdas' | 'engine'> {
  /** Features of all training rows. */
  readonly columns: number;
  /** What of each fold is to be solved; null for all. */
  readonly chosen: readonly (FoldPart | null)[];
}

/** The errors of one fold along the path, and the weight of its rows. */
export interface FoldErrors {
  readonly weight: number;
  readonly errors: readonly number[];
  /** Of a fold that was solved in part. */
  readonly trace?: FoldTrace;
}
