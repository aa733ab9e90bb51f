import {
  dense,
  design,
  type Footprint,
  factored,
  givenBack,
  gram,
  grown,
  inTurn,
  kept,
  logistic,
  outerGram,
  pass,
  points,
  predictorErrors,
  type Shape,
  windowOf,
} from '../design/footprint.js';
import { DataError, gigabytes, shortageIn } from '../errors.js';
import type { Engine } from '../runtime/engine.js';
import { isDense, OF_ROWS } from '../solvers/screening/strongest.js';
import type { Parts } from './read-parts.js';

/** Everything that the memory of a fit depends on. */
export interface FitShape {
  /** See `Family`. */
  readonly isQuadratic: boolean;
  readonly train: number;
  readonly test: number;
  readonly features: number;
  /** Whether the design is kept as codes, which take none of the shared memory. */
  readonly coded: boolean;
  readonly lambdas: number;
  /** 0 without cross-validation. */
  readonly folds: number;
  readonly l1Ratio: number;
  readonly bounded: boolean;
  /** Whether nothing is penalised at some lambda. */
  readonly free: boolean;
}

/** Doubles that the lanes of the degrees of freedom may take, unless one takes more. */
const TRACE_WORK = 1 << 24;
const TRACE_LANES = 16;

/** Entries of the Gram matrices of folds that are solved together, from moments and in lockstep. */
const SUMMED_ENTRIES = 1 << 19;
const STEPPED_ENTRIES = 1 << 23;

/**
 * The peak shared memory of a fit. Each step frees its memory before the next (the path before the certificates, for example), so the
 * largest step counts.
 * @param used bytes that are in use already
 * @param support features with a non-zero coefficient, approximately; with 0 it is the memory that a fit needs in any case
 */
export function memoryNeed(shape: FitShape, used: number, support: number): number {
  const { train, test, features: columns } = shape;
  const all = { rows: train, columns };
  const window = windowOf({ rows: train + test, columns }, support === 0);
  const cells = (some: Shape) => (shape.coded ? kept(0) : design(some, window));
  const works = [kept(used), cells(all), pass(all)];
  if (test > 0) works.push(cells({ rows: test, columns }));
  works.push(givenBack(...solving(shape, all, support)));
  if (shape.folds > 0) works.push(givenBack(...validating(shape, support)));
  if (support > 0) works.push(judging(shape, train), judging(shape, test));
  return inTurn(...works).peak;
}

/** A path on some rows. */
function solving(shape: FitShape, all: Shape, support: number): Footprint[] {
  const { lambdas, l1Ratio, bounded, free, isQuadratic } = shape;
  const { rows, columns } = all;
  const isWide = columns > rows;
  const sums = shape.coded ? () => kept(0) : gram;
  const isSmooth = l1Ratio === 0 && !bounded;
  const renews = !isQuadratic && support > 0;
  const loss = isQuadratic || shape.coded ? [] : [support === 0 ? logistic(all, false) : loosest(all)];
  if (isWide && (isSmooth || free)) {
    const reduced = { rows, columns: rows, wide: false };
    return [
      outerGram(all),
      givenBack(dense(rows, 1, 2)),
      ...loss,
      kept(8 * rows * rows),
      ...(support > 0 ? [dense(rows, 1, 4)] : []),
      // Degrees of freedom and the ends of the grid need separate forms of the Hessian.
      ...(renews ? [kept(40 * rows * rows)] : []),
      ...closed(reduced, lambdas, renews, gram),
    ];
  }
  if (isSmooth || free) return [...loss, ...closed(all, lambdas, renews, sums)];
  if (!isQuadratic || isWide) {
    if (support === 0) return loss;
    const isByRows = isWide && l1Ratio < 1 && isDense(all, support);
    const matrix = isByRows ? Math.min(support, l1Ratio === 0 ? rows : OF_ROWS * rows) : support;
    const steps = isByRows ? [factored(rows), outerGram(all), givenBack(dense(rows, 1, 2))] : [];
    return [...loss, grown(matrix), sums(all, matrix), ...steps, points(all, 25, false)];
  }
  const walk = givenBack(kept(8 * lambdas * columns + 64 * columns));
  const traces =
    support === 0 || l1Ratio === 1 ? [] : [givenBack(dense(columns, 1, 0), traceWork(support, lambdas))];
  return [sums(all, columns), factored(columns), walk, ...traces];
}

