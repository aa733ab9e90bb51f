import { gather, pick } from '../linalg/vector.js';
import type { Problem, Separation } from './problem.js';

export type { Separation };

/** A direction, over some columns. */
export interface Direction {
  readonly columns: Int32Array;
  /** Length columns. */
  readonly beta: Float64Array;
  readonly intercept: number;
}

/** Margins below this share of the largest are rounding, and so are steps. */
const BORDER = 1e-9;

/**
 * The coefficients that are unbounded: limited neither by lambda nor by two bounds.
 * @returns for each column whether it may grow, and whether it may fall
 */
export function openWays({ penalty }: Problem, lambda: number, j: number): { up: boolean; down: boolean } {
  const isFree = lambda * penalty.factor[j] === 0;
  return { up: isFree && penalty.upper[j] === Infinity, down: isFree && penalty.lower[j] === -Infinity };
}

/**
 * Whether the unpenalised and unbounded part of a direction separates the classes. If so, the direction itself is the proof. Cost: one
 * prediction. Source: Albert and Anderson (1984), Biometrika 71, 1-10.
 */
export function separationAlong(problem: Problem, lambda: number, direction: Direction): Separation | null {
  const { design, y, v, family } = problem;
  if (!family.canSeparate) return null;
  const moved: number[] = [];
  for (let a = 0; a < direction.columns.length; a++) {
    const step = direction.beta[a];
    const { up, down } = openWays(problem, lambda, direction.columns[a]);
    if (step === 0 || (!up && !down)) continue;
    if (step > 0 ? !up : !down) return null;
    moved.push(a);
  }
  if (moved.length === 0) return null;
  const positions = Int32Array.from(moved);
  const columns = pick(direction.columns, positions);
  const beta = gather(direction.beta, positions);
  const eta = new Float64Array(design.rows).fill(direction.intercept);
  design.addPrediction(beta, eta, columns);
  let least = Infinity;
  let most = 0;
  for (let i = 0; i < eta.length; i++) {
    if (v[i] === 0) continue;
    const margin = y[i] === 1 ? eta[i] : -eta[i];
    least = Math.min(least, margin);
    most = Math.max(most, margin);
  }
  if (!(most > 0) || least < -BORDER * most) return null;
  return { columns: columns.filter((_, a) => Math.abs(beta[a]) > BORDER * most).sort() };
}
