import { type Comparable, comparableFit, comparableModel } from '../comparison/comparable.js';
import { compare as compareCore, type DiffReport } from '../comparison/compare.js';
import { MODEL_SCHEMA, type Model } from '../model/model.js';
import { checked, NOT_NEGATIVE } from './arguments.js';
import { asModel, fittedOf } from './fitted.js';
import type { FitReport } from './reports.js';
import { said } from './words.js';

/** Values are equal where |new - base| <= atol + rtol |base|. */
export interface CompareOptions {
  /** Default 0. */
  readonly atol?: number;
  /** Default 1e-6. */
  readonly rtol?: number;
}

/**
 * How one solution differs from another: metrics, settings, features, and for two models their columns.
 * @param base a model, or what `fit` gave: its selected solution
 * @throws UsageError for a wrong argument, DataError where the two predict different things
 */
export async function compare(
  base: Model | FitReport,
  next: Model | FitReport,
  options: CompareOptions = {},
): Promise<DiffReport> {
  return said(() => {
    const { atol = 0, rtol = 1e-6 } = checked(options, { atol: NOT_NEGATIVE, rtol: NOT_NEGATIVE });
    return compareCore(comparable(base, 'base'), comparable(next, 'new'), { atol, rtol });
  });
}

function comparable(given: Model | FitReport, source: string): Comparable {
  const isModel = (given as Partial<Model> | null)?.schema === MODEL_SCHEMA;
  return isModel
    ? comparableModel(asModel(given), source)
    : comparableFit(fittedOf(given as FitReport).outcome.report, source);
}
