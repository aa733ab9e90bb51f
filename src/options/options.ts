import type { FamilyName } from '../families/family.js';
import type { ColumnNumbers, MissingPolicy, PenaltyName, SelectionRule } from './vocabulary.js';

export type { ColumnNumbers, MissingPolicy, PenaltyName, SelectionRule };

/** The lambdas to solve: a list given by the user, or a grid that comes down from lambdaMax. */
export type LambdaChoice =
  | { readonly kind: 'list'; readonly values: readonly number[] }
  | { readonly kind: 'grid'; readonly count: number; readonly minRatio: number | null };

/** The options of `fit`. Every field except `target` has a default; names are those of the flags. */
export interface FitOptions {
  readonly target: string;
  /** Names or globs (`*`, `?`); null takes every column but the target. */
  readonly features?: readonly string[] | null;
  readonly exclude?: readonly string[];
  readonly categorical?: readonly string[];
  readonly maxLevels?: number;
  readonly missing?: MissingPolicy;
  readonly weights?: string | null;
  readonly offset?: string | null;
  readonly family?: 'auto' | FamilyName;
  /** The class whose probability is modelled; null takes the contract's default. */
  readonly positive?: string | null;
  readonly penalty?: PenaltyName;
  /** Only with penalty `elasticnet`. */
  readonly l1Ratio?: number;
  readonly standardize?: boolean;
  /**
   * Gaussian: the penalty acts on the target divided by its standard deviation (its root mean square without an intercept), as in glmnet, and
   * lambda is glmnet's. Coefficients stay on the scale of the target.
   */
  readonly standardizeTarget?: boolean;
  readonly intercept?: boolean;
  /** Multiplies lambda for a column; 0 leaves it unpenalised. A column means all of its one-hot features too. */
  readonly penaltyFactor?: ColumnNumbers;
  /** Bounds on coefficients, on the original scale of the columns; each must allow 0. */
  readonly lower?: ColumnNumbers;
  readonly upper?: ColumnNumbers;
  readonly nonnegative?: boolean;
  readonly lambda?: LambdaChoice;
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** A fraction below 1, or a count of test rows; 0 for none. */
  readonly holdout?: number;
  readonly seed?: number;
  /** null: on for binomial. */
  readonly stratify?: boolean | null;
  /** Folds of a cross-validation on the training rows; null for none. */
  readonly cv?: number | null;
  /** null: `cv-1se` with `cv`, else `test` with test rows, else `aicc`. */
  readonly select?: SelectionRule | null;
}
