import type { CompiledBlocks, Design } from '../design/design.js';
import { type ErrorSums, errorsAt } from '../design/evaluate-points.js';
import { errorsOfPredictors } from '../design/predictor-errors.js';
import type { Family } from '../families/family.js';
import { shifted } from '../linalg/vector.js';
import { METRICS } from './family-metrics.js';
import type { MeasuredRows, Metrics } from './metrics.js';

/** A point of the path in standardized coordinates. */
interface Fitted {
  readonly intercept: number;
  readonly beta: Float64Array;
}

/** A solution, with the sums of its errors on the training rows if they were computed with its certificate. */
interface Solved extends Fitted {
  readonly errors: ErrorSums | null;
}

/**
 * Which metrics are wanted: all, or those that tables show. Tables omit the mean absolute error of large parts, and the area under the ROC
 * curve of large training parts if there are test rows.
 */
export type WantedMetrics = 'all' | 'shown';

/** Whether the scores of the training rows are to be ranked. */
export function ranksTraining(test: MeasuredRows | null, wanted: WantedMetrics): boolean {
  return wanted === 'all' || test === null || !test.w.some((weight) => weight > 0);
}

/** The errors of each point on the rows it was learned from, like `metricsAlong`; free if all were computed with the certificates. */
export function metricsOfTraining(
  family: Family,
  train: MeasuredRows,
  design: Design,
  points: readonly Solved[],
  wanted: WantedMetrics,
): (Metrics | null)[] {
  const sums = points.flatMap(({ errors }) => (errors === null ? [] : [errors]));
  if (sums.length < points.length || design.blocks === null) {
    return metricsAlong(family, train, design, points);
  }
  const { y, w } = train;
  return METRICS[family.name].fromSums(y, w, completed(family, train, design.blocks, points, sums, wanted));
}

/**
 * The errors of each point on a part; null for all if the part has no weight, because then there is no average.
 * Cost: one pass over the part's rows for each point; the compiled kernels take many in one.
 */
export function metricsAlong(
  family: Family,
  part: MeasuredRows,
  design: Design,
  points: readonly Fitted[],
): (Metrics | null)[] {
  if (!part.w.some((weight) => weight > 0)) return points.map(() => null);
  const { y, w } = part;
  const { of, fromSums } = METRICS[family.name];
  if (design.blocks !== null && family.kernels !== null) {
    return fromSums(y, w, errorsOnRows(family, part, design.blocks, points));
  }
  const predictor = ({ intercept, beta }: Fitted) => {
    const eta = shifted(part.offset, intercept);
    design.addPrediction(beta, eta);
    return eta;
  };
  // Ranking scores needs the compiled kernels.
  if (family.kernels !== 'binomial') return points.map((point) => of(y, predictor(point), w));
  const rows = { family: family.kernels, y, w };
  const errors = errorsOfPredictors(design.engine, rows, points.length, (k) => predictor(points[k]));
  return fromSums(y, w, errors);
}

/**
 * Adds what the moments do not give, if wanted. Squares stay as computed from moments, so that they do not depend on what else is wanted.
 */
function completed(
  family: Family,
  part: MeasuredRows,
  design: CompiledBlocks,
  points: readonly Fitted[],
  sums: readonly ErrorSums[],
  wanted: WantedMetrics,
): readonly ErrorSums[] {
  const isComplete = !sums.some((known) => known.sums.some(Number.isNaN));
  if (isComplete || wanted === 'shown') return sums;
  return errorsOnRows(family, part, design, points).map((found, k) => {
    const [squares] = sums[k].sums;
    return { ...found, sums: [squares, found.sums[1], found.sums[2]] };
  });
}

function errorsOnRows(
  { kernels }: Family,
  { y, w, offset }: MeasuredRows,
  design: CompiledBlocks,
  points: readonly Fitted[],
): ErrorSums[] {
  return errorsAt({ family: kernels!, design, y, w, offset }, points);
}
