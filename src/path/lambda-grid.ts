import { dot, gather, supportOf, weightedDeviations } from '../linalg/vector.js';
import { kktDistance, netOn, type Separable } from '../penalties/elastic-net.js';
import { gaussianTarget } from '../problem/gaussian-target.js';
import { allColumns, linearPredictor, type Problem } from '../problem/problem.js';
import type { Stopping } from '../solvers/solver.js';
import { unpenalisedSolver } from './choose-solver.js';

/** For a smaller l1Ratio lambdaMax would describe only the tiny l1 part; then this value is used instead, as in glmnet. */
const LEAST_L1_RATIO = 0.001;

/** lambdaMax is rounded up by this share, so that the last digits of a sum do not let a coefficient in. */
const ROUNDED_UP = 1e-13;

/** What is known at the null model: intercept and unpenalised columns alone. */
export interface NullModel {
  /** The gradient: minus the derivative of the loss by each column. */
  readonly gradient: Float64Array;
  /** v_i times the second derivative of the loss; length rows. */
  readonly curvature: Float64Array;
}

/** Fits the null model. Cost: a pass over the data, and a fit of the unpenalised columns. */
export function nullModel(problem: Problem, stopping: Stopping): NullModel {
  const { design, family, y, v, penalty } = problem;
  const free = allColumns(design.columns).filter((j) => penalty.factor[j] === 0);
  if (free.length === 0 && family.isQuadratic) {
    return { gradient: gaussianTarget(problem).q, curvature: v };
  }
  const residual = new Float64Array(design.rows);
  const curvature = new Float64Array(design.rows);
  const mean = dot(v, y);
  const intercept = family.link(mean);
  if (free.length === 0 && hasKnownMean(problem) && Number.isFinite(intercept)) {
    residual.set(weightedDeviations(y, v, mean));
    family.curvature(new Float64Array(design.rows).fill(intercept), v, curvature);
  } else {
    const eta = nullPredictor(problem, free, stopping);
    family.residual(y, eta, v, residual);
    family.curvature(eta, v, curvature);
  }
  const gradient = new Float64Array(design.columns);
  design.gradient(residual, gradient);
  return { gradient, curvature };
}

/**
 * The smallest lambda at which every penalised coefficient is zero:
 * max_j |gradient_j of the null model| / (factor_j l1Ratio), bounds respected. 0 where nothing is penalised.
 */
export function lambdaMax(problem: Problem, stopping: Stopping): number {
  return lambdaMaxAt(problem, nullModel(problem, stopping));
}

/** The same where the null model is known. */
export function lambdaMaxAt({ penalty, unit }: Problem, { gradient }: NullModel): number {
  const zeros = new Float64Array(gradient.length);
  const unpenalised: Separable = { l1: zeros, l2: zeros, lower: penalty.lower, upper: penalty.upper };
  const mix = Math.max(penalty.l1Ratio, LEAST_L1_RATIO);
  let largest = 0;
  for (let j = 0; j < gradient.length; j++) {
    if (penalty.factor[j] === 0) continue;
    // Ridge uses the threshold of |b_j / unit_j|; its own factor is that of the square.
    const factor = penalty.factor[j] * (penalty.l1Ratio === 0 ? (unit?.[j] ?? 1) : 1);
    largest = Math.max(largest, kktDistance(unpenalised, j, 0, gradient[j]) / (factor * mix));
  }
  return largest * (1 + ROUNDED_UP);
}

function nullPredictor(problem: Problem, free: Int32Array, stopping: Stopping): Float64Array {
  // lambdaMax is only as exact as the null model, so this iterates until rounding ends it.
  const exact = { ...stopping, violation: Number.EPSILON * problem.gradientScale };
  return problem.design.engine.wasm.scoped(() => {
    const nullProblem = restrictProblem(problem, free);
    const { intercept, beta } = unpenalisedSolver(nullProblem).solve(0, null, exact);
    return linearPredictor(nullProblem, intercept, beta);
  });
}

/** Whether the null model predicts the weighted mean of the target. */
function hasKnownMean({ intercept, offset }: Problem): boolean {
  return intercept && supportOf(offset).length === 0;
}

/** The intercept of the model that knows only the target's mean (and the offset). */
export function nullIntercept(problem: Problem, stopping: Stopping): number {
  const { family, v, y } = problem;
  if (family.isQuadratic) return gaussianTarget(problem).intercept;
  const intercept = family.link(dot(v, y));
  if (hasKnownMean(problem) && Number.isFinite(intercept)) return intercept;
  return problem.design.engine.wasm.scoped(() => {
    const nullProblem = restrictProblem(problem, new Int32Array(0));
    return unpenalisedSolver(nullProblem).solve(0, null, stopping).intercept;
  });
}

/** The same problem with some of its columns only. */
function restrictProblem(problem: Problem, subset: Int32Array): Problem {
  const { design, penalty, unit } = problem;
  const units = unit === undefined ? {} : { unit: gather(unit, subset) };
  return { ...problem, design: design.select(subset), penalty: netOn(penalty, subset), ...units };
}

/** `count` values from `from` down (or up) to `to`, evenly spaced in their logarithms, both ends exact. */
export function logSpaced(from: number, to: number, count: number): number[] {
  if (count === 1) return [from];
  const step = Math.log(to / from) / (count - 1);
  return Array.from({ length: count }, (_, k) =>
    k === 0 ? from : k === count - 1 ? to : from * Math.exp(k * step),
  );
}

/** The default share of lambdaMax at which the grid ends. Rows without weight do not count. */
export function defaultMinRatio({ v, design }: Problem): number {
  const rows = v.reduce((count, share) => count + (share > 0 ? 1 : 0), 0);
  return rows >= design.columns ? 1e-4 : 1e-2;
}
