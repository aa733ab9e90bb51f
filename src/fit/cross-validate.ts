import { drawFolds } from '../design/split.js';
import { DataError } from '../errors.js';
import type { Engine } from '../kernels/engine.js';
import { sum } from '../kernels/vector.js';
import type { CvError } from '../path/select-lambda.js';
import { solveUncertified } from '../path/solve-path.js';
import { errorOf } from './error-of.js';
import { metricsAlong } from './evaluate.js';
import { prepare } from './prepare.js';
import type { Part, Parts } from './read-parts.js';
import type { ResolvedOptions } from './resolve-options.js';
import { Warnings } from './warnings.js';

/** The errors of one fold along the path, and the weight of its rows. */
interface FoldErrors {
  readonly weight: number;
  readonly errors: readonly number[];
}

/**
 * K-fold cross-validation on the training rows: each fold is predicted by a path at the same lambdas that is learned from the
 * others, everything that is learned (means, fills, levels) included.
 *
 *     mean = sum_k W_k e_k / sum_k W_k,   standardError = sqrt(sum_k W_k (e_k - mean)^2 / sum_k W_k / (K - 1))
 *
 * @returns for each lambda; cost: `cv` paths
 * Source: Stone (1974), J. R. Stat. Soc. B 36; the weighting is that of glmnet's cv.glmnet.
 */
export function crossValidate(
  parts: Parts,
  options: ResolvedOptions & { readonly cv: number },
  lambdas: readonly number[],
  engine: Engine | null,
  onProgress: ((done: number, total: number) => void) | undefined,
): CvError[] {
  const { train } = parts;
  const { cv, seed } = options;
  if (cv > train.y.length) {
    throw new DataError(`--cv ${cv}: there are only ${train.y.length} training rows; ask for fewer folds`);
  }
  const stratify = options.stratify ?? parts.coding.classes !== null;
  const foldOf = drawFolds(train.y.length, cv, seed, stratify ? Int32Array.from(train.y) : null);
  const folds = Array.from({ length: cv }, (_, fold) => {
    const run = () => foldErrors(parts, foldOf, fold, options, lambdas, engine);
    const errors = engine === null ? run() : engine.wasm.scoped(run);
    onProgress?.(fold + 1, cv);
    return errors;
  });
  return lambdas.map((_, k) => summary(folds, k));
}

function foldErrors(
  parts: Parts,
  foldOf: Int32Array,
  fold: number,
  options: ResolvedOptions,
  lambdas: readonly number[],
  engine: Engine | null,
): FoldErrors {
  const held = rowsOf(parts.train, (i) => foldOf[i] === fold);
  const rest = rowsOf(parts.train, (i) => foldOf[i] !== fold);
  const first = rest.y[0];
  if (rest.y.every((value) => value === first)) {
    throw new DataError(
      `--cv ${options.cv}: without fold ${fold + 1} the target is the same in every row; ask for fewer folds`,
    );
  }
  const prepared = prepare(
    { ...parts, train: rest, test: held },
    options,
    new Warnings(),
    engine,
    'some-absent',
  );
  const { tolerance, maxIterations } = options;
  const path = solveUncertified(prepared.problem, lambdas, { tolerance, maxIterations });
  const metrics = metricsAlong(parts.coding.family, held, prepared.testDesign!, path);
  return {
    weight: sum(held.w),
    errors: metrics.map((m) => (m === null ? 0 : errorOf(m))),
  };
}

/** The rows of a part that pass a test. */
function rowsOf({ table, features, rows, y, w, offset }: Part, test: (i: number) => boolean): Part {
  const kept = Int32Array.from(rows.keys()).filter(test);
  const pick = (x: Float64Array) => Float64Array.from(kept, (i) => x[i]);
  return { table, features, rows: kept.map((i) => rows[i]), y: pick(y), w: pick(w), offset: pick(offset) };
}

function summary(folds: readonly FoldErrors[], k: number): CvError {
  const total = folds.reduce((s, { weight }) => s + weight, 0);
  const mean = folds.reduce((s, { weight, errors }) => s + weight * errors[k], 0) / total;
  const spread = folds.reduce((s, { weight, errors }) => s + weight * (errors[k] - mean) ** 2, 0) / total;
  return { mean, standardError: Math.sqrt(spread / (folds.length - 1)) };
}
