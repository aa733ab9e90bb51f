import type { Family } from './family.js';

/** Squared error: loss(y, eta) = (y - eta)^2 / 2. */
export const gaussian: Family = {
  name: 'gaussian',
  target: 'numbers',
  isQuadratic: true,
  canSeparate: false,
  kernels: 'gaussian',
  errorPerLoss: 2,
  dispersions: 1,
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
  link(mean) {
    return mean;
  },
  deviance(error, n) {
    // A perfect fit has no finite likelihood; the smallest positive number replaces an error of 0.
    return n * Math.log(Math.max(error, Number.MIN_VALUE));
  },
};