/**
 * A Gram matrix, its reflections, and the products of a whole path.
 * @param renews whether a second matrix may follow; @param sumsOf what the first one takes
 */
function closed(all: Shape, lambdas: number, renews: boolean, sumsOf: typeof gram): Footprint[] {
  const { columns } = all;
  const [sums, reflections] = [sumsOf(all, columns), dense(columns, 1, 4)];
  const products = givenBack(dense(columns, 1, 2 * lambdas));
  return renews ? [reflections, sums, products] : [sums, reflections, products];
}

/** The loss in whichever precision takes more. */
function loosest(all: Shape): Footprint {
  const [single, double] = [logistic(all, true), logistic(all, false)];
  return single.peak > double.peak ? single : double;
}

/** Supports, and chunks of factors, as in `ridgeTraces`. */
function traceWork(support: number, lambdas: number): Footprint {
  const one = (support + 10) * (support + 2) + 8;
  return kept(12 * lambdas * support + 8 * Math.min(TRACE_LANES * one, Math.max(2 * TRACE_WORK, one)));
}

/** A cross-validation: from moments, in lockstep, or with the rows of a fold laid out again. */
function validating(shape: FitShape, support: number): Footprint[] {
  const { isQuadratic, train, features: columns, folds, lambdas } = shape;
  const rows = Math.ceil(train / folds);
  const rest = { rows: train - rows, columns };
  const isTall = columns <= rest.rows;
  if (isQuadratic && isTall) {
    const part = { rows, columns, wide: false };
    const together = Math.min(folds, Math.max(1, Math.floor(SUMMED_ENTRIES / columns ** 2)));
    const copy = givenBack(kept(8 * (rows + 1) * columns), gram(part, columns));
    const paths = kept(together * factored(columns).peak);
    const walk = givenBack(kept(together * (8 * lambdas * columns + 64 * columns)));
    return [...(shape.coded ? [] : [copy]), paths, walk, givenBack(dense(columns, 1, lambdas))];
  }
  const isStepped = !isQuadratic && isTall && folds * columns ** 2 <= STEPPED_ENTRIES;
  if (shape.coded && isTall) return solving(shape, rest, support);
  const copy = { rows: train + (isStepped ? 256 * folds : 0), columns, wide: false };
  if (support === 0) return [kept(8 * train * columns)];
  if (!isStepped)
    return [
      design(copy, windowOf({ rows: train + shape.test, columns }, false)),
      ...solving(shape, rest, support),
      points(rest, lambdas, false),
    ];
  return [kept(8 * copy.rows * columns), loosest(copy), kept(8 * folds * columns ** 2), grown(support)];
}

/** Certificates and errors on some rows. */
function judging({ isQuadratic, features: columns, lambdas, coded }: FitShape, rows: number): Footprint {
  if (coded) return isQuadratic ? kept(0) : predictorErrors(rows);
  const shape = { rows, columns };
  const sums = givenBack(...(columns > rows ? [] : [gram(shape, columns), dense(columns, 1, 2 * lambdas)]));
  return inTurn(sums, points(shape, lambdas, !isQuadratic));
}

/** @throws DataError if a fit cannot succeed for lack of memory, whatever its solution is */
export function checkMemory(shape: FitShape, parts: Parts, engine: Engine): void {
  const { most, used } = engine.wasm;
  const least = memoryNeed(shape, used, 0);
  if (least <= most) return;
  const helps = shape.folds > 0 ? `${FEWER}, or do without --cv` : FEWER;
  throw new DataError(
    `${rowsOf(parts)} with ${shape.features} features take ${gigabytes(least)} of memory, and there are ${gigabytes(most)}; ${helps}`,
  );
}

const FEWER = 'use fewer rows, or fewer columns (--features, --exclude, a lower --max-levels)';

/** The error with the rows and columns that did not fit, if it is a lack of memory. */
export function withRows(parts: Parts, error: unknown): unknown {
  const shortage = shortageIn(error);
  if (shortage === null) return error;
  return new DataError(`${rowsOf(parts)} of ${parts.train.features.length} columns: ${shortage.message}`);
}

function rowsOf({ train, test }: Parts): string {
  const rows = test === null ? '' : ` and ${test.rows.length} test`;
  return `${train.table.source}: ${train.rows.length} training${rows} rows`;
}
