import type { Problem } from '../../src/problem/problem.js';
import type { Drawn } from './random-problem.js';

/** Slow and plain: what the solvers promise, written from its definition on plain columns. */

export interface Point {
  readonly intercept: number;
  readonly beta: Float64Array;
}

export function etaOf({ problem, z }: Drawn, { intercept, beta }: Point): number[] {
  return Array.from(problem.offset, (o, i) => z.reduce((s, c, j) => s + beta[j] * c[i], o + intercept));
}

/** loss + lambda P(b). */
export function objective(drawn: Drawn, lambda: number, point: Point): number {
  const { family, y, v, penalty } = drawn.problem;
  const loss = etaOf(drawn, point).reduce((s, e, i) => {
    if (v[i] === 0) return s;
    const large = Math.max(e, 0);
    const each =
      family.name === 'gaussian'
        ? (y[i] - e) ** 2 / 2
        : large + Math.log(Math.exp(-large) + Math.exp(e - large)) - y[i] * e;
    return s + v[i] * each;
  }, 0);
  const { l1Ratio, factor } = penalty;
  return point.beta.reduce(
    (s, b, j) => s + lambda * factor[j] * (l1Ratio * Math.abs(b) + ((1 - l1Ratio) / 2) * b * b),
    loss,
  );
}

/** sum_i v_i x_i (y_i - mean_i) for a column x (ones for the intercept). */
function interceptGradient({ family, y, v }: Problem, eta: readonly number[], x: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const mean = family.name === 'gaussian' ? eta[i] : 1 / (1 + Math.exp(-eta[i]));
    total += v[i] * x[i] * (y[i] - mean);
  }
  return total;
}

/**
 * The largest violation of the KKT conditions over the gradient scale, each as the distance of the loss's interceptGradient from the
 * interval of slopes that the penalty and the bounds allow at b_j. A coefficient out of bounds is infinitely wrong.
 */
export function violation(drawn: Drawn, lambda: number, point: Point): number {
  const { problem, z } = drawn;
  const { l1Ratio, factor, lower, upper } = problem.penalty;
  const eta = etaOf(drawn, point);
  let worst = problem.intercept
    ? Math.abs(interceptGradient(problem, eta, new Array(eta.length).fill(1)))
    : 0;
  if (!problem.intercept && point.intercept !== 0) return Infinity;
  for (let j = 0; j < z.length; j++) {
    const b = point.beta[j];
    if (b < lower[j] || b > upper[j] || Number.isNaN(b)) return Infinity;
    const strength = lambda * factor[j];
    const smooth = strength * (1 - l1Ratio) * b;
    const l1 = strength * l1Ratio;
    const least = b === lower[j] ? -Infinity : smooth + (b > 0 ? l1 : -l1);
    const most = b === upper[j] ? Infinity : smooth + (b < 0 ? -l1 : l1);
    const g = interceptGradient(problem, eta, z[j]);
    worst = Math.max(worst, least - g, g - most);
  }
  return worst / problem.gradientScale;
}

/** The solution of A x = b by Gauss-Jordan elimination with partial pivoting; A is a list of rows. */
export function solveLinear(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i]]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++) if (Math.abs(m[i][k]) > Math.abs(m[best][k])) best = i;
    [m[k], m[best]] = [m[best], m[k]];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const f = m[i][k] / m[k][k];
      for (let j = k; j <= n; j++) m[i][j] -= f * m[k][j];
    }
  }
  return m.map((row, i) => row[n] / row[i]);
}

/** sum_i w_i a_i b_i. */
export function inner(w: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += w[i] * a[i] * b[i];
  return total;
}

/**
 * Ridge (any factors above or at 0) by plain Newton steps on intercept and coefficients together.
 * @returns the point and trace(H (H + lambda D)^-1) with the intercept eliminated
 */
