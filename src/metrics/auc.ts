import { sequence } from '../kernels/vector.js';

/**
 * Area under the ROC curve: the chance that a positive row scores above a negative one, ties counted half.
 * Weighted Mann-Whitney statistic; null where one class has no weight.
 * @param y 0 or 1; @param score higher means more likely positive; @param w weights
 * Cost: rows log rows. Source: Hanley and McNeil (1982), Radiology 143.
 */
export function auc(y: Float64Array, score: Float64Array, w: Float64Array): number | null {
  const order = sequence(score.length);
  // A model that is an intercept alone scores all rows alike.
  if (!isAscending(score)) order.sort((a, b) => score[a] - score[b]);
  let below = 0;
  let wins = 0;
  let positives = 0;
  for (let i = 0; i < order.length; ) {
    let tiedPositive = 0;
    let tiedNegative = 0;
    const value = score[order[i]];
    for (; i < order.length && score[order[i]] === value; i++) {
      if (y[order[i]] === 1) tiedPositive += w[order[i]];
      else tiedNegative += w[order[i]];
    }
    wins += tiedPositive * (below + tiedNegative / 2);
    below += tiedNegative;
    positives += tiedPositive;
  }
  return positives > 0 && below > 0 ? wins / (positives * below) : null;
}

function isAscending(x: Float64Array): boolean {
  for (let i = 1; i < x.length; i++) if (!(x[i - 1] <= x[i])) return false;
  return true;
}
