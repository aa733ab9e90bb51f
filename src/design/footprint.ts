import { LEAST_STRIDE } from '../linalg/symmetric.js';
import { LANES } from '../runtime/lanes.js';
import { scratchBytes } from '../runtime/thread-pool.js';
import { gramScratch, MOST_OUTER_SUMS, MOST_PARTIAL_SUMS, outerScratch } from './blocks.js';
import { pointsTogether, SORT_BYTES } from './evaluate-points.js';
import { PREDICTORS } from './predictor-errors.js';
import { MOMENTS, WINDOW, WINDOW_COLUMNS } from './standardized-columns.js';

/**
 * What work takes of the shared memory, in bytes: what is left there when it is done, and the most that it takes at a time, that
 * included. Every allocation of more than a few hundred bytes is counted here, by the shape of the problem alone:
 *
 *     n, m, p, L      training rows, test rows, features, lambdas; k columns of a support or a working set
 *     table           8 rows a column of numbers, where the reader keeps them here, else four columns at a time, or one
 *     design          8 n p, and 8 m p for test rows; nothing where levels are kept as codes
 *     to lay it out   20 n + 40 p: weights, row list, a column, moments
 *     loss            48 n for a logistic one, or 4 n p + 24 n in single precision
 *     Gram matrix     8 k^2 (for each lane, while these are small) + 8 n
 *     factor          16 k^2: the matrix and its Cholesky factor; the matrices that it has outgrown are 80% of that more
 *     ridge           8 p^2 for reflections, twice that for a product; by rows 8 n^2 for each of kernel, factor, triangle and reflections
 *     path            8 L p
 *     certificates    1800 p + 32 n for a hundred points, 64 lanes times points times p at most, and 8 n a point where scores are ranked
 *     scratch         24 n where scores are ranked, 8 n to lay columns out, 1 kB a row for an outer Gram matrix: for each thread, but
 *                     fewer threads take part where it is tight, so that one thread's is all that must fit
 *
 * The functions give an upper bound each (`test/setup/memory-budget.test.ts` holds their sum against what a fit really takes).
 */
export interface Footprint {
  readonly kept: number;
  readonly peak: number;
}

/** Rows and columns of a design, and whether it is one block: where absent, with more columns than rows. */
export interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly wide?: boolean;
}

/** For lists of a few words, descriptors of jobs and what alignment leaves over. */
const SLACK = 1024;

/** One after the other. */
export function inTurn(...works: readonly Footprint[]): Footprint {
  let [kept, peak] = [0, 0];
  for (const work of works) {
    peak = Math.max(peak, kept + work.peak);
    kept += work.kept;
  }
  return { kept, peak };
}

/** Work at whose end all is given back. */
export function givenBack(...works: readonly Footprint[]): Footprint {
  return { kept: 0, peak: inTurn(...works).peak };
}

/** So many bytes that stay. */
export function kept(bytes: number): Footprint {
  return { kept: bytes, peak: bytes };
}

/** A design, laid out from the columns of a table. @param window bytes of columns that are copied here meanwhile */
export function design({ rows, columns }: Shape, window: number): Footprint {
  const cells = 8 * padded(rows) * columns + 4 * columns + 4096 + SLACK;
  const lists = (16 + 8 * MOMENTS) * columns + 8 * padded(rows) + 4 * rows;
  return inTurn(kept(cells), givenBack(kept(lists + window + scratch(8 * padded(rows)) + SLACK)));
}

/** Bytes of the window through which columns of a table pass: of all that fit at a time, or of one. */
export function windowOf({ rows, columns }: Shape, isSmallest: boolean): number {
  const most = Math.max(WINDOW_COLUMNS * 8 * rows, WINDOW);
  return Math.min(8 * (rows + 2) * columns, isSmallest ? 8 * rows : most);
}

/** Z_A' W Z_A for so many columns. */
export function gram(shape: Shape, size: number): Footprint {
  const byTiles = isWide(shape) || size * size * LANES > MOST_PARTIAL_SUMS;
  const sums = 8 * size * size * (byTiles ? 1 : LANES + 1);
  const rows = isWide(shape) ? padded(shape.rows) : 0;
  return givenBack(kept(sums + 4 * size + 8 * padded(shape.rows) + scratch(gramScratch(rows)) + SLACK));
}

/** Z D Z'. */
export function outerGram({ rows, columns }: Shape): Footprint {
  const n = rows + 3;
  const sums = 8 * n * n * (n * n * LANES > MOST_OUTER_SUMS ? 1 : LANES + 1);
  return givenBack(kept(sums + 8 * columns + scratch(outerScratch(padded(rows))) + SLACK));
}

/** Vectors over all columns, and one over the rows: a pass for one point. */
export function pass({ rows, columns }: Shape): Footprint {
  return givenBack(kept(8 * (LANES + 3) * columns + 24 * padded(rows) + SLACK));
}

/** Gradients and errors at many points. @param dense columns that may be in the support of a point */
export function points(shape: Shape, count: number, ranked: boolean, dense = shape.columns): Footprint {
  const rows = padded(shape.rows) + 8;
  const { columns } = shape;
  const isSingle = isWide(shape) || shape.rows <= 256;
  const together = Math.min(count, pointsTogether(rows, ranked)) + 3;
  const table = (9 * together + 4) * Math.min(columns, 4 * dense);
  const gradients = 8 * together * columns * (isSingle ? 1 : LANES + 1);
  const predictors = isSingle || ranked ? 8 * rows * together : 0;
  const jobs = [8 * 256 * (together + 1) + 64 * columns, ranked ? SORT_BYTES * rows + 8192 : 0, 8 * rows];
  const most = Math.max(...jobs.map(scratch));
  return givenBack(kept(table + gradients + predictors + 32 * rows + 200 * together + most + SLACK));
}

/** Errors at predictors that are made elsewhere, which are ranked. */
export function predictorErrors(rows: number): Footprint {
  const some = { rows, columns: PREDICTORS, wide: false };
  return givenBack(design(some, 0), points(some, PREDICTORS, true));
}

/** The logistic loss along a path. @param single whether a copy in single precision is made */
export function logistic({ rows, columns }: Shape, single: boolean): Footprint {
  const n = rows + 4;
  return kept((single ? 4 * n * columns + 24 * n : 48 * n) + 8 * (LANES + 3) * columns + SLACK);
}

/** A symmetric matrix with its factor. */
export function factored(size: number): Footprint {
  const stride = even(Math.max(size, LEAST_STRIDE));
  return kept(16 * stride * stride + 200 * stride + SLACK);
}

/** The same where it grows from nothing, by columns that join: what it has outgrown is left behind. */
export function grown(size: number): Footprint {
  const { kept: bytes } = factored(1.5 * size);
  return kept(2 * bytes);
}

/** Copies of matrices, rows an even number of doubles apart, and so many vectors. */
export function dense(size: number, matrices: number, vectors: number): Footprint {
  return kept(8 * even(size) * (size * matrices + vectors) + SLACK);
}

function scratch(bytes: number): number {
  return scratchBytes(bytes);
}

function isWide({ rows, columns, wide = columns > rows }: Shape): boolean {
  return wide;
}

function padded(rows: number): number {
  return Math.max(2, even(rows));
}

function even(n: number): number {
  return Math.ceil(n) + (Math.ceil(n) % 2);
}
