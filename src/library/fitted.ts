import { UsageError } from '../errors.js';
import type { FitOutcome } from '../fit/fit.js';
import { MODEL_SCHEMA, type Model } from '../model/model.js';
import { described } from './arguments.js';
import type { FitReport } from './reports.js';
import { saidAtOnce } from './words.js';

/** The data behind a report, as long as the report is in use. */
interface Fitted {
  readonly outcome: FitOutcome;
  /** The model of one solution of the path. */
  readonly build: (index: number) => Model;
  /** By index of the path. */
  readonly models: Map<number, Model>;
}

const FITTED = new WeakMap<object, Fitted>();
/** Models known to be valid, so that each is checked once. */
const WHOLE = new WeakSet<object>();

export function rememberFit(report: FitReport, outcome: FitOutcome, build: Fitted['build']): void {
  FITTED.set(report, { outcome, build, models: new Map() });
}

export function rememberModel(model: Model): Model {
  WHOLE.add(model);
  return model;
}

/** The data behind a report. @throws UsageError for anything that `fit` did not return */
export function fittedOf(report: FitReport): Fitted {
  const fitted = typeof report === 'object' && report !== null ? FITTED.get(report) : undefined;
  if (fitted === undefined) {
    throw new UsageError(
      `the report ${described(report)}: must be what fit gave, not a copy of it; keep a model with saveModel`,
    );
  }
  return fitted;
}

/**
 * The model of a fit, which can be kept and can score: plain data, as in a model file.
 * @param lambda which solution of the path; the selected one by default
 * @throws UsageError for a lambda that is not of the path
 */
export function modelOf(report: FitReport, lambda?: number): Model {
  return saidAtOnce(() => {
    const { outcome, build, models } = fittedOf(report);
    const { path, selected } = outcome.report;
    const index = lambda === undefined ? selected.index : path.findIndex((point) => point.lambda === lambda);
    if (index < 0) {
      throw new UsageError(
        `lambda ${described(lambda)}: is not one of the path, which has ${path.length} from ${path[0].lambda} to ${path.at(-1)!.lambda}`,
      );
    }
    const model = models.get(index) ?? rememberModel(build(index));
    models.set(index, model);
    return model;
  });
}

/** The model given, or that of a report of `fit`. @throws UsageError for anything else */
export function meantBy(given: Model | FitReport): Model {
  if (typeof given === 'object' && given !== null) {
    if ((given as Partial<Model>).schema === MODEL_SCHEMA) return given as Model;
    if (FITTED.has(given)) return modelOf(given as FitReport);
  }
  throw new UsageError(
    `the model ${described(given)}: must be what fit, loadModel or parseModel gave, or a copy of such a model`,
  );
}

/** The same, validated: a copy may have been changed. @throws DataError for a broken model */
export async function asModel(given: Model | FitReport): Promise<Model> {
  const model = meantBy(given);
  if (WHOLE.has(model)) return model;
  const [{ checkModel }, { checkSchema }] = await Promise.all([
    import('../model/file/check.js'),
    import('../model/file/json-file.js'),
  ]);
  const remedy = 'load it again with loadModel';
  checkSchema({ ...model, digest: `sha256:${'0'.repeat(64)}` }, 'model', 'the model', remedy);
  checkModel(model, 'the model', remedy);
  return rememberModel(model);
}
