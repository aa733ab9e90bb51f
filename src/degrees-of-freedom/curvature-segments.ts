/** Passes over the data that degrees of freedom may cost for each solution: matrices are made at a multiple of the speed of passes. */
const PASSES = 3;

/** Multiplications that they may cost in any case, along a whole path. */
const LEAST_WORK = 5e8;

/** By how much the ratio of two points' weights may vary over the rows within a segment: the least 2^k of these that can be afforded. */
const LEAST_SPREAD = 0.01;
const SPREADS = 30;

/** A Gram matrix costs as if it had so many columns more: those of few columns are no faster than passes. */
const NARROW = 100;

/** Points of a path that share the matrix at one of them (`node`), or have one each (null). */
export interface Segment {
  /** Ascending. */
  readonly members: readonly number[];
  readonly node: number | null;
}

/** Multiplications of a matrix for each point; supports of one size are taken to be the same. @param sizes columns of each */
export function matrixWork(rows: number, sizes: readonly number[]): number {
  return sizes.reduce((total, size, k) => {
    const outer = size > rows && size !== sizes[k - 1] ? (rows ** 2 * size) / 2 : 0;
    return total + outer + workOf(rows, size);
  }, 0);
}

/**
 * Multiplications that degrees of freedom may take without delaying a fit by much: a few passes over the columns of each point, of two
 * a cell and about a hundred a row for the exponential.
 */
export function worthwhile(rows: number, sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + PASSES * rows * (2 * size + 100), LEAST_WORK);
}

/**
 * Divides a path: points with few columns have matrices of their own, the others share them with as close neighbours as the work allows.
 * @param sizes columns of each point; @param weights of each point, on the same rows; @param work see `worthwhile`
 */
export function curvatureSegments(
  rows: number,
  sizes: readonly number[],
  weights: readonly Float64Array[],
  work: number,
): Segment[] {
  const share = work / sizes.length;
  const all = sizes.map((_, k) => k);
  const cheap = all.filter((k) => workOf(rows, sizes[k]) <= share);
  const costly = all.filter((k) => workOf(rows, sizes[k]) > share);
  const left = cheap.reduce((rest, k) => rest - workOf(rows, sizes[k]), work);
  const alone = cheap.length > 0 ? [{ members: cheap, node: null }] : [];
  for (let k = 0; k < SPREADS; k++) {
    const segments = divided(costly, weights, LEAST_SPREAD * 2 ** k);
    const largest = segments.map(({ members }) => Math.max(...members.map((point) => sizes[point])));
    if (matrixWork(rows, largest) <= left) return [...alone, ...segments];
  }
  return [...alone, ...divided(costly, weights, Infinity)];
}

/** Segments as long as the weights of their ends vary by no more than `limit` beside those of a node between them. */
function divided(points: readonly number[], weights: readonly Float64Array[], limit: number): Segment[] {
  const segments: Segment[] = [];
  const isNear = (k: number, node: number) => spread(weights[points[k]], weights[points[node]]) <= limit;
  for (let from = 0; from < points.length; ) {
    let node = from;
    while (node + 1 < points.length && isNear(from, node + 1)) node++;
    let to = node + 1;
    while (to < points.length && isNear(to, node)) to++;
    segments.push({ members: points.slice(from, to), node: points[node] });
    from = to;
  }
  return segments;
}

/** The largest ratio of w_i to u_i over the least, less 1. */
function spread(w: Float64Array, u: Float64Array): number {
  let [least, most] = [Infinity, 0];
  for (let i = 0; i < w.length; i++) {
    if (w[i] === 0 && u[i] === 0) continue;
    const ratio = w[i] / u[i];
    if (ratio < least) least = ratio;
    if (ratio > most) most = ratio;
  }
  return least < Infinity ? most / least - 1 : 0;
}

/**
 * Multiplications of a matrix and its tridiagonal form: of the columns, or of the rows if these are fewer and their products are known. The
 * latter runs at half the speed.
 */
function workOf(rows: number, size: number): number {
  return size <= rows ? (rows * size * (size + NARROW)) / 2 + size ** 3 : 1.5 * rows ** 3;
}
