import { gather, pick } from '../kernels/vector.js';
import type { Problem } from './problem.js';

/** Complete: every row is classified with growing confidence along the direction; quasi-complete: some stay on the border. */
export type Separation = 'complete' | 'quasi-complete';

/** Margins this small beside the largest are rounding. */
const BORDER = 1e-9;

/**
 * Whether a direction of unpenalised coefficients separates the classes: along it no row's loss rises and some fall for ever,
 * so that no finite maximum of the likelihood exists. A direction that passes is itself the proof.
 * @param working the columns that `step` moves
 * Cost: one prediction. Source: Albert and Anderson (1984), Biometrika 71, 1-10.
 */
export function separationAlong(
  problem: Problem,
  lambda: number,
  working: Int32Array,
  step: { readonly beta: Float64Array; readonly intercept: number },
): Separation | null {
  const { design, y, v, family, penalty } = problem;
  if (family.name !== 'binomial') return null;
  const moved: number[] = [];
  for (let a = 0; a < working.length; a++) {
    const j = working[a];
    if (lambda * penalty.factor[j] !== 0 || step.beta[a] === 0) continue;
    if (Number.isFinite(step.beta[a] > 0 ? penalty.upper[j] : penalty.lower[j])) return null;
    moved.push(a);
  }
  if (moved.length === 0) return null;
  const places = Int32Array.from(moved);
  const eta = new Float64Array(design.rows).fill(step.intercept);
  design.addPrediction(gather(step.beta, places), eta, pick(working, places));
  let least = Infinity;
  let most = 0;
  for (let i = 0; i < eta.length; i++) {
    if (v[i] === 0) continue;
    const margin = y[i] === 1 ? eta[i] : -eta[i];
    least = Math.min(least, margin);
    most = Math.max(most, margin);
  }
  if (!(most > 0) || least < -BORDER * most) return null;
  return least > BORDER * most ? 'complete' : 'quasi-complete';
}
