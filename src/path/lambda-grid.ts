import { dot, supportOf, weightedDeviations } from '../kernels/vector.js';
import { kktDistance, netOn, type Separable } from '../penalties/elastic-net.js';
import { gaussianTarget } from '../solvers/gaussian-target.js';
import { allColumns, linearPredictor, type Problem, type Stopping } from '../solvers/problem.js';
import { unpenalisedSolver } from './choose-solver.js';

/** Ridge has no lambda at which all coefficients vanish: it borrows the lambdaMax of this l1Ratio, as glmnet does. */
const RIDGE_BORROWS = 0.001;

/** lambdaMax is rounded up by this share, so that the last digits of a sum do not let a coefficient in. */
const ROUNDED_UP = 1e-13;

/**
 * The smallest lambda at which every penalised coefficient is zero:
 * max_j (pull of column j at the null model) / (factor_j l1Ratio), bounds respected. 0 where nothing is penalised.
 */
export function lambdaMax(problem: Problem, stopping: Stopping): number {
  const { design, penalty } = problem;
  const gradient = nullGradient(problem, stopping);
  const zeros = new Float64Array(design.columns);
  const unpenalised: Separable = { l1: zeros, l2: zeros, lower: penalty.lower, upper: penalty.upper };
  const mix = Math.max(penalty.l1Ratio, RIDGE_BORROWS);
  let largest = 0;
  for (let j = 0; j < gradient.length; j++) {
    if (penalty.factor[j] === 0) continue;
    largest = Math.max(largest, kktDistance(unpenalised, j, 0, gradient[j]) / (penalty.factor[j] * mix));
  }
  return largest * (1 + ROUNDED_UP);
}

/** The pull of each column at the null model: intercept and unpenalised columns alone. */
function nullGradient(problem: Problem, stopping: Stopping): Float64Array {
  const { design, family, y, v, penalty } = problem;
  const free = allColumns(design.columns).filter((j) => penalty.factor[j] === 0);
  if (free.length === 0 && family.name === 'gaussian') return gaussianTarget(problem).q;
  const residual = new Float64Array(design.rows);
  if (free.length === 0 && hasKnownMean(problem)) residual.set(weightedDeviations(y, v, dot(v, y)));
  else family.residual(y, nullPredictor(problem, free, stopping), v, residual);
  const gradient = new Float64Array(design.columns);
  design.gradient(residual, gradient);
  return gradient;
}

function nullPredictor(problem: Problem, free: Int32Array, stopping: Stopping): Float64Array {
  const nullProblem = restrictProblem(problem, free);
  // lambdaMax is exact only as far as the null model is, so this goes on until rounding ends it.
  const exact = { ...stopping, violation: Number.EPSILON * problem.gradientScale };
  const { intercept, beta } = unpenalisedSolver(nullProblem).solve(0, null, exact);
  return linearPredictor(nullProblem, intercept, beta);
}

/** Whether the null model predicts the weighted mean of the target. */
function hasKnownMean({ intercept, offset }: Problem): boolean {
  return intercept && supportOf(offset).length === 0;
}

/** The intercept of the model that knows nothing but the target's mean (and the offset). */
export function nullIntercept(problem: Problem, stopping: Stopping): number {
  const { family, v, y } = problem;
  if (family.name === 'gaussian') return gaussianTarget(problem).intercept;
  const rate = dot(v, y);
  if (hasKnownMean(problem) && rate > 0 && rate < 1) return Math.log(rate / (1 - rate));
  return unpenalisedSolver(restrictProblem(problem, new Int32Array(0))).solve(0, null, stopping).intercept;
}

/** The same problem with some of its columns only. */
function restrictProblem(problem: Problem, subset: Int32Array): Problem {
  return { ...problem, design: problem.design.select(subset), penalty: netOn(problem.penalty, subset) };
}

/** `count` values from `from` down (or up) to `to`, evenly spaced in their logarithms, both ends exact. */
export function logSpaced(from: number, to: number, count: number): number[] {
  if (count === 1) return [from];
  const step = Math.log(to / from) / (count - 1);
  return Array.from({ length: count }, (_, k) =>
    k === 0 ? from : k === count - 1 ? to : from * Math.exp(k * step),
  );
}

/** The default share of lambdaMax at which the grid ends. */
export function defaultMinRatio(rows: number, features: number): number {
  return rows >= features ? 1e-4 : 1e-2;
}
