import { metricsAlong } from '../metrics/along-path.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { nullIntercept } from '../path/lambda-grid.js';
import type { Prepared } from '../setup/prepare.js';
import type { Parts } from '../setup/read-parts.js';
import type { Metrics } from './fit-report.js';

/** The model that knows only the mean, or the class rate, of the training rows, and its errors. */
export interface Baseline {
  /** Its eta, to which the offset is added. */
  readonly intercept: number;
  readonly train: Metrics;
  readonly test: Metrics | null;
}

/** Learns the baseline from the training rows and measures it on both parts. */
export function baselineOf(
  { problem, testDesign }: Pick<Prepared, 'problem' | 'testDesign'>,
  { train, test, coding }: Parts,
  { tolerance, maxIterations }: Pick<ResolvedOptions, 'tolerance' | 'maxIterations'>,
): Baseline {
  const stopping = { violation: 1e-4 * tolerance * problem.gradientScale, maxIterations };
  const centred = problem.intercept ? problem : { ...problem, intercept: true };
  const intercept = nullIntercept(centred, stopping);
  const point = { intercept, beta: new Float64Array(problem.design.columns) };
  const [onTrain] = metricsAlong(coding.family, train, problem.design, [point]);
  const [onTest] =
    test === null || testDesign === null ? [null] : metricsAlong(coding.family, test, testDesign, [point]);
  return { intercept, train: onTrain as Metrics, test: onTest };
}
