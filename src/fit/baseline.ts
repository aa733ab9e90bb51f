import { nullIntercept } from '../path/lambda-grid.js';
import type { Problem } from '../solvers/problem.js';
import { metricsOfIntercept } from './evaluate.js';
import type { Metrics } from './fit-report.js';
import type { Parts } from './read-parts.js';
import type { ResolvedOptions } from './resolve-options.js';

/** The model that knows only the mean, or the class rate, of the training rows, and its errors. */
export interface Baseline {
  /** Its eta, to which the offset is added. */
  readonly intercept: number;
  readonly train: Metrics;
  readonly test: Metrics | null;
}

/** Learns the baseline from the training rows and measures it on both parts. */
export function baselineOf(
  problem: Problem,
  { train, test, coding }: Parts,
  { tolerance, maxIterations }: Pick<ResolvedOptions, 'tolerance' | 'maxIterations'>,
): Baseline {
  const stopping = { violation: 1e-4 * tolerance * problem.gradientScale, maxIterations };
  const centred = problem.intercept ? problem : { ...problem, intercept: true };
  const intercept = nullIntercept(centred, stopping);
  return {
    intercept,
    train: metricsOfIntercept(coding.family, train, intercept) as Metrics,
    test: test === null ? null : metricsOfIntercept(coding.family, test, intercept),
  };
}
