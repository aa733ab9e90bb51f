import { rankingWeights } from '../design/ranking-weights.js';
import { sequence } from '../linalg/vector.js';

/**
 * Area under the ROC curve: the chance that a positive row scores above a negative one, ties counted half. Weighted Mann-Whitney statistic;
 * null where one class has no weight. The pairs in the right and in the wrong order are summed separately,
 *
 *     won / (won + lost),
 *
 * so that it is exactly 1 or 0 where scores separate the classes, and 1/2 where all are tied.
 * @param y 0 or 1; @param score higher means more likely positive; @param w weights
 * Cost: rows log rows. Source: Hanley and McNeil (1982), Radiology 143.
 */
export function auc(y: Float64Array, score: Float64Array, w: Float64Array): number | null {
  const order = sequence(score.length);
  // A model with only an intercept gives all rows the same score.
  if (!isAscending(score)) order.sort((a, b) => score[a] - score[b]);
  const weights = rankingWeights(w);
  let [negatives, positives] = [0, 0];
  let [won, lost] = [0, 0];
  for (let i = 0; i < order.length; ) {
    let tiedPositive = 0;
    let tiedNegative = 0;
    const value = score[order[i]];
    for (; i < order.length && score[order[i]] === value; i++) {
      if (y[order[i]] === 1) tiedPositive += weights[order[i]];
      else tiedNegative += weights[order[i]];
    }
    won += tiedPositive * (negatives + tiedNegative / 2);
    lost += tiedNegative * (positives + tiedPositive / 2);
    negatives += tiedNegative;
    positives += tiedPositive;
  }
  return positives > 0 && negatives > 0 ? won / (won + lost) : null;
}

function isAscending(x: Float64Array): boolean {
  for (let i = 1; i < x.length; i++) if (!(x[i - 1] <= x[i])) return false;
  return true;
}
