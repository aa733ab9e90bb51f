import { COLUMN_LANES, LANES } from '../runtime/lanes.js';
import type { CompiledBlocks } from './design.js';
import { type DesignPoint, pointsScratch, pointTable, stripBytes, stripRows } from './points.js';
import { rankingWeights } from './ranking-weights.js';

export type { DesignPoint };

/** Scratch bytes that the ranking of scores takes: of sorting space a row, and of the digit counts. */
export const SORT_BYTES = 24;
const DIGIT_BYTES = 4 * 2048;

/** Points that pass over a block of rows together: their predictors there stay in the second-level cache. */
const TOGETHER = 100;

/** Bytes of the predictors that are kept for all rows where scores are ranked, and points for which they are in any case. */
const RANKED_BYTES = 1 << 24;
const RANKED_TOGETHER = 12;

/** What points are measured on: a design with its target, weights and offset; length rows each. */
export interface EvaluationRows {
  readonly family: 'gaussian' | 'binomial';
  readonly design: CompiledBlocks;
  readonly y: Float64Array;
  readonly w: Float64Array;
  readonly offset: Float64Array;
}

/** Minus the derivatives of the loss at a point: Z' residual, and the sum of the residuals w_i (y_i - mean_i). */
export interface LossGradient {
  readonly gradient: Float64Array;
  readonly interceptGradient: number;
}

/**
 * Sums over the rows at one point. Gaussian: sum w e^2 and sum w |e|. Binomial: sum w loss, the weight of the rows that are
 * classified wrong, sum w (y - probability)^2, and the area under the ROC curve (NaN where a class has no weight).
 */
export interface ErrorSums {
  readonly sums: readonly [number, number, number];
  readonly area: number;
}

/** Sums of a gaussian part of which only sum w e^2 is known. */
export function squaresAlone(squares: number): ErrorSums {
  return { sums: [squares, Number.NaN, Number.NaN], area: Number.NaN };
}

/** Gradients at any number of points. Cost: one pass over the data for a hundred. Memory: a few vectors of the columns each. */
export function gradientsAt(rows: EvaluationRows, points: readonly DesignPoint[]): LossGradient[] {
  return evaluatedAt(
    { ...rows, v: rows.w, errors: false, ranked: false },
    points,
    ({ gradient, interceptGradient }) => ({
      gradient: gradient.slice(),
      interceptGradient,
    }),
  );
}

/** Errors at any number of points. Cost: one pass over the data for a hundred (gaussian), or for a dozen or more. */
export function errorsAt(rows: EvaluationRows, points: readonly DesignPoint[]): ErrorSums[] {
  return evaluated({ ...rows, v: null, errors: true, ranked: true }, points, (_, errors) => errors);
}

/** What one pass over the data says of a point. */
export interface EvaluatedPoint extends LossGradient {
  /** The sums of its errors; null where they were not asked for. */
  readonly errors: ErrorSums | null;
}

/**
 * Gradients and errors of the same points, in one pass where each would take one, to the same digits.
 * @param look makes something of a point; the gradient is given back when it returns
 */
export function evaluatedAt<T>(
  task: Task,
  points: readonly DesignPoint[],
  look: (evaluated: EvaluatedPoint, k: number) => T,
): T[] {
  return evaluated(task, points, (gradients, errors, from) =>
    gradients.map((gradient, k) => look({ ...gradient, errors: errors[k] ?? null }, from + k)),
  );
}

/** What is asked for: gradients, by weights v, unless that is null, and errors, by weights w. */
export interface Task extends EvaluationRows {
  readonly v: Float64Array | null;
  readonly errors: boolean;
  /** Whether scores are ranked too (binomial): areas take more than all sums together, and are NaN without. */
  readonly ranked: boolean;
}

type Chosen<T> = (
  gradients: readonly LossGradient[],
  errors: readonly ErrorSums[],
  from: number,
) => readonly T[];

function evaluated<T>(task: Task, points: readonly DesignPoint[], chosen: Chosen<T>): T[] {
  const { design } = task;
  const ranked = task.ranked && task.family === 'binomial';
  const together = pointsTogether(stripRows(design), ranked);
  const kind = kindOf(task);
  const ranking = ranked ? rankingOf(task) : null;
  const results: T[] = [];
  for (let k = 0; k < points.length; k += together) {
    const some = points.slice(k, k + together);
    design.engine.wasm.scoped(() => {
      const inputs = inputsOf(task, some, kind, ranking);
      const { gradients, errors } = design.isOneBlock ? evaluateOneBlock(inputs) : evaluateByBlocks(inputs);
      results.push(...chosen(gradients, errors, k));
    });
  }
  return results;
}

/** How many points go together in one pass: where they are ranked, their predictors are kept for all rows. */
export function pointsTogether(rows: number, ranked: boolean): number {
  if (!ranked) return TOGETHER;
  const fitting = 4 * Math.floor(RANKED_BYTES / (32 * rows));
  return Math.min(TOGETHER, Math.max(RANKED_TOGETHER, fitting));
}

/** What the kernels call a family: gaussian, binomial, and binomial with each weight of an error 0 or 1. */
const KINDS = { gaussian: 0, weighted: 1, counted: 2 } as const;
type Kind = (typeof KINDS)[keyof typeof KINDS];

function kindOf({ family, w }: EvaluationRows): Kind {
  if (family === 'gaussian') return KINDS.gaussian;
  for (let i = 0; i < w.length; i++) if (w[i] !== 0 && w[i] !== 1) return KINDS.weighted;
  return KINDS.counted;
}

/** What pairs of rows are counted with. */
interface Ranking {
  readonly w: Float64Array;
  /** The numbers of positive and negative rows where each counts once or not at all; zeros where some weight is another. */
  readonly classes: readonly [number, number];
}

