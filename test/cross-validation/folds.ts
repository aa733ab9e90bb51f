import type { FoldErrors, Folds } from '../../src/cross-validation/folds.js';
import type { Table } from '../../src/csv/columns/table.js';
import { chooseColumns } from '../../src/features/choose-columns.js';
import { drawFolds } from '../../src/features/split.js';
import type { FitOptions } from '../../src/options/options.js';
import { resolveOptions } from '../../src/options/resolve-options.js';
import { lambdaMax, logSpaced } from '../../src/path/lambda-grid.js';
import { solvePath } from '../../src/path/solve-path.js';
import { Engine } from '../../src/runtime/engine.js';
import { prepare } from '../../src/setup/prepare.js';
import { readParts } from '../../src/setup/read-parts.js';
import { Warnings } from '../../src/setup/warnings.js';
import { tableOf } from '../features/tables.js';
import { type Columns, named, regression } from '../fit/fit-helpers.js';
import { RowBlocks } from '../reference/row-blocks.js';
import { normal, uniform } from '../solvers/random-problem.js';

/** The kernels of all folds that are given none: their memory stays with the process. */
const ALONE = new Engine(1);

/** A cross-validation of the column `y`, ready to be run one way or the other, at some lambdas from lambdaMax down. */
export function foldsOf(
  columns: Columns,
  count: number,
  given: Partial<FitOptions> = {},
  engine: Engine = ALONE,
): Folds {
  return foldsOfTable(tableOf(columns), count, { target: 'y', ...given }, engine);
}

/** The same of a table. */
export function foldsOfTable(table: Table, count: number, given: FitOptions, engine: Engine = ALONE): Folds {
  const options = resolveOptions({ holdout: 0, ...given });
  const warnings = new Warnings();
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
  const path = solvePath(prepared.problem, lambdas, options);
  return { parts, prepared, rows, options, lambdas, path, engine };
}

/** The mean error at each lambda, folds weighted by their rows. */
export function means(folds: readonly FoldErrors[]): number[] {
  const total = folds.reduce((s, { weight }) => s + weight, 0);
  return folds[0].errors.map((_, k) => folds.reduce((s, f) => s + f.weight * f.errors[k], 0) / total);
}

/** Correlated columns far from 0 on scales of their own, weights with zeros, offset, and categories, one of them rare. */
export function messy(rows: number, seed: number): Columns {
  const random = normal(seed);
  const chance = uniform(seed);
  const { x, y } = regression(rows, 6, seed);
  const shared = Array.from({ length: rows }, random);
  const columns = x.map((c, j) => c.map((value, i) => 10 ** (j - 2) * (value + shared[i] + 5 * j)));
  return {
    ...named(columns, y),
    g: Array.from({ length: rows }, (_, i) => (i === 4 ? 'rare' : 'abc'[Math.floor(3 * chance())])),
    w: Array.from({ length: rows }, () => (chance() < 0.1 ? 0 : 0.2 + 3 * chance())),
    o: Array.from({ length: rows }, random),
  };
}

/** The columns but those named. */
export const without = (columns: Columns, ...names: string[]): Columns =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name)));

/** What is fitted. */
export const PENALTIES: Record<string, Partial<FitOptions>> = {
  lasso: {},
  ridge: { penalty: 'ridge' },
  'elastic net': { penalty: 'elasticnet', l1Ratio: 0.3 },
};
/** Ways to fit it, in the columns of `messy`. */
export const CASES: Record<string, Partial<FitOptions>> = {
  'as it comes': {},
  'no intercept': { intercept: false },
  'not standardized': { standardize: false },
  neither: { intercept: false, standardize: false },
  'weights and offset': { weights: 'w', offset: 'o' },
  'weights, offset, no intercept': { weights: 'w', offset: 'o', intercept: false },
  'penalty factors': {
    penaltyFactor: [
      ['x2', 0],
      ['x3', 2],
      ['g', 0.5],
    ],
  },
  bounds: { nonnegative: true, upper: [['x6', 1e-5]] },
};

/** The same folds of the reference design, which steps folds of any size: compiled kernels leave small ones to the rows. */
export function onReference(folds: Folds): Folds {
  const { prepared } = folds;
  const { design } = prepared.problem;
  const cells = Array.from({ length: design.columns }, (_, j) => {
    const x = new Float64Array(design.rows);
    design.addPrediction(Float64Array.of(1), x, Int32Array.of(j));
    return x;
  });
  const reference = RowBlocks.layOut(design.rows, design.columns, (j, from, out) => {
    out.set(cells[j].subarray(from, from + out.length));
  });
  return { ...folds, prepared: { ...prepared, problem: { ...prepared.problem, design: reference } } };
}
