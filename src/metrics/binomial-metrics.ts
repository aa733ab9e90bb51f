import { logisticLoss, sigmoid } from '../families/binomial.js';
import { sum } from '../linalg/vector.js';
import { auc } from './auc.js';
import type { BinomialMetrics } from './metrics.js';

/**
 * Weighted errors of a binomial predictor: logLoss (mean negative log-likelihood, natural logarithm), auc,
 * accuracy at probability 1/2 (a tie goes to the positive class), brier (mean squared error of the probability).
 * @param y 0 or 1
 * @param eta linear predictor
 */
export function binomialMetrics(y: Float64Array, eta: Float64Array, w: Float64Array): BinomialMetrics {
  let loss = 0;
  let wrong = 0;
  let squares = 0;
  for (let i = 0; i < y.length; i++) {
    loss += w[i] * logisticLoss(y[i], eta[i]);
    if (eta[i] >= 0 !== (y[i] === 1)) wrong += w[i];
    const error = y[i] - sigmoid(eta[i]);
    squares += w[i] * error * error;
  }
  return binomialMetricsOf(sum(w), loss, wrong, squares, auc(y, eta, w));
}

/**
 * The same from the weighted sums: of the loss, of the rows classified wrong, of the squared error of the probability. The misclassified
 * rows are summed, not the right ones, because their sum is exactly 0 if there are none, in any order of summation.
 * @param total sum of the weights
 */
export function binomialMetricsOf(
  total: number,
  loss: number,
  wrong: number,
  squares: number,
  area: number | null,
): BinomialMetrics {
  return {
    logLoss: loss / total,
    auc: area,
    accuracy: Math.max(total - wrong, 0) / total,
    brier: squares / total,
  };
}
