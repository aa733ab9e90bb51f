import { squaresAlone } from '../design/evaluate-points.js';
import type { Symmetric } from '../linalg/symmetric.js';
import { sum, supportOf } from '../linalg/vector.js';
import { gaussianTarget } from '../problem/gaussian-target.js';
import { lossGradients, type WantedErrors } from '../problem/loss-state.js';
import { type EvaluatedSums, evaluatedFromMoments, hasDigits, type Moments } from '../problem/moments.js';
import { knownEquations, type NormalEquations } from '../problem/normal-equations.js';
import type { Problem } from '../problem/problem.js';
import { type KktPoint, type Verdict, worstDistance } from './kkt.js';

/** Gradients from moments and from the rows may differ by this share of the tolerance; certificates then differ by at most that. */
const AGREEMENT = 1e-3;

/** Number of random points at which the two are compared, besides the last point of the path. */
const PROBES = 2;

/**
 * The certificates of `kkt.ts` for a linear path from the moments of its rows, after these have been compared with the rows: one pass over
 * the data for all points, instead of one for each. With G = Z'VZ, q = Z'Vt and centred columns the gradient is q - G b, and the squared
 * error a quadratic form.
 *
 * The effect of a wrong or badly rounded moment on the gradient is linear in the coefficients. So gradients from moments and from the rows
 * are compared at the end of the path and at probes whose coefficients are as large as any on the path, with random signs: an error in G
 * that matters to a point of the path shows there (Freivalds 1977).
 *
 * @param wanted which errors are wanted; the squares are computed; null for none. Squares with too few digits are null
 * @returns null if no solver has computed the moments, if the two do not agree, and for designs without compiled blocks
 * Cost: columns times the non-zero coefficients for each point, and one pass over the data.
 */
export function verdictsBySums(
  problem: Problem,
  points: readonly KktPoint[],
  wanted: WantedErrors | null,
  tolerance: number,
): Verdict[] | null {
  const equations = knownEquations(problem);
  if (equations === null || problem.design.blocks === null) return null;
  const sums = new PathSums(momentsBehind(problem, equations), equations.symmetric(), equations.intercept);
  if (!agree(problem, sums, [...probes(points), points[points.length - 1]], tolerance)) return null;
  const weight = wanted === null ? null : sum(wanted.w);
  return points.map((point) => verdictOn(problem, point, sums.evaluate(point), weight));
}

/**
 * The moments that the equations stand for. With an intercept columns are centred; without one no column sums are needed, so they are set
 * to 0. The comparison with the rows would show if that were wrong.
 */
function momentsBehind(problem: Problem, { gram, q }: NormalEquations): Moments {
  const { first, squares } = gaussianTarget(problem).moments;
  return {
    weight: 1,
    columnSums: new Float64Array(q.length),
    gram,
    targetSum: first,
    cross: q,
    targetSquares: squares,
  };
}

/** The moments of the training rows, and the intercept about which their target was centred. */
class PathSums {
  constructor(
    private readonly moments: Moments,
    private readonly gram: Symmetric,
    private readonly centre: number,
  ) {}

  evaluate({ intercept, beta }: Probe): EvaluatedSums {
    return evaluatedFromMoments(this.moments, this.gram, {
      intercept: intercept - this.centre,
      coefficients: beta,
    });
  }
}

function verdictOn(
  problem: Problem,
  point: KktPoint,
  { gradient, interceptGradient, squares }: EvaluatedSums,
  weight: number | null,
): Verdict {
  const { penalty, gradientScale } = problem;
  const worst = Math.max(
    problem.intercept ? Math.abs(interceptGradient) : 0,
    worstDistance(penalty, point, gradient),
  );
  const errors = weight !== null && hasDigits(squares) ? squaresAlone(weight * squares.sum) : null;
  return { kkt: worst / gradientScale, support: supportOf(point.beta), errors };
}

type Probe = Pick<KktPoint, 'intercept' | 'beta'>;

/** Points whose coefficients are as large as any of the path, with random signs that depend only on the number of columns. */
function probes(points: readonly KktPoint[]): Probe[] {
  const { intercept, beta } = points[points.length - 1];
  const largest = new Float64Array(beta.length);
  for (const point of points) {
    for (let j = 0; j < largest.length; j++) largest[j] = Math.max(largest[j], Math.abs(point.beta[j]));
  }
  const sign = signs();
  return Array.from({ length: PROBES }, () => ({ intercept, beta: largest.map((size) => sign() * size) }));
}

/** 1 and -1 at random, always in the same order. Source: Marsaglia (2003), J. Stat. Softw. 8, xorshift. */
function signs(): () => number {
  let state = 2463534242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state < 0 ? -1 : 1;
  };
}

/** Whether the gradients at some points equal those from the rows. */
function agree(problem: Problem, sums: PathSums, points: readonly Probe[], tolerance: number): boolean {
  const bound = AGREEMENT * tolerance * problem.gradientScale;
  const isNear = (a: number, b: number) => Math.abs(a - b) <= bound;
  const agreements = lossGradients(problem, points, null, ({ gradient, interceptGradient }, k) => {
    const evaluated = sums.evaluate(points[k]);
    return (
      (!problem.intercept || isNear(interceptGradient, evaluated.interceptGradient)) &&
      gradient.every((g, j) => isNear(g, evaluated.gradient[j]))
    );
  });
  return agreements.every(Boolean);
}