export function ridgeByNewton({ problem, z }: Drawn, lambda: number): Point & { df: number } {
  const { family, y, v, intercept, penalty } = problem;
  const x = intercept ? [new Float64Array(y.length).fill(1), ...z] : [...z];
  const ridge = x.map((_, k) => {
    const j = intercept ? k - 1 : k;
    return j < 0 ? 0 : lambda * penalty.factor[j];
  });
  let theta = x.map(() => 0);
  const weights = () => {
    const eta = Array.from(problem.offset, (o, i) => x.reduce((s, c, k) => s + theta[k] * c[i], o));
    const mean = eta.map((e) => (family.name === 'gaussian' ? e : 1 / (1 + Math.exp(-e))));
    const curvature = mean.map((m, i) => v[i] * (family.name === 'gaussian' ? 1 : m * (1 - m)));
    return { residual: mean.map((m, i) => y[i] - m), curvature };
  };
  const hessian = (curvature: number[]) =>
    x.map((a, k) => x.map((b, l) => inner(curvature, a, b) + (k === l ? ridge[k] : 0)));
  for (let round = 0; round < (family.name === 'gaussian' ? 2 : 60); round++) {
    const { residual, curvature } = weights();
    const slope = x.map((c, k) => inner(v, c, residual) - ridge[k] * theta[k]);
    const step = solveLinear(hessian(curvature), slope);
    theta = theta.map((t, k) => t + step[k]);
  }
  const { curvature } = weights();
  const h = hessian(curvature);
  // trace(H (H + R)^-1) = p - trace(R (H + R)^-1); the intercept has R = 0 and counts 1.
  const df = x.reduce((total, _, k) => {
    const unit = x.map((__, l) => (l === k ? 1 : 0));
    return total + 1 - ridge[k] * solveLinear(h, unit)[k];
  }, 0);
  return {
    intercept: intercept ? theta[0] : 0,
    beta: Float64Array.from(intercept ? theta.slice(1) : theta),
    df: df - (intercept ? 1 : 0),
  };
}

/** v_i times the second derivative of the loss at a point. */
export function curvatureOf(drawn: Drawn, point: Point): number[] {
  const { family, v } = drawn.problem;
  return etaOf(drawn, point).map((e, i) => {
    const [mean, rest] = [1 / (1 + Math.exp(-e)), 1 / (1 + Math.exp(e))];
    return family.name === 'gaussian' ? v[i] : v[i] * mean * rest;
  });
}

/**
 * trace(H (H + R)^-1) for some columns, the intercept eliminated, with R = strength times the penalty factors: with M = X'WX + R over
 * intercept and columns that is the number of columns less sum_j R_j (M^-1)_jj.
 */
export function traceAt(
  { problem, z }: Drawn,
  w: ArrayLike<number>,
  columns: readonly number[],
  strength: number,
): number {
  const { intercept, penalty } = problem;
  const { factor, l2Factor = factor } = penalty;
  const x = columns.map((j) => z[j]);
  const ridge = columns.map((j) => strength * l2Factor[j]);
  if (intercept) {
    x.push(new Float64Array(problem.y.length).fill(1));
    ridge.push(0);
  }
  const m = x.map((a, i) => x.map((b, k) => inner(w, a, b) + (i === k ? ridge[i] : 0)));
  const inverse = inverseOf(m);
  return columns.reduce((trace, _, k) => trace - ridge[k] * inverse[k][k], columns.length);
}

/** By Gauss-Jordan elimination with partial pivoting. */
function inverseOf(a: readonly (readonly number[])[]): number[][] {
  const n = a.length;
  const m = a.map((row, i) => [...row, ...row.map((_, k) => (k === i ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++) if (Math.abs(m[i][k]) > Math.abs(m[best][k])) best = i;
    [m[k], m[best]] = [m[best], m[k]];
    const pivot = m[k][k];
    for (let j = k; j < 2 * n; j++) m[k][j] /= pivot;
    for (let i = 0; i < n; i++) {
      const f = m[i][k];
      if (i === k || f === 0) continue;
      for (let j = k; j < 2 * n; j++) m[i][j] -= f * m[k][j];
    }
  }
  return m.map((row) => row.slice(n));
}