function rankingOf({ y, w }: EvaluationRows): Ranking {
  const weights = rankingWeights(w);
  let [positives, negatives] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] !== 0 && weights[i] !== 1) return { w: weights, classes: [0, 0] };
    if (y[i] === 1) positives += weights[i];
    else negatives += weights[i];
  }
  return { w: weights, classes: [positives, negatives] };
}

/** A task in the shared memory: addresses, and 0 for what is not asked for. */
interface Inputs {
  readonly design: CompiledBlocks;
  readonly count: number;
  readonly kind: Kind;
  readonly points: number;
  readonly y: number;
  readonly v: number;
  readonly w: number;
  /** Where linear predictors are kept, `stride` bytes apart. */
  readonly eta: number;
  readonly stride: number;
  readonly wantsErrors: boolean;
  /** Where scores are ranked: the weights of rows there, and the numbers of positive and negative rows. */
  readonly ranking: { readonly w: number; readonly classes: Ranking['classes'] } | null;
}

function inputsOf(task: Task, points: readonly DesignPoint[], kind: Kind, ranking: Ranking | null): Inputs {
  const { design, y, v, w, offset, errors } = task;
  const { address, places } = pointTable(design, offset, points);
  const stride = 8 * stripRows(design);
  const weights = design.vectorIn(w);
  const ranked = ranking?.w === w ? weights : ranking === null ? 0 : design.vectorIn(ranking.w);
  return {
    design,
    count: points.length,
    kind,
    points: address,
    y: design.vectorIn(y),
    v: v === null ? 0 : design.vectorIn(v),
    w: weights,
    eta: design.isOneBlock || ranking !== null ? design.engine.wasm.allocate(stride * places) : 0,
    stride,
    wantsErrors: errors,
    ranking: ranking === null ? null : { w: ranked, classes: ranking.classes },
  };
}

interface Evaluated {
  readonly gradients: LossGradient[];
  readonly errors: ErrorSums[];
}

/** A design of many blocks: all points pass over each block. */
function evaluateByBlocks(inputs: Inputs): Evaluated {
  const { design, count, kind, points, y, v, w, eta, stride, wantsErrors } = inputs;
  const { wasm, pool } = design.engine;
  const size = count * design.columns;
  const gradients = v === 0 ? 0 : wasm.allocate(8 * size * LANES);
  const interceptGradients = v === 0 ? 0 : wasm.allocate(8 * count * LANES);
  const sums = wantsErrors ? wasm.allocate(24 * count * LANES) : 0;
  const job = [points, count, kind, y, v, w, gradients, interceptGradients, sums, eta, stride];
  pool.run('evaluateBlocks', wasm.words(job), LANES, { scratch: pointsScratch(design, count) });
  const total = (partial: number, length: number) => design.reduce(partial, length, LANES);
  return {
    gradients: v === 0 ? [] : split(design, count, total(gradients, size), total(interceptGradients, count)),
    errors: wantsErrors ? errorSums(inputs, total(sums, 3 * count)) : [],
  };
}

/** A design of one block: its rows are divided for the predictors, its columns for the gradients. */
function evaluateOneBlock(inputs: Inputs): Evaluated {
  const { design, count, kind, points, y, v, w, eta, stride, wantsErrors } = inputs;
  const { wasm, pool } = design.engine;
  const scratch = { scratch: stripBytes(design) };
  pool.run('predictMany', wasm.words([points, eta, stride]), COLUMN_LANES, scratch);
  const run = (operation: 'manyErrors' | 'manyResiduals', weights: number, size: number) => {
    const out = wasm.allocate(8 * size * count);
    const job = [count, design.paddedRows, y, weights, kind, eta, stride, out];
    pool.run(operation, wasm.words(job), LANES, { scratch: 8 * design.paddedRows });
    return out;
  };
  const errors = wantsErrors ? errorSums(inputs, run('manyErrors', w, 3)) : [];
  if (v === 0) return { gradients: [], errors };
  const interceptGradients = run('manyResiduals', v, 1);
  const gradients = wasm.allocate(8 * count * design.columns);
  design.run('gradientMany', COLUMN_LANES, [count, eta, stride, gradients]);
  return { gradients: split(design, count, gradients, interceptGradients), errors };
}

function split(
  { engine: { wasm }, columns }: CompiledBlocks,
  count: number,
  gradients: number,
  interceptGradients: number,
): LossGradient[] {
  const all = wasm.doublesAt(gradients, count * columns);
  return Array.from(wasm.doublesAt(interceptGradients, count), (interceptGradient, k) => ({
    gradient: all.subarray(k * columns, (k + 1) * columns),
    interceptGradient,
  }));
}

/** The errors of the points: sums at an address, and areas by the predictors that are kept. */
function errorSums(inputs: Inputs, address: number): ErrorSums[] {
  const { design, count } = inputs;
  const sums = design.engine.wasm.doublesAt(address, 3 * count);
  const areas = areasOf(inputs);
  return Array.from({ length: count }, (_, k) => ({
    sums: [sums[3 * k], sums[3 * k + 1], sums[3 * k + 2]],
    area: areas?.[k] ?? Number.NaN,
  }));
}

function areasOf({ design, count, y, eta, stride, ranking }: Inputs): Float64Array | null {
  if (ranking === null) return null;
  const { wasm, pool } = design.engine;
  const areas = wasm.doubles(count);
  const job = [count, design.rows, y, ranking.w, eta, stride, areas.byteOffset, ...ranking.classes];
  const scratch = SORT_BYTES * design.rows + DIGIT_BYTES;
  pool.run('rankingAreas', wasm.words(job), LANES, { scratch });
  return areas;
}
