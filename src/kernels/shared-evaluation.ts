import { COLUMN_LANES, LANES, type SharedBlocks } from './shared-blocks.js';
import { placesFor, pointTable, type SharedPoint, stripBytes, stripRows } from './shared-points.js';

export type { SharedPoint };

/** Bytes of sorting space a row, and of the digit counts, that the ranking of scores takes. */
const SORT_BYTES = 24;
const DIGIT_BYTES = 4 * 2048;

/** Points that pass over a block of rows together: their predictors there stay in the second-level cache. */
const TOGETHER = 100;

/** Points whose predictors are kept for all rows, where scores are ranked. */
const RANKED_TOGETHER = 12;

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

/** Gradients at any number of points. Cost: one pass over the data for a hundred. Memory: a few vectors of the columns each. */
export function gradientsAt(rows: SharedRows, points: readonly SharedPoint[]): LossGradient[] {
  const { single } = rows.design;
  reserve(rows.design, Math.min(points.length, TOGETHER));
  return inTurns(points, TOGETHER, (some) =>
    single ? gradientsOfBlock(rows, some) : gradientsByBlocks(rows, some),
  );
}

/**
 * Sums over the rows at one point. Gaussian: sum w e^2 and sum w |e|. Binomial: sum w loss, the weight of the rows that are
 * classified right, sum w (y - probability)^2, and the area under the ROC curve (NaN where a class has no weight).
 */
export interface ErrorSums {
  readonly sums: readonly [number, number, number];
  readonly area: number;
}

/** Errors at any number of points. Cost: one pass over the data for a hundred (gaussian), or for a dozen. */
export function errorsAt(rows: SharedRows, points: readonly SharedPoint[]): ErrorSums[] {
  const { design, family } = rows;
  reserve(design, Math.min(points.length, TOGETHER));
  if (family === 'binomial') {
    const classes = classSizes(rows);
    return inTurns(points, RANKED_TOGETHER, (some) => binomialErrors(rows, classes, some));
  }
  return inTurns(points, TOGETHER, (some) => gaussianErrors(rows, some));
}

/** Scratch memory for all jobs here; not to be called inside `scoped`. */
function reserve(design: SharedBlocks, points: number): void {
  const { pool } = design.engine;
  const vector = 8 * (design.single ? 0 : design.height);
  pool.reserveScratch((placesFor(points) + 1) * vector + 16 + stripBytes(design));
  pool.reserveScratch(8 * design.paddedRows + 16);
  pool.reserveScratch(SORT_BYTES * design.paddedRows + DIGIT_BYTES);
}

function inTurns<T>(
  points: readonly SharedPoint[],
  count: number,
  work: (some: readonly SharedPoint[]) => T[],
): T[] {
  const results: T[] = [];
  for (let k = 0; k < points.length; k += count) results.push(...work(points.slice(k, k + count)));
  return results;
}

/** A design of many blocks: all points pass over each block. */
function gradientsByBlocks({ design, family, y, w, offset }: SharedRows, points: readonly SharedPoint[]) {
  const { wasm, pool } = design.engine;
  return wasm.scoped(() => {
    const { address } = pointTable(design, offset, points);
    const size = points.length * design.columns;
    const gradients = wasm.allocate(8 * size * LANES);
    const pulls = wasm.allocate(8 * points.length * LANES);
    const vectors = [design.vectorIn(y), design.vectorIn(w)];
    const job = [address, points.length, ...vectors, family === 'binomial' ? 1 : 0, gradients, pulls];
    pool.run('pointGradients', wasm.words(job), LANES);
    return split(
      design,
      points.length,
      design.reduce(gradients, size, LANES),
      design.reduce(pulls, points.length, LANES),
    );
  });
}

/** A design of one block: its rows are divided for the predictors, its columns for the gradients. */
function gradientsOfBlock(rows: SharedRows, points: readonly SharedPoint[]): LossGradient[] {
  const { design, family } = rows;
  const { wasm, pool } = design.engine;
  return wasm.scoped(() => {
    const { eta, stride, y, w } = predictors(rows, points);
    const pulls = wasm.allocate(8 * points.length);
    const isBinomial = family === 'binomial' ? 1 : 0;
    const job = [points.length, design.paddedRows, y, w, isBinomial, eta, stride, pulls];
    pool.run('manyResiduals', wasm.words(job), LANES);
    const gradients = wasm.allocate(8 * points.length * design.columns);
    design.run('gradientMany', COLUMN_LANES, [points.length, eta, stride, gradients]);
    return split(design, points.length, gradients, pulls);
  });
}

