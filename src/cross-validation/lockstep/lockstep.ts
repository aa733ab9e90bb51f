import { gather, sum } from '../../linalg/vector.js';
import { isUnpenalised } from '../../path/choose-solver.js';
import { aimOf } from '../../path/solve-path.js';
import type { Precision } from '../../problem/loss-state.js';
import { hasBounds } from '../../problem/problem.js';
import { float32ErrorBound, precisionFor } from '../../solvers/precision.js';
import { fillsAreLearned } from '../constant-columns.js';
import type { FoldErrors, Folds } from '../folds.js';
import { foldByRows, sourceOf } from '../refit/refit.js';
import { foldLosses } from './fold-losses.js';
import { restsOf } from './training-standardization.js';
import { walkFolds } from './walk.js';

/** Entries of the Hessians of all folds together, beyond which they would fill the memory. */
const MOST_ENTRIES = 1 << 23;

/**
 * Cross-validates a binomial path with all folds in step: the solution on all rows is the start of every fold's, and one pass over
 * the data serves all folds. The numbers are those of `foldsByRows` within the tolerance of its solutions.
 * A fold whose errors depend on where its path starts is left to the rows, and so is one that does not converge.
 * @returns null where this does not pay or fit: other families, more columns than rows, features that are not penalised, values
 * filled in that each fold has to learn for itself, or too many folds or columns
 * Cost: `walkFolds`.
 */
export function foldsInStep(folds: Folds, onProgress: (done: number) => void): FoldErrors[] | null {
  if (!suits(folds)) return null;
  const { design } = folds.prepared.problem;
  const found = design.engine.wasm.scoped(() => errorsInStep(folds, onProgress));
  return found?.map((errors, fold) => errors ?? foldByRows(sourceOf(folds), fold)) ?? null;
}

function suits(folds: Folds): boolean {
  const { prepared, rows, lambdas } = folds;
  const { family, design, penalty, y } = prepared.problem;
  const fewest = rows.reduce((least, { held }) => Math.min(least, y.length - held.length), Infinity);
  if (family.isQuadratic || design.columns > fewest) return false;
  if (rows.length * design.columns ** 2 > MOST_ENTRIES) return false;
  if (penalty.factor.some((f) => f === 0) || lambdas.some((lambda) => isUnpenalised({ penalty }, lambda))) {
    return false;
  }
  return !fillsAreLearned(folds);
}

/** Errors of each fold; null for one that has to be done by rows, and in all where none can be done so. */
function errorsInStep(folds: Folds, onProgress: (done: number) => void): (FoldErrors | null)[] | null {
  const { prepared, rows, lambdas, path: reference, parts, options } = folds;
  const { problem } = prepared;
  const losses = foldLosses(
    problem,
    rows.map(({ held }) => held),
    precisionOf(folds),
  );
  if (losses === null) return null;
  const rests = restsOf(folds, losses);
  if (rests.length === 0) return null;
  const progress = (k: number) => onProgress(Math.floor((k * rows.length) / lambdas.length));
  const { maxIterations } = options;
  const found = walkFolds({ problem, losses, rests, lambdas, reference, maxIterations }, progress);
  const errors: (FoldErrors | null)[] = rows.map(() => null);
  rests.forEach(({ fold }, i) => {
    const { held } = rows[fold];
    const total = sum(gather(problem.v, held));
    const weight = sum(gather(parts.train.w, held));
    const toError = (loss: number) => (total > 0 ? loss / total : 0);
    errors[fold] = found[i] === null ? null : { weight, errors: found[i].map(toError) };
  });
  return errors;
}

/** What the folds are solved in. Rounding might carry a coefficient over its bound. */
function precisionOf({ prepared, options }: Folds): Precision {
  const { problem } = prepared;
  const { family, design, gradientScale, penalty } = problem;
  if (hasBounds(penalty)) return 'double';
  const aim = aimOf(family, design.rows, design.columns);
  return precisionFor(float32ErrorBound(problem), aim * options.tolerance * gradientScale);
}
