import { isUnpenalised } from '../../path/choose-solver.js';
import { hasBounds, linearPredictor } from '../../problem/problem.js';
import type { FoldErrors, Folds } from '../folds.js';
import { foldsOnThreads } from '../refit/on-threads.js';
import { openColumns, referencesOf, shareOfThreshold } from './check-excluded.js';
import { type FoldView, foldView } from './fold-view.js';
import type { FoldPart } from './subproblem.js';

/** Columns that a fold begins with, for each row; columns are many from twice as many on. */
const COLUMNS_A_ROW = 7;

/** How often columns join a fold before all do. */
const MOST_ROUNDS = 4;

/** A fold on its way. */
interface FoldState {
  readonly fold: number;
  readonly view: FoldView;
  /** What is to be solved next; null for all of it on all columns. */
  part: FoldPart | null;
  found?: FoldErrors;
}

/**
 * The folds of a design with many more columns than rows, each solved on those columns that may matter to it. Which ones is guessed by the
 * residuals of the solutions on all rows, as they are on the fold's. The guess does not choose the solution: the other columns are then
 * checked against it in the layout of all rows, and those that are not strictly below their thresholds join, from the first such lambda on.
 * What remains outside is 0 in every solution, so the solver had the choice that it has on all columns, and as there it started from zero.
 *
 * @returns null where columns are not many, have gaps to be filled or are categories, or may be bounded or unpenalised
 * Cost: a few passes over the data a fold, and a path on the columns that matter.
 */
export async function foldsOnFewColumns(
  folds: Folds,
  onProgress: (done: number) => void,
  perRow: number = COLUMNS_A_ROW,
): Promise<FoldErrors[] | null> {
  if (!suits(folds, perRow)) return null;
  const { prepared, rows, options } = folds;
  const states = rows.map(({ rest }, fold): FoldState => {
    const view = foldView(prepared.problem, rest, options.standardize);
    return { fold, view, part: { columns: guess(folds, view, perRow), from: 0, start: null } };
  });
  let due = states;
  for (let round = 1; due.length > 0; round++) {
    const ready = rows.length - due.length;
    const progress = (done: number) => onProgress(ready + done);
    const part = { ...folds, rows: due.map(({ fold }) => rows[fold]) };
    const answers = await foldsOnThreads(
      part,
      round === 1 ? progress : () => {},
      due.map((state) => state.part),
    );
    due = due.filter((state, i) => !isDone(folds, state, answers[i], round));
  }
  return states.map(({ found }) => ({ weight: found!.weight, errors: found!.errors }));
}

function suits({ parts, prepared, options, lambdas }: Folds, perRow: number): boolean {
  const { design, penalty } = prepared.problem;
  if (design.columns < 2 * perRow * design.rows || design.blocks?.wide !== true) return false;
  if (penalty.l1Ratio === 0 || hasBounds(penalty)) return false;
  if (lambdas.some((lambda) => isUnpenalised(prepared.problem, lambda))) return false;
  const fills = options.missing === 'mean' || options.missing === 'median';
  return parts.train.features.every(({ kind, missing }) => kind === 'numeric' && !(fills && missing > 0));
}

/** The columns whose gradients come closest to their thresholds, and all that can not be judged. */
function guess({ prepared, lambdas, path }: Folds, view: FoldView, perRow: number): Int32Array {
  const { problem } = prepared;
  const { family, y } = problem;
  const references = referencesOf(lambdas.length);
  const residuals = references.map((k) => {
    const out = new Float64Array(y.length);
    family.residual(y, linearPredictor(problem, path[k].intercept, path[k].beta), view.v, out);
    return out;
  });
  const shares = shareOfThreshold(problem, { view, lambdas: references.map((k) => lambdas[k]), residuals });
  const least = shares.slice().sort()[shares.length - perRow * y.length];
  return Int32Array.from(shares.keys()).filter((j) => shares[j] >= least);
}

/** Takes an answer; whether nothing is left to be solved. */
function isDone(
  { prepared, lambdas, options }: Folds,
  state: FoldState,
  answer: FoldErrors,
  round: number,
): boolean {
  const { part, view, found } = state;
  state.found = continued(found, part?.from ?? 0, answer);
  const { trace } = state.found;
  if (part === null || trace === undefined) return true;
  const { problem } = prepared;
  const inside = new Uint8Array(problem.design.columns);
  for (const j of part.columns) inside[j] = 1;
  const residuals = trace.residuals.map((r) => onAllRows(r, view));
  const tolerance = options.tolerance * problem.gradientScale;
  const { columns, first } = openColumns(problem, { view, lambdas, residuals }, inside, tolerance);
  if (columns.length === 0) return true;
  const all = Int32Array.of(...part.columns, ...columns).sort();
  const start = first === 0 ? null : trace.points[first - 1];
  state.part = round < MOST_ROUNDS ? { columns: all, from: first, start } : null;
  return false;
}

function onAllRows(residual: Float64Array, { rest, v }: FoldView): Float64Array {
  const out = new Float64Array(v.length);
  for (let a = 0; a < rest.length; a++) out[rest[a]] = residual[a];
  return out;
}

/** What is known of a fold, with what is anew from some lambda on. */
function continued(before: FoldErrors | undefined, from: number, anew: FoldErrors): FoldErrors {
  if (before?.trace === undefined || anew.trace === undefined) return anew;
  return {
    weight: anew.weight,
    errors: [...before.errors.slice(0, from), ...anew.errors],
    trace: {
      points: [...before.trace.points.slice(0, from), ...anew.trace.points],
      residuals: [...before.trace.residuals.slice(0, from), ...anew.trace.residuals],
    },
  };
}
