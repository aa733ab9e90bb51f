import type { Family } from './family.js';

/** 1 / (1 + exp(-eta)), without overflow and with full relative accuracy on both sides. */
export function sigmoid(eta: number): number {
  if (eta >= 0) return 1 / (1 + Math.exp(-eta));
  const e = Math.exp(eta);
  return e / (1 + e);
}

/** log(1 + exp(eta)), without overflow. */
export function softplus(eta: number): number {
  return eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta));
}

/** log(1 + exp(eta)) - y eta for y in {0, 1}, without cancellation for confident and right predictions. */
export function logisticLoss(y: number, eta: number): number {
  return y === 1 ? softplus(-eta) : softplus(eta);
}

/** Logistic loss of a 0/1 target: loss(y, eta) = log(1 + exp(eta)) - y eta. */
export const binomial: Family = {
  name: 'binomial',
  target: 'classes',
  isQuadratic: false,
  canSeparate: true,
  kernels: 'binomial',
  errorPerLoss: 1,
  dispersions: 0,
  loss(y, eta, v) {
    let total = 0;
    for (let i = 0; i < y.length; i++) total += v[i] * logisticLoss(y[i], eta[i]);
    return total;
  },
  residual(y, eta, v, out) {
    // y - mean without cancellation: for y = 1 it is sigmoid(-eta), which keeps its digits when tiny.
    for (let i = 0; i < y.length; i++)
      out[i] = y[i] === 1 ? v[i] * sigmoid(-eta[i]) : -v[i] * sigmoid(eta[i]);
  },
  curvature(eta, v, out) {
    for (let i = 0; i < eta.length; i++) out[i] = v[i] * sigmoid(eta[i]) * sigmoid(-eta[i]);
  },
  mean: sigmoid,
  link(mean) {
    return Math.log(mean / (1 - mean));
  },
  deviance(error, n) {
    return 2 * n * error;
  },
};
