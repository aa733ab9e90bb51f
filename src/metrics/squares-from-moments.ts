import type { SharedBlocks } from '../design/blocks.js';
import { type ErrorSums, squaresAlone } from '../design/evaluate-points.js';
import { Dense } from '../linalg/dense.js';
import { type Coefficients, divided, dot, minus, shifted, sum, supportIn } from '../linalg/vector.js';
import { hasDigits, momentsOf, squaredErrors } from '../problem/moments.js';
import type { MeasuredRows } from './metrics.js';

/**
 * The squared errors of linear models on a part, by its Gram matrix in place of a prediction of each row by each model.
 * @returns null where predicting costs less, or where errors are so small beside the target that sums lose their digits
 * Cost: rows columns^2 / 2, for any number of points.
 */
export function squaresBySums(
  design: SharedBlocks,
  { y, w, offset }: MeasuredRows,
  points: readonly { readonly intercept: number; readonly beta: Float64Array }[],
): ErrorSums[] | null {
  if (!paysOff(design.columns, points)) return null;
  const total = sum(w);
  const v = divided(w, total);
  const target = minus(y, offset);
  const centre = dot(v, target);
  const moments = momentsOf(design, v, shifted(target, -centre));
  const predictors = points.map(({ intercept, beta }) => ({
    intercept: intercept - centre,
    coefficients: beta,
  }));
  const errors = squaredErrors(moments, new Dense(design.engine), predictors);
  return errors.every(hasDigits) ? errors.map((error) => squaresAlone(total * error.sum)) : null;
}

/** Whether a row of the Gram matrix costs less than a row of all predictions: half the columns squared, or the coefficients. */
function paysOff(columns: number, points: readonly Coefficients[]): boolean {
  const cost = columns ** 2 / 2;
  if (cost >= points.length * columns) return false;
  return cost < points.reduce((count, point) => count + supportIn(point).length, 0);
}
