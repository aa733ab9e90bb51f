import type { Stopping } from './solver.js';

/** What `Solver` and `LinearSolver` have in common. */
interface OneOrAll<S> {
  solve(lambda: number, warm: S | null, stopping: Stopping): S;
  solveAll?(lambdas: readonly number[], warm: S | null, stopping: Stopping, onSolved?: () => void): S[];
}

/** Solves at every lambda: all together where the solver can, else each from the solution before it. */
export function solveAll<S>(
  solver: OneOrAll<S>,
  lambdas: readonly number[],
  warm: S | null,
  stopping: Stopping,
  onSolved: () => void = () => {},
): S[] {
  if (solver.solveAll !== undefined) return solver.solveAll(lambdas, warm, stopping, onSolved);
  const path: S[] = [];
  for (const lambda of lambdas) {
    path.push(solver.solve(lambda, path.at(-1) ?? warm, stopping));
    onSolved();
  }
  return path;
}
