import type { ElasticNet } from '../penalties/elastic-net.js';
import type { NormalEquations } from '../problem/normal-equations.js';
import { hasBounds, type Problem } from '../problem/problem.js';
import { columnsBeside, ridgeByRows } from '../solvers/dual-ridge.js';
import { gramPathSolver, gramPaths } from '../solvers/gaussian/gram-path.js';
import { leastSquares } from '../solvers/gaussian/least-squares.js';
import { ridgePaths, ridgeSolver } from '../solvers/gaussian/ridge.js';
import { workingSetSolver } from '../solvers/gaussian/working-set-path.js';
import { maximumLikelihood } from '../solvers/maximum-likelihood.js';
import { proximalNewton } from '../solvers/proximal-newton/solver.js';
import { quasiNewton } from '../solvers/quasi-newton/solver.js';
import { isDense } from '../solvers/screening/strongest.js';
import type { LinearPoint, Solver, Stopping } from '../solvers/solver.js';

/** Whether nothing is penalised at this lambda. */
export function isUnpenalised({ penalty }: { readonly penalty: ElasticNet }, lambda: number): boolean {
  return lambda === 0 || penalty.factor.every((f) => f === 0);
}

/**
 * The solver of a path at lambda > 0, by family, penalty and shape.
 *
 * gaussian ridge closed form from the Gram matrix; in the space of the rows with more columns than rows gaussian lasso, net coordinate
 * descent with covariance updates; on a working set with more columns than rows binomial ridge quasi-Newton; in the space of the rows with
 * more columns than rows
 *     binomial   lasso, net       proximal Newton
 *
 * Bounds break the rotation that the closed forms rest on, so bounded ridge goes to coordinate descent too, or to proximal Newton where
 * there are more than twice as many columns as rows. If most of them have no bounds, either one works in the space of the rows.
 */
export function penalisedSolver(problem: Problem): Solver {
  const { family, design, penalty } = problem;
  const wide = design.columns > design.rows;
  const smooth = penalty.l1Ratio === 0 && !hasBounds(penalty);
  if (isPartlyBounded(problem)) return ridgeByRows(problem, penalisedSolver);
  if (!family.isQuadratic) {
    if (!smooth) return proximalNewton(problem);
    return wide ? ridgeByRows(problem, quasiNewton) : quasiNewton(problem);
  }
  if (smooth) return wide ? ridgeByRows(problem, ridgeSolver) : ridgeSolver(problem);
  // With ridge nearly all columns have a coefficient. While the Gram matrix is at most twice as large as the data, it is faster.
  const isWider = wide && (penalty.l1Ratio > 0 || isDense(design, design.columns));
  if (!isWider) return gramPathSolver(problem);
  return penalty.l1Ratio > 0
    ? workingSetSolver(problem, () => proximalNewton(problem))
    : proximalNewton(problem);
}

/** Whether a ridge with bounds has at most half the columns in the space of the rows. */
function isPartlyBounded({ design, penalty }: Problem): boolean {
  if (penalty.l1Ratio > 0 || !hasBounds(penalty)) return false;
  return columnsBeside(penalty).length + design.rows <= design.columns / 2;
}

/** The paths of gaussian problems given by their moments, along the same lambdas. */
export function penalisedPathsOn(
  problems: readonly NormalEquations[],
  lambdas: readonly number[],
  stopping: Stopping,
): LinearPoint[][] {
  const smooth = ({ penalty }: NormalEquations) => penalty.l1Ratio === 0 && !hasBounds(penalty);
  if (!problems.every(smooth)) return gramPaths(problems, lambdas, stopping);
  return ridgePaths(problems, lambdas);
}

/** The solver where nothing is penalised. */
export function unpenalisedSolver(problem: Problem): Solver {
  if (hasBounds(problem.penalty)) return penalisedSolver(problem);
  return problem.family.isQuadratic ? leastSquares(problem) : maximumLikelihood(problem);
}
