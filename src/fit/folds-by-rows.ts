import { SharedBlocks } from '../kernels/shared-blocks.js';
import { sum } from '../kernels/vector.js';
import { solveUncertified } from '../path/solve-path.js';
import { errorOf } from './error-of.js';
import { metricsAlong } from './evaluate.js';
import type { FoldErrors, Folds } from './folds.js';
import { prepare } from './prepare.js';
import type { Part } from './read-parts.js';
import { Warnings } from './warnings.js';

/** Lays out, solves and measures each fold from its rows: the way that suits every problem. Cost: a fit a fold. */
export function foldsByRows(folds: Folds, onProgress: (done: number) => void): FoldErrors[] {
  return folds.rows.map((_, fold) => {
    const errors = foldByRows(folds, fold);
    onProgress(fold + 1);
    return errors;
  });
}

/** One fold of these. */
export function foldByRows(folds: Folds, fold: number): FoldErrors {
  const { engine, prepared } = folds;
  if (engine === null) return measure(folds, fold);
  SharedBlocks.reserveForParts(engine, prepared.problem.design.rows, prepared.problem.design.columns);
  return engine.wasm.scoped(() => measure(folds, fold));
}

function measure({ parts, rows, options, lambdas, engine }: Folds, fold: number): FoldErrors {
  const held = rowsOf(parts.train, rows[fold].held);
  const train = rowsOf(parts.train, rows[fold].rest);
  const prepared = prepare({ ...parts, train, test: held }, options, new Warnings(), engine, 'some-absent');
  const { tolerance, maxIterations } = options;
  const path = solveUncertified(prepared.problem, lambdas, { tolerance, maxIterations });
  const metrics = metricsAlong(parts.coding.family, held, prepared.testDesign!, path);
  return {
    weight: sum(held.w),
    errors: metrics.map((m) => (m === null ? 0 : errorOf(m))),
  };
}

/** Some rows of a part. */
function rowsOf({ table, features, rows, y, w, offset }: Part, kept: Int32Array): Part {
  const pick = (x: Float64Array) => Float64Array.from(kept, (i) => x[i]);
  return { table, features, rows: kept.map((i) => rows[i]), y: pick(y), w: pick(w), offset: pick(offset) };
}
