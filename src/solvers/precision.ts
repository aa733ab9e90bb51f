import { largest } from '../design/float32-blocks.js';
import type { Precision } from '../problem/loss-state.js';
import type { Problem } from '../problem/problem.js';
import type { Solver } from './solver.js';

/** Bound on the rounding error of a row's part in a gradient, as a share of its weight. */
const ROW_ROUNDING = 2 ** -22;

/** A step's tolerance must be at least this many times the error bound of single precision. */
const MARGIN = 4;

/**
 * Error bound of a gradient in single precision. A row's part is off by a few 2^-24 of its weight; the errors are unbiased, so over n rows
 * they grow like sqrt(n). Infinity where there is none.
 */
export function float32ErrorBound({ design, family, v }: Problem): number {
  const suits = family.kernels === 'binomial' && design.blocks?.wide === false;
  return suits ? ROW_ROUNDING * largest(v) * Math.sqrt(design.rows) : Infinity;
}

/** Single precision if the tolerance is far above its error bound. @param violation asked for */
export function precisionFor(doubt: number, violation: number): Precision {
  return violation >= MARGIN * doubt ? 'single' : 'double';
}

/**
 * A solver that is prepared anew where the precision changes. Single precision is only used before a certificate, which is computed in
 * double precision; a solution that misses it is solved again with a smaller tolerance.
 * @param prepare what lives as long as the path
 */
export function inPrecision(
  problem: Problem,
  prepare: (precision: Precision) => Pick<Solver, 'solve'>,
): Solver['solve'] {
  const doubt = float32ErrorBound(problem);
  let run: { readonly precision: Precision; readonly solver: Pick<Solver, 'solve'> } | null = null;
  return (lambda, warm, stopping) => {
    const precision = stopping.untested === true ? precisionFor(doubt, stopping.violation) : 'double';
    if (run?.precision !== precision) run = { precision, solver: prepare(precision) };
    return run.solver.solve(lambda, warm, stopping);
  };
}