function split(
  { engine: { wasm }, columns }: SharedBlocks,
  count: number,
  gradients: number,
  pulls: number,
): LossGradient[] {
  const all = wasm.doublesAt(gradients, count * columns);
  return Array.from(wasm.doublesAt(pulls, count), (pull, k) => ({
    gradient: all.slice(k * columns, (k + 1) * columns),
    pull,
  }));
}

function gaussianErrors(rows: SharedRows, points: readonly SharedPoint[]): ErrorSums[] {
  const { design, y, w, offset } = rows;
  const { wasm, pool } = design.engine;
  return wasm.scoped(() => {
    const size = 3 * points.length;
    if (design.single)
      return errorSums(design, points.length, errorsOf(rows, points, predictors(rows, points)));
    const { address } = pointTable(design, offset, points);
    const sums = wasm.allocate(8 * size * COLUMN_LANES);
    const job = [address, points.length, design.vectorIn(y), design.vectorIn(w), sums];
    pool.run('gaussianPointErrors', wasm.words(job), COLUMN_LANES);
    return errorSums(design, points.length, design.reduce(sums, size, COLUMN_LANES));
  });
}

function binomialErrors(
  rows: SharedRows,
  classes: readonly number[],
  points: readonly SharedPoint[],
): ErrorSums[] {
  const { design } = rows;
  const { wasm, pool } = design.engine;
  return wasm.scoped(() => {
    const found = predictors(rows, points);
    const sums = errorsOf(rows, points, found);
    const areas = wasm.doubles(points.length);
    const { y, w, eta, stride } = found;
    const job = [points.length, design.rows, y, w, eta, stride, areas.byteOffset, ...classes];
    pool.run('rankingAreas', wasm.words(job), LANES);
    return errorSums(design, points.length, sums).map(({ sums }, k) => ({ sums, area: areas[k] }));
  });
}

/** The numbers of positive and negative rows where each counts once or not at all; zeros where some weight is another. */
function classSizes({ y, w }: SharedRows): [number, number] {
  let [positives, negatives] = [0, 0];
  for (let i = 0; i < w.length; i++) {
    if (w[i] !== 0 && w[i] !== 1) return [0, 0];
    if (y[i] === 1) positives += w[i];
    else negatives += w[i];
  }
  return [positives, negatives];
}

/** Sums of errors of predictors that are in memory; returns their address. */
function errorsOf({ design, family }: SharedRows, points: readonly SharedPoint[], found: Predictors): number {
  const { wasm, pool } = design.engine;
  const sums = wasm.allocate(24 * points.length);
  const { y, w, eta, stride } = found;
  const job = wasm.words([points.length, design.paddedRows, y, w, eta, stride, sums]);
  pool.run(family === 'binomial' ? 'binomialErrors' : 'gaussianErrors', job, LANES);
  return sums;
}

function errorSums({ engine: { wasm } }: SharedBlocks, count: number, address: number): ErrorSums[] {
  const sums = wasm.doublesAt(address, 3 * count);
  return Array.from({ length: count }, (_, k) => ({
    sums: [sums[3 * k], sums[3 * k + 1], sums[3 * k + 2]],
    area: Number.NaN,
  }));
}

/** Linear predictors in memory, `stride` bytes apart, and the vectors that they are compared with. */
interface Predictors {
  readonly eta: number;
  readonly stride: number;
  readonly y: number;
  readonly w: number;
}

function predictors({ design, y, w, offset }: SharedRows, points: readonly SharedPoint[]): Predictors {
  const { wasm, pool } = design.engine;
  const { address, places } = pointTable(design, offset, points);
  const stride = 8 * stripRows(design);
  const eta = wasm.allocate(stride * places);
  pool.run('predictMany', wasm.words([address, eta, stride]), COLUMN_LANES);
  return { eta, stride, y: design.vectorIn(y), w: design.vectorIn(w) };
}
