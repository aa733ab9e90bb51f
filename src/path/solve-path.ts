import { decideSeparation } from '../certificate/decide-separation.js';
import { type Verdict, verdicts } from '../certificate/kkt.js';
import { verdictsBySums } from '../certificate/kkt-by-sums.js';
import type { Family } from '../families/family.js';
import type { WantedErrors } from '../problem/loss-state.js';
import type { NormalEquations } from '../problem/normal-equations.js';
import type { Problem } from '../problem/problem.js';
import type { Separation } from '../problem/separation.js';
import { solveAll } from '../solvers/solve-all.js';
import type { LinearPoint, Solution, Solver, Stopping } from '../solvers/solver.js';
import { isUnpenalised, penalisedPathsOn, penalisedSolver, unpenalisedSolver } from './choose-solver.js';

/** How far below the certificate a solver aims, so that rounding in the check does not decide. */
const SAFETY = 1e-4;

/**
 * The same for large problems, where a solution costs many passes over the data; and the rows times columns from which a problem is large.
 */
const LARGE_SAFETY = 0.3;
const LARGE = 1 << 20;

/** How often a solution that misses its certificate is solved again, each time to a hundredth of the tolerance before. */
const REFINEMENTS = 2;

export interface PathOptions {
  /** The certificate to reach: largest KKT violation over the problem's gradient scale. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Called after each lambda. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** The wanted errors on the problem's rows, computed together with the certificates. */
  readonly errors?: WantedErrors;
  /** Number of columns of the whole problem, if this one has only those that can matter. */
  readonly columns?: number;
  /** Where the path starts; null for zero. */
  readonly start?: Solution | null;
}

/**
 * A solution with its certificate, and its errors if they were wanted and computed in the same pass over the data. If no optimum exists,
 * `separation` says why, and nothing is certified.
 */
export interface CertifiedSolution extends Solution, Verdict {
  readonly lambda: number;
  readonly support: Int32Array;
  readonly certified: boolean;
}

/**
 * Solves every lambda, each started from the solution before it. Nothing stops early. Then all are certified together, and solutions that
 * miss their certificate are solved again.
 * @param lambdas decreasing
 */
export function solvePath(
  problem: Problem,
  lambdas: readonly number[],
  options: PathOptions,
): CertifiedSolution[] {
  return solveGrid(problem, () => ({ lambdas }), options).path;
}

/**
 * The same if the lambdas follow from the problem: the solver's preparation that their choice needs is not repeated.
 * @param choose is given the solver of lambdas above 0
 */
export function solveGrid<G extends { readonly lambdas: readonly number[] }>(
  problem: Problem,
  choose: (solver: () => Solver) => G,
  options: PathOptions,
): { readonly grid: G; readonly path: CertifiedSolution[] } {
  // Free the memory for the certificates.
  const { grid, found } = problem.design.engine.wasm.scoped(() => {
    const first = solvers(problem);
    const grid = choose(first.penalised);
    return { grid, found: walk(problem, first.at, grid.lambdas, options, true) };
  });
  const path = problem.design.engine.wasm.scoped(() => {
    const wanted = options.errors ?? null;
    const judged =
      verdictsBySums(problem, found, wanted, options.tolerance) ?? verdicts(problem, found, wanted);
    const separationAt = separations(problem, found);
    // The memory of the first solvers has been released.
    const anew = solvers(problem);
    return found.map(({ separation: _, ...solution }, k) => {
      const separation = separationAt(solution.lambda);
      const point = { ...solution, ...judged[k] };
      if (separation !== null) return { ...point, separation, certified: false };
      return refined(problem, anew.at, point, options);
    });
  });
  return { grid, path };
}

/**
 * Whether an optimum exists is decided once for all lambdas above 0, which leave the same coefficients unpenalised, and once for 0: by a
 * proof that a solver found, or else from the solutions at both ends.
 */
function separations(
  problem: Problem,
  path: readonly (Solution & { readonly lambda: number })[],
): (lambda: number) => Separation | null {
  const decide = (solutions: typeof path): Separation | null => {
    if (solutions.length === 0) return null;
    const proved = solutions.find(({ separation }) => separation !== undefined)?.separation;
    const ends = [solutions[0], solutions[solutions.length - 1]];
    return proved ?? decideSeparation(problem, solutions[0].lambda, ends);
  };
  const penalised = decide(path.filter(({ lambda }) => lambda > 0));
  const unpenalised = decide(path.filter(({ lambda }) => lambda === 0));
  return (lambda) => (lambda > 0 ? penalised : unpenalised);
}

