import { sum } from '../../linalg/vector.js';
import { metricsAlong } from '../../metrics/along-path.js';
import { errorOf } from '../../metrics/metrics.js';
import { solveUncertified } from '../../path/solve-path.js';
import { prepare } from '../../setup/prepare.js';
import type { Part, Parts } from '../../setup/read-parts.js';
import { Warnings } from '../../setup/warnings.js';
import type { FoldErrors, FoldSource, Folds } from '../folds.js';
import { type FoldPart, startOf, traceOf } from '../screened/subproblem.js';

/** Lays out, solves and measures each fold from its rows: the way that suits every problem. Cost: a fit a fold. */
export function foldsByRows(
  folds: Folds,
  onProgress: (done: number) => void,
  chosen: FoldSource['chosen'] = allColumnsOf(folds),
): FoldErrors[] {
  const source = sourceOf(folds, chosen);
  return folds.rows.map((_, fold) => {
    const errors = foldByRows(source, fold);
    onProgress(fold + 1);
    return errors;
  });
}

/** What of a cross-validation the rows need. */
export function sourceOf(
  { prepared, ...folds }: Folds,
  chosen: FoldSource['chosen'] = folds.rows.map(() => null),
): FoldSource {
  return { ...folds, columns: prepared.problem.design.columns, chosen };
}

/** Each fold on all columns. */
export function allColumnsOf({ rows }: Folds): FoldSource['chosen'] {
  return rows.map(() => null);
}

/** One fold of these. */
export function foldByRows(source: FoldSource, fold: number): FoldErrors {
  return source.engine.wasm.scoped(() => measure(source, fold));
}

function measure(source: FoldSource, fold: number): FoldErrors {
  const { rows, options, lambdas, engine, columns } = source;
  const part = source.chosen[fold];
  const parts = part === null ? source.parts : partsOn(source.parts, part);
  const { family } = parts.coding;
  const held = rowsOf(parts.train, rows[fold].held);
  const train = rowsOf(parts.train, rows[fold].rest);
  const prepared = prepare({ ...parts, train, test: held }, options, new Warnings(), engine, 'some-absent');
  const { tolerance, maxIterations } = options;
  const start = part === null ? null : startOf(part);
  const path = solveUncertified(prepared.problem, lambdas.slice(part?.from ?? 0), {
    ...{ tolerance, maxIterations, columns, start },
  });
  const metrics = metricsAlong(family, held, prepared.testDesign!, path);
  const found = {
    weight: sum(held.w),
    errors: metrics.map((m) => (m === null ? 0 : errorOf(m))),
  };
  return part === null ? found : { ...found, trace: traceOf(prepared.problem, path, part.columns) };
}

/** The parts with some of their columns, all of them numbers. */
function partsOn(parts: Parts, { columns }: FoldPart): Parts {
  const { features } = parts.train;
  return { ...parts, train: { ...parts.train, features: Array.from(columns, (j) => features[j]) } };
}

/** Some rows of a part. */
function rowsOf({ table, features, rows, y, w, offset }: Part, kept: Int32Array): Part {
  const pick = (x: Float64Array) => Float64Array.from(kept, (i) => x[i]);
  return { table, features, rows: kept.map((i) => rows[i]), y: pick(y), w: pick(w), offset: pick(offset) };
}
