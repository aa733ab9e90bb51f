import { COLUMN_LANES, LANES, type SharedBlocks } from './shared-blocks.js';

/** Bytes of sorting space a row, and of the digit counts, that the ranking of scores takes. */
const SORT_BYTES = 24;
const DIGIT_BYTES = 4 * 2048;

/** A point in the coordinates of the design. */
export interface SharedPoint {
  readonly intercept: number;
  readonly beta: Float64Array;
}

/** What points are measured on: a design with its target, weights and offset; length rows each. */
export interface SharedRows {
  readonly family: 'gaussian' | 'binomial';
  readonly design: SharedBlocks;
  readonly y: Float64Array;
  readonly w: Float64Array;
  readonly offset: Float64Array;
}

/** Minus the derivatives of the loss at a point: Z' residual, and the sum of the residuals w_i (y_i - mean_i). */
export interface LossGradient {
  readonly gradient: Float64Array;
  readonly pull: number;
}

/** Gradients at several points, the data being read twice for all of them. Nothing of the rows' length leaves the kernels. */
export function gradientsAt(rows: SharedRows, points: readonly SharedPoint[]): LossGradient[] {
  const { design, family } = rows;
  const { wasm, pool } = design.engine;
  pool.reserveScratch(8 * design.paddedRows + 16);
  return wasm.scoped(() => {
    const { vectors, words } = predictors(rows, points);
    const pulls = wasm.doubles(points.length);
    const operation = family === 'binomial' ? 'logisticResiduals' : 'gaussianResiduals';
    pool.run(operation, wasm.words([...words, pulls.byteOffset]), LANES);
    const lanes = design.single ? COLUMN_LANES : LANES;
    const { columns } = design;
    const size = points.length * columns;
    const partial = wasm.allocate(8 * size * (design.single ? 1 : lanes));
    const [first, stride] = vectors;
    design.run('gradientMany', lanes, [points.length, first, stride, design.subsetIn(), columns, partial]);
    const result = wasm.doublesAt(design.single ? partial : design.reduce(partial, size, lanes), size);
    return points.map((_, k) => ({ gradient: result.slice(k * columns, (k + 1) * columns), pull: pulls[k] }));
  });
}

/**
 * Sums over the rows at one point. Gaussian: sum w e^2 and sum w |e|. Binomial: sum w loss, the weight of the rows that are
 * classified right, sum w (y - probability)^2, and the area under the ROC curve (NaN where a class has no weight).
 */
export interface ErrorSums {
  readonly sums: readonly [number, number, number];
  readonly area: number;
}

/** Errors at several points, the data being read once for all of them. */
export function errorsAt(rows: SharedRows, points: readonly SharedPoint[]): ErrorSums[] {
  const { design, family } = rows;
  const { wasm, pool } = design.engine;
  pool.reserveScratch(SORT_BYTES * design.paddedRows + DIGIT_BYTES);
  return wasm.scoped(() => {
    const { words } = predictors(rows, points);
    const errors = wasm.doubles(3 * points.length);
    const areas = wasm.doubles(points.length).fill(Number.NaN);
    const operation = family === 'binomial' ? 'binomialErrors' : 'gaussianErrors';
    pool.run(operation, wasm.words([...words, errors.byteOffset]), LANES);
    if (family === 'binomial') {
      const [vectors, , ...rest] = words;
      pool.run('rankingAreas', wasm.words([vectors, design.rows, ...rest, areas.byteOffset]), LANES);
    }
    return points.map((_, k) => ({
      sums: [errors[3 * k], errors[3 * k + 1], errors[3 * k + 2]],
      area: areas[k],
    }));
  });
}

/** The linear predictors of the points, side by side in memory, and the arguments that jobs on them begin with. */
function predictors({ design, y, w, offset }: SharedRows, points: readonly SharedPoint[]) {
  const { wasm } = design.engine;
  const stride = 8 * design.paddedRows;
  const first = wasm.allocate(stride * points.length);
  const intercepts = wasm.doubles(points.length);
  const table: number[] = [];
  points.forEach(({ intercept, beta }, k) => {
    const support = Int32Array.from(beta.keys()).filter((j) => beta[j] !== 0);
    const values = wasm.doubles(support.length);
    support.forEach((j, a) => {
      values[a] = beta[j];
    });
    intercepts[k] = intercept;
    table.push(wasm.words(support), support.length, values.byteOffset, first + k * stride);
  });
  const shared = [wasm.words(table), design.vectorIn(offset), intercepts.byteOffset];
  design.run('predictMany', design.wide ? LANES : COLUMN_LANES, [points.length, ...shared]);
  const words = [points.length, design.paddedRows, design.vectorIn(y), design.vectorIn(w), first, stride];
  return { vectors: [first, stride] as const, words };
}
