import { DEFAULT_NA } from '../csv/dialect/cell-rules.js';
import type { FoundDialect } from '../csv/records/found-dialect.js';
import { DataError } from '../errors.js';
import type { Model, ModelFeature } from '../model/model.js';

/** The largest accepted difference in standardized coefficients, relative to the largest of them. */
export const RECIPE_TOLERANCE = 1e-6;

/** A fit to repeat in another tool: the model, and how to find its training rows in its file. */
export interface Recipe {
  readonly model: Model;
  readonly dialect: FoundDialect;
  /** Texts that count as missing, besides the empty cell. */
  readonly na: readonly string[];
  /** Rows of the file, from 0, that were not trained on. */
  readonly leftOut: readonly number[];
  /** Features that vary in training; all others have the coefficient 0 by definition. */
  readonly features: readonly ModelFeature[];
  /** Whether no coefficient is penalised. */
  readonly unpenalised: boolean;
  readonly l1Ratio: number;
}

/** @param trained the rows that the model learned from, ascending */
export function recipeOf(model: Model, trained: Int32Array, dialect: Recipe['dialect']): Recipe {
  const used = new Set(trained);
  const { penalty, l1Ratio } = model.model;
  const features = model.features.filter(({ scale }) => scale !== 0);
  if (features.length === 0) {
    throw new DataError('no feature of the model varies in training, so that there is nothing to fit');
  }
  if (model.csv.columnNa !== undefined) {
    throw new DataError(
      'a recipe reads all columns alike, and this model has marks for missing of single columns (--na COL=TOKENS); train with one list for all',
    );
  }
  return {
    model,
    dialect,
    na: model.csv.na ?? DEFAULT_NA,
    leftOut: Array.from({ length: model.training.rows }, (_, row) => row).filter((row) => !used.has(row)),
    features,
    unpenalised:
      penalty === 'none' || model.lambda === 0 || features.every(({ penaltyFactor }) => penaltyFactor === 0),
    l1Ratio: penalty === 'none' ? 0 : l1Ratio,
  };
}

/** Row numbers in lines that fit a page. */
export function numberLines(numbers: readonly number[], indent: string): string {
  const lines: string[] = [];
  for (let k = 0; k < numbers.length; k += 16) lines.push(indent + numbers.slice(k, k + 16).join(' '));
  return lines.join('\n');
}
