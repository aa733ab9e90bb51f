import { chooseColumns } from '../../src/design/choose-columns.js';
import { drawFolds } from '../../src/design/split.js';
import type { FoldErrors, Folds } from '../../src/fit/folds.js';
import type { FitOptions } from '../../src/fit/options.js';
import { prepare } from '../../src/fit/prepare.js';
import { readParts } from '../../src/fit/read-parts.js';
import { resolveOptions } from '../../src/fit/resolve-options.js';
import { Warnings } from '../../src/fit/warnings.js';
import type { Engine } from '../../src/kernels/engine.js';
import { lambdaMax, logSpaced } from '../../src/path/lambda-grid.js';
import { tableOf } from '../design/tables.js';
import type { Columns } from './fit-helpers.js';

/** A cross-validation of the column `y`, ready to be run one way or the other, at some lambdas from lambdaMax down. */
export function foldsOf(
  columns: Columns,
  count: number,
  given: Partial<FitOptions> = {},
  engine: Engine | null = null,
): Folds {
  const options = resolveOptions({ target: 'y', holdout: 0, ...given });
  const warnings = new Warnings();
  const table = tableOf(columns);
  const parts = readParts(table, null, chooseColumns(table, options), options, warnings);
  const prepared = prepare(parts, options, warnings, engine);
  const largest = lambdaMax(prepared.problem, { violation: 1e-12, maxIterations: 1000 });
  const lambdas =
    options.lambda.kind === 'list' ? options.lambda.values : logSpaced(largest, 1e-3 * largest, 8);
  const n = parts.train.y.length;
  const foldOf = drawFolds(n, count, 3, null);
  const all = Int32Array.from(foldOf.keys());
  const rows = Array.from({ length: count }, (_, fold) => ({
    held: all.filter((i) => foldOf[i] === fold),
    rest: all.filter((i) => foldOf[i] !== fold),
  }));
  return { parts, prepared, rows, options, lambdas, engine };
}

/** The mean error at each lambda, folds weighted by their rows. */
export function means(folds: readonly FoldErrors[]): number[] {
  const total = folds.reduce((s, { weight }) => s + weight, 0);
  return folds[0].errors.map((_, k) => folds.reduce((s, f) => s + f.weight * f.errors[k], 0) / total);
}