/**
 * The same without certificates: for the folds of a cross-validation, of which only the errors are shown. Without certificates every step
 * must be verified.
 */
export function solveUncertified(
  problem: Problem,
  lambdas: readonly number[],
  options: PathOptions,
): (Solution & { readonly lambda: number })[] {
  return walk(problem, solvers(problem).at, lambdas, options, false);
}

/**
 * The paths of gaussian problems given by their moments, uncertified, in parallel: one path per thread.
 * @param lambdas decreasing, all penalised
 */
export function solveOnSums(
  problems: readonly NormalEquations[],
  lambdas: readonly number[],
  stopping: Stopping,
): LinearPoint[][] {
  return penalisedPathsOn(problems, lambdas, stopping);
}

/** Consecutive lambdas of the same solver are passed to it together. */
function walk(
  problem: Problem,
  solverFor: (lambda: number) => Solver,
  lambdas: readonly number[],
  { tolerance, maxIterations, onProgress, columns, start = null }: PathOptions,
  isCertified: boolean,
): (Solution & { readonly lambda: number })[] {
  const { family, design, gradientScale } = problem;
  const aim = aimOf(family, design.rows, columns ?? design.columns);
  const stopping = {
    violation: aim * tolerance * gradientScale,
    maxIterations,
    untested: isCertified && aim === LARGE_SAFETY,
  };
  const path: (Solution & { readonly lambda: number })[] = [];
  let done = 0;
  const onSolved = () => onProgress?.(++done, lambdas.length);
  while (path.length < lambdas.length) {
    const from = path.length;
    const free = isUnpenalised(problem, lambdas[from]);
    const end = lambdas.findIndex((lambda, k) => k > from && isUnpenalised(problem, lambda) !== free);
    const run = lambdas.slice(from, end < 0 ? lambdas.length : end);
    const found = solveAll(solverFor(run[0]), run, path.at(-1) ?? start, stopping, onSolved);
    found.forEach((solution, k) => {
      path.push({ ...solution, lambda: run[k] });
    });
  }
  return path;
}

/**
 * The share of the tolerance that solvers aim at: small problems are solved almost to machine precision; large ones, where each digit costs
 * passes, only well below the certificate.
 */
export function aimOf({ isQuadratic }: Family, rows: number, columns: number): number {
  const cheap = isQuadratic && columns <= rows;
  return cheap || rows * columns < LARGE ? SAFETY : LARGE_SAFETY;
}

interface Solvers {
  penalised(): Solver;
  /** The solver for a lambda. */
  at(lambda: number): Solver;
}

/** Prepares each kind of solver only when it is needed. */
function solvers(problem: Problem): Solvers {
  let [held, free]: (Solver | null)[] = [null, null];
  const penalised = () => {
    held ??= penalisedSolver(problem);
    return held;
  };
  const unpenalised = () => {
    free ??= unpenalisedSolver(problem);
    return free;
  };
  return { penalised, at: (lambda) => (isUnpenalised(problem, lambda) ? unpenalised() : penalised()) };
}

/**
 * Solves again while a solution misses its certificate and improves.
 * @param solverFor called only then, because creating a solver costs a pass over the rows
 */
function refined(
  problem: Problem,
  solverFor: (lambda: number) => Solver,
  first: Solution & Verdict & { readonly lambda: number },
  { tolerance, maxIterations, errors }: PathOptions,
): CertifiedSolution {
  let solution = first;
  let violation = SAFETY * tolerance * problem.gradientScale;
  for (let round = 0; round < REFINEMENTS && solution.kkt > tolerance; round++) {
    const left = maxIterations - solution.iterations;
    if (left <= 0) break;
    const { lambda } = solution;
    const next = solverFor(lambda).solve(lambda, solution, { violation, maxIterations: left });
    const [verdict] = verdicts(problem, [{ ...next, lambda }], errors ?? null);
    const iterations = solution.iterations + next.iterations;
    if (!(verdict.kkt < solution.kkt)) {
      solution = { ...solution, iterations };
      break;
    }
    solution = { ...next, ...verdict, lambda, iterations };
    violation /= 100;
  }
  return { ...solution, certified: solution.kkt <= tolerance };
}
