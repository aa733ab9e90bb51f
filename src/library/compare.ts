import type { DiffReport } from '../comparison/compare.js';
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
  return said(async () => {
    const { atol = 0, rtol = 1e-6 } = checked(options, { atol: NOT_NEGATIVE, rtol: NOT_NEGATIVE });
    const [{ compare: compareCore }, { comparableFit, comparableModel }] = await Promise.all([
      import('../comparison/compare.js'),
      import('../comparison/comparable.js'),
    ]);
    const side = async (given: Model | FitReport, source: string) =>
      (given as Partial<Model> | null)?.schema === MODEL_SCHEMA
        ? comparableModel(await asModel(given), source)
        : comparableFit(fittedOf(given as FitReport).outcome.report, source);
    return compareCore(await side(base, 'base'), await side(next, 'new'), { atol, rtol });
  });
}
