import { largest } from '../design/float32-blocks.js';
import type { Precision } from '../problem/loss-state.js';
import type { Problem } from '../problem/problem.js';
import type { Solver } from './solver.js';

/** What rounding leaves in doubt of a row's part in a gradient, as a share of its weight. */
const ROW_ROUNDING = 2 ** -22;

/** How many times what single precision leaves in doubt of a gradient a step may be asked to reach. */
const MARGIN = 4;

/**
 * What single precision may leave in doubt of a gradient: a row's part is off by a few 2^-24 of its weight, as often up as down, so that n
 * rows together are off by about the root of n as much. Infinity where there is none.
 */
export function float32ErrorBound({ design, family, v }: Problem): number {
  const suits = family.kernels === 'binomial' && design.blocks?.wide === false;
  return suits ? ROW_ROUNDING * largest(v) * Math.sqrt(design.rows) : Infinity;
}

/** Single precision where what is asked of a gradient is far more than that leaves in doubt. @param violation asked for */
export function precisionFor(doubt: number, violation: number): Precision {
  return violation >= MARGIN * doubt ? 'single' : 'double';
}

/**
 * A solver that is prepared anew where the precision changes. Single precision is for what a certificate follows: that is taken in double
 * precision and tells what was missed, and what is sent back comes with a smaller violation to reach.
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
