import { SharedBlocks } from '../kernels/shared-blocks.js';
import { reserveForPoints } from '../kernels/shared-evaluation.js';
import { sum } from '../kernels/vector.js';
import { solveUncertified } from '../path/solve-path.js';
import { errorOf } from './error-of.js';
import { metricsAlong } from './evaluate.js';
import type { FoldErrors, FoldSource, Folds } from './folds.js';
import { prepare } from './prepare.js';
import type { Part } from './read-parts.js';
import { Warnings } from './warnings.js';

/** Lays out, solves and measures each fold from its rows: the way that suits every problem. Cost: a fit a fold. */
export function foldsByRows(folds: Folds, onProgress: (done: number) => void): FoldErrors[] {
  const source = sourceOf(folds);
  return folds.rows.map((_, fold) => {
    const errors = foldByRows(source, fold);
    onProgress(fold + 1);
    return errors;
  });
}

/** What of a cross-validation the rows need. */
export function sourceOf({ prepared, ...folds }: Folds): FoldSource {
  return { ...folds, columns: prepared.problem.design.columns };
}

/** One fold of these. */
export function foldByRows(source: FoldSource, fold: number): FoldErrors {
  const { engine, columns, parts } = source;
  if (engine === null) return measure(source, fold);
  const rows = parts.train.y.length;
  SharedBlocks.reserveFor(engine, rows + 1);
  SharedBlocks.reserveForParts(engine, rows, columns);
  reserveForPoints(engine, rows, columns);
  return engine.wasm.scoped(() => measure(source, fold));
}

function measure({ parts, rows, options, lambdas, engine }: FoldSource, fold: number): FoldErrors {
  const held = rowsOf(parts.train, rows[fold].held);
  const train = rowsOf(parts.train, rows[fold].rest);
  const prepared = prepare({ ...parts, train, test: held }, options, new Warnings(), engine, 'some-absent');
  const { tolerance, maxIterations } = options;
  const path = solveUncertified(prepared.problem, lambdas, { tolerance, maxIterations });
  const metrics = metricsAlong(parts.coding.family, held, prepared.testDesign!, path, 'shown');
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
