import type { Family } from './family.js';

/** Squared error: loss(y, eta) = (y - eta)^2 / 2. */
export const gaussian: Family = {
  name: 'gaussian',
  loss(y, eta, v) {
    let total = 0;
    for (let i = 0; i < y.length; i++) total += v[i] * (y[i] - eta[i]) * (y[i] - eta[i]);
    return total / 2;
  },
  residual(y, eta, v, out) {
    for (let i = 0; i < y.length; i++) out[i] = v[i] * (y[i] - eta[i]);
  },
  curvature(_eta, v, out) {
    out.set(v);
  },
  mean(eta) {
    return eta;
  },
};
