import { decideSeparation } from '../certificate/decide-separation.js';
import { type KktPoint, kktViolations } from '../certificate/kkt.js';
import type { Table } from '../csv/columns/table.js';
import { metricsAlong } from '../metrics/along-path.js';
import type { FitOptions } from '../options/options.js';
import { resolveOptions } from '../options/resolve-options.js';
import type { Engine } from '../runtime/engine.js';
import { withRows } from '../setup/memory-budget.js';
import { type Prepared, prepare } from '../setup/prepare.js';
import { engineFor, readData } from '../setup/read-data.js';
import type { Parts } from '../setup/read-parts.js';
import { Warnings } from '../setup/warnings.js';
import { type Baseline, baselineOf } from './baseline.js';
import type { Metrics } from './fit-report.js';
import { originalScale } from './path-point.js';

/** A problem rebuilt from its data and options as `fit` builds it, not solved. */
export interface Revisited {
  readonly parts: Parts;
  readonly prepared: Prepared;
  readonly baseline: Baseline;
}

/** The evaluation of a given point on the problem. */
export interface Evaluated {
  /** Largest scaled violation of the KKT conditions. */
  readonly kkt: number;
  /** Names of the unpenalised features that separate the classes, so that no optimum exists; null where they do not. */
  readonly separatedBy: readonly string[] | null;
  /** The point on the original scale of the columns. */
  readonly intercept: number;
  readonly coefficients: Float64Array;
  readonly train: Metrics;
  readonly test: Metrics | null;
}

export interface RevisitContext {
  /** Threads to use for large problems; never changes a digit of the result. Default: 1. */
  readonly threads?: number;
  /** The compiled kernels to use for large problems, instead of own ones; not closed here. */
  readonly engine?: () => Engine;
}

/**
 * Rebuilds the problem of a fit and passes it to `look`; only the baseline's intercept is solved.
 * @param look must not keep the designs: they may be in the memory of an engine that is closed afterwards
 * @throws UsageError, DataError as `fit` does
 */
export function revisit<T>(
  table: Table,
  options: FitOptions,
  context: RevisitContext,
  look: (revisited: Revisited) => T,
): T {
  const resolved = resolveOptions(options);
  const warnings = new Warnings();
  const parts = readData(table, null, resolved, warnings);
  const engine = engineFor(parts, context);
  try {
    const prepared = prepare(parts, resolved, warnings, engine);
    return look({ parts, prepared, baseline: baselineOf(prepared, parts, resolved) });
  } catch (error) {
    throw withRows(parts, error);
  } finally {
    if (context.engine === undefined) engine.close();
  }
}

/** The certificate, the errors and the original scale of a point in standardized coordinates. Cost: two passes over the data. */
export function judge({ parts, prepared }: Revisited, point: KktPoint): Evaluated {
  const { coding, train, test } = parts;
  const { problem, testDesign, features } = prepared;
  const [kkt] = kktViolations(problem, [point]);
  const separation = decideSeparation(problem, point.lambda, [point]);
  const separatedBy = separation && Array.from(separation.columns, (j) => features[j].name);
  const [onTrain] = metricsAlong(coding.family, train, problem.design, [point]);
  const [onTest] =
    test === null || testDesign === null ? [null] : metricsAlong(coding.family, test, testDesign, [point]);
  return { kkt, separatedBy, ...originalScale(point, prepared), train: onTrain as Metrics, test: onTest };
}
