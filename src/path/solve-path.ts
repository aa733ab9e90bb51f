import { kktViolation } from '../solvers/kkt.js';
import type { Problem, Solution, Solver } from '../solvers/problem.js';
import { isUnpenalised, penalisedSolver, unpenalisedSolver } from './choose-solver.js';

/** How far below the certificate a solver aims, so that rounding in the check does not decide. */
const SAFETY = 1e-4;

/** How often a solution that misses its certificate is sent back, each time with a hundredth of the tolerance. */
const REFINEMENTS = 2;

export interface PathOptions {
  /** The certificate to reach: largest KKT violation over the problem's gradient scale. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Called after each lambda. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A solution with its certificate. */
export interface CertifiedSolution extends Solution {
  readonly lambda: number;
  readonly kkt: number;
  readonly certified: boolean;
}

/**
 * Solves every lambda, each started from the solution before it. Nothing stops early.
 * @param lambdas decreasing
 */
export function solvePath(
  problem: Problem,
  lambdas: readonly number[],
  options: PathOptions,
): CertifiedSolution[] {
  const solverFor = solvers(problem);
  const path: CertifiedSolution[] = [];
  for (const lambda of lambdas) {
    const warm = path.length === 0 ? null : path[path.length - 1];
    path.push(certifiedSolution(problem, solverFor(lambda), lambda, warm, options));
    options.onProgress?.(path.length, lambdas.length);
  }
  return path;
}

/** Prepares each kind of solver only when a lambda needs it. */
function solvers(problem: Problem): (lambda: number) => Solver {
  let penalised: Solver | null = null;
  let unpenalised: Solver | null = null;
  return (lambda) => {
    if (isUnpenalised(problem, lambda)) {
      unpenalised ??= unpenalisedSolver(problem);
      return unpenalised;
    }
    penalised ??= penalisedSolver(problem);
    return penalised;
  };
}

function certifiedSolution(
  problem: Problem,
  solver: Solver,
  lambda: number,
  warm: Solution | null,
  { tolerance, maxIterations }: PathOptions,
): CertifiedSolution {
  let violation = SAFETY * tolerance * problem.gradientScale;
  let solution = solver.solve(lambda, warm, { violation, maxIterations });
  let kkt = kktViolation(problem, lambda, solution);
  for (let round = 0; round < REFINEMENTS && kkt > tolerance; round++) {
    const left = maxIterations - solution.iterations;
    if (solution.separation !== undefined || left <= 0) break;
    violation /= 100;
    const next = solver.solve(lambda, solution, { violation, maxIterations: left });
    const nextKkt = kktViolation(problem, lambda, next);
    const iterations = solution.iterations + next.iterations;
    if (!(nextKkt < kkt)) {
      solution = { ...solution, iterations };
      break;
    }
    solution = { ...next, iterations };
    kkt = nextKkt;
  }
  return { ...solution, lambda, kkt, certified: kkt <= tolerance && solution.separation === undefined };
}
