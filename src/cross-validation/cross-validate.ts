import type { ResolvedOptions } from '../options/resolve-options.js';
import type { CvError } from '../path/select-lambda.js';
import type { CertifiedSolution } from '../path/solve-path.js';
import type { Engine } from '../runtime/engine.js';
import type { Prepared } from '../setup/prepare.js';
import type { Parts } from '../setup/read-parts.js';
import type { FoldErrors, FoldRows, Folds } from './folds.js';
import { foldsBySums } from './from-moments/from-moments.js';
import { foldsInStep } from './lockstep/lockstep.js';
import { foldsOnThreads } from './refit/on-threads.js';
import { foldsOnFewColumns } from './screened/screened.js';

/**
 * K-fold cross-validation on the training rows: each fold is predicted by a path at the same lambdas that is learned from the
 * others, everything that is learned (means, fills, levels) included.
 *
 *     mean = sum_k W_k e_k / sum_k W_k,   standardError = sqrt(sum_k W_k (e_k - mean)^2 / sum_k W_k / (K - 1))
 *
 * @param rows of each fold; see `dealFolds`
 * @returns for each lambda; cost: one pass over the data and a path on sums for each fold where the sums suffice, else a fit
 * Source: Stone (1974), J. R. Stat. Soc. B 36; the weighting is that of glmnet's cv.glmnet.
 */
export async function crossValidate(
  parts: Parts,
  prepared: Prepared,
  rows: readonly FoldRows[],
  options: ResolvedOptions,
  path: readonly CertifiedSolution[],
  engine: Engine,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<CvError[]> {
  const lambdas = path.map(({ lambda }) => lambda);
  const folds: Folds = { parts, prepared, rows, options, lambdas, path, engine };
  const progress = (done: number) => onProgress?.(done, rows.length);
  const errors =
    foldsBySums(folds, progress) ??
    foldsInStep(folds, progress) ??
    // A linear path costs so little on all columns that choosing among them gains nothing.
    (!prepared.problem.family.isQuadratic ? await foldsOnFewColumns(folds, progress) : null) ??
    (await foldsOnThreads(folds, progress));
  return lambdas.map((_, k) => summary(errors, k));
}

function summary(folds: readonly FoldErrors[], k: number): CvError {
  const total = folds.reduce((s, { weight }) => s + weight, 0);
  const mean = folds.reduce((s, { weight, errors }) => s + weight * errors[k], 0) / total;
  const spread = folds.reduce((s, { weight, errors }) => s + weight * (errors[k] - mean) ** 2, 0) / total;
  return { mean, standardError: Math.sqrt(spread / (folds.length - 1)) };
}
