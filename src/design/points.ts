import { type Coefficients, supportIn } from '../linalg/vector.js';
import type { CompiledBlocks } from './design.js';

/** A point in the coordinates of the design. */
export interface DesignPoint extends Coefficients {
  readonly intercept: number;
}

/** Points that meet a strip of rows in registers. */
const GROUP = 4;

/** Where one column in so many is used, looking at all is faster than sorting. */
const DENSE = 16;

/** Bytes of a strip of one column: eight rows. */
const STRIP = 64;

/** Points as predictions take them, in the shared memory. */
export interface PointTable {
  /** Address of the table, laid out as src/assembly/design/many-points.ts reads it. */
  readonly address: number;
  /** The number of points rounded up to groups: how many predictors are written. */
  readonly places: number;
}

/** Scratch bytes that predictions at so many points take: eight rows of every column. */
export function stripBytes({ columns }: Pick<CompiledBlocks, 'columns'>): number {
  return STRIP * columns;
}

/** Rows rounded up to strips: so long is each vector that predictions read or write. */
export function stripRows({ paddedRows }: CompiledBlocks): number {
  return 8 * Math.ceil(paddedRows / 8);
}

/** Scratch bytes that a pass takes in which so many points go over a block of rows together: a predictor each, and strips. */
export function pointsScratch({ height, columns }: CompiledBlocks, points: number): number {
  return 8 * height * (placesFor(points) + 1) + stripBytes({ columns }) + 16;
}

/** How many predictors are written for so many points. */
export function placesFor(points: number): number {
  return GROUP * Math.ceil(points / GROUP);
}

/**
 * Lays out points by groups of four neighbours, of which only the columns count in which one of the four is not zero: along
 * a path neighbours share most of them. Call inside `scoped`.
 */
export function pointTable(
  design: CompiledBlocks,
  offset: Float64Array,
  points: readonly DesignPoint[],
): PointTable {
  const { wasm } = design.engine;
  const offsets = wasm.doubles(stripRows(design)).fill(0);
  offsets.set(offset);
  return tableOf(design, offsets.byteOffset, points, (length) => wasm.doubles(length));
}

/** The same in single precision. @param offset address of singles, a multiple of eight */
export function float32PointTable(
  design: CompiledBlocks,
  offset: number,
  points: readonly DesignPoint[],
): PointTable {
  const { wasm } = design.engine;
  const singles = (length: number) => wasm.fours(Float32Array, length);
  return tableOf(design, offset, points, singles);
}

function tableOf(
  design: CompiledBlocks,
  offset: number,
  points: readonly DesignPoint[],
  numbers: (length: number) => Float64Array | Float32Array,
): PointTable {
  const { wasm } = design.engine;
  const groups: (readonly DesignPoint[])[] = [];
  for (let k = 0; k < points.length; k += GROUP) groups.push(points.slice(k, k + GROUP));
  const marks = new Uint8Array(design.columns);
  const supports = groups.map((group) =>
    unionOf(
      group.map((point) => supportIn(point)),
      marks,
    ),
  );
  const used = unionOf(supports, marks);
  const placeOf = new Int32Array(design.columns);
  for (let place = 0; place < used.length; place++) placeOf[used[place]] = place;
  const table: number[] = [];
  groups.forEach((group, g) => {
    const support = supports[g];
    const places = wasm.words(support.map((j) => placeOf[j]));
    const [coefficients, intercepts] = [numbers(GROUP * support.length), numbers(GROUP)];
    coefficients.set(coefficientsOf(group, support));
    intercepts.fill(0).set(group.map(({ intercept }) => intercept));
    table.push(places, support.length, coefficients.byteOffset, intercepts.byteOffset);
  });
  const [list, entries] = [wasm.words(used), wasm.words(table)];
  const words = [design.descriptor, table.length / 4, list, used.length, entries, offset];
  return { address: wasm.words(words), places: placesFor(points.length) };
}

/** Four coefficients a column, 0 for points that are missing. */
function coefficientsOf(group: readonly DesignPoint[], support: Int32Array): Float64Array {
  // Loops over memory that threads share are slower than those over memory of our own.
  const out = new Float64Array(GROUP * support.length);
  group.forEach(({ beta }, k) => {
    for (let a = 0; a < support.length; a++) out[GROUP * a + k] = beta[support[a]];
  });
  return out;
}

/** The columns that are in some support, ascending. @param marks zeros, one a column, before and after */
function unionOf(supports: readonly Int32Array[], marks: Uint8Array): Int32Array {
  const union = new Int32Array(supports.reduce((total, { length }) => total + length, 0));
  let count = 0;
  for (const support of supports) {
    for (let a = 0; a < support.length; a++) {
      const j = support[a];
      if (marks[j] === 0) union[count++] = j;
      marks[j] = 1;
    }
  }
  if (DENSE * count >= marks.length) {
    count = 0;
    for (let j = 0; j < marks.length; j++) if (marks[j] === 1) union[count++] = j;
    marks.fill(0);
    return union.slice(0, count);
  }
  const found = union.slice(0, count).sort();
  for (let a = 0; a < count; a++) marks[found[a]] = 0;
  return found;
}
