import { gaussianTarget } from '../problem/gaussian-target.js';
import { normalEquations } from '../problem/normal-equations.js';
import { hasBounds, type Problem, withoutBounds } from '../problem/problem.js';
import type { RidgeExtent, RidgeShares } from '../solvers/gaussian/ridge-extent.js';
import { ridgeSystem } from '../solvers/gaussian/ridge-system.js';
import type { Solver } from '../solvers/solver.js';
import { penalisedSolver } from './choose-solver.js';
import { defaultMinRatio, lambdaMaxAt, type NullModel } from './lambda-grid.js';

/** Where a grid begins and ends: clearly within two percent of no degrees of freedom, and of all. */
const SHARES: RidgeShares = { taken: 0.019, left: 0.019 };

/**
 * The logistic loss curves most at the null model. Even if a good fit reduces the curvature to a quarter, the degrees of freedom at the
 * solution itself are still within two percent of all. (For separable classes they never get there.)
 */
const CURVED_SHARES: RidgeShares = { ...SHARES, left: SHARES.left / 4 };

/** How much rounding may add to an end before it is rounded to two digits, and the range of the ends. */
const ROUNDING = 1e-9;
const RANGE = { least: 1e-290, most: 1e290 };

/** The ends of a grid of lambdas. */
export interface GridEnds {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a ridge path begins and ends. Ridge has no lambda at which its coefficients vanish, so the ends are defined by the effect of the
 * penalty: from nearly the mean (degrees of freedom below two percent of the rank) to nearly least squares (above 98 percent); for the
 * binomial family in the quadratic problem at the null model. They have the unit of the squared columns, and do not depend on the unit of
 * the target. glmnet's own grid is inside: from its lambdaMax, borrowed at l1Ratio 0.001, of a target of deviation 1 down to the usual
 * share. Both ends are rounded outwards to two digits, so that rounding in the data does not move the grid.
 * @param solver of the problem, which has prepared most of what this takes
 */
export function ridgeEnds(problem: Problem, nothing: NullModel, solver: Solver): GridEnds {
  const borrowed = lambdaMaxAt(problem, nothing) / unitOf(problem);
  const end = borrowed * defaultMinRatio(problem);
  const extent = extentOf(problem, nothing, solver);
  if (extent === null) return { from: roundedUp(borrowed), to: roundedDown(end) };
  return { from: roundedUp(Math.max(extent.most, borrowed)), to: roundedDown(Math.min(extent.least, end)) };
}

function extentOf(problem: Problem, { curvature }: NullModel, solver: Solver): RidgeExtent | null {
  const { design, family, penalty } = problem;
  const shares = family.isQuadratic ? SHARES : CURVED_SHARES;
  if (solver.extent !== undefined) return solver.extent(curvature, shares);
  // Bounds are ignored here.
  if (family.isQuadratic && design.columns <= design.rows) {
    const { gram, dense } = normalEquations(problem);
    return ridgeSystem(gram, penalty.factor, dense).extent(shares);
  }
  if (!hasBounds(penalty)) return null;
  return penalisedSolver(withoutBounds(problem)).extent?.(curvature, shares) ?? null;
}

/** The deviation of a numeric target, the unit of its coefficients; 1 for classes. */
function unitOf(problem: Problem): number {
  return problem.family.target === 'numbers' ? gaussianTarget(problem).deviation : 1;
}

/** Two digits, at least x. */
function roundedUp(x: number): number {
  return twoDigits(x * (1 - ROUNDING), Math.ceil);
}

/** Two digits, at most x. */
function roundedDown(x: number): number {
  return twoDigits(x * (1 + ROUNDING), Math.floor);
}

function twoDigits(x: number, round: (x: number) => number): number {
  const inRange = Math.min(Math.max(x, RANGE.least), RANGE.most);
  const exponent = Math.floor(Math.log10(inRange)) - 1;
  return Number(`${round(inRange / 10 ** exponent)}e${exponent}`);
}
