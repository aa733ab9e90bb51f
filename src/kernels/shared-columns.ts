import { COLUMN_LANES, type SharedBlocks } from './shared-blocks.js';

/** A column of a table in the shared memory. */
export interface SharedColumn {
  readonly address: number;
  /** What a missing cell (NaN) becomes. */
  readonly fill: number;
}

/** What is to be learned from the rows before they are standardized. */
export interface Learning {
  /** Weights that sum to 1; length rows. */
  readonly v: Float64Array;
  readonly intercept: boolean;
  readonly standardize: boolean;
}

const BIT = { learn: 1, centre: 2, deviation: 4 };

/** Doubles of `moments` a column: centre, remainder, scale. */
export const MOMENTS = 3;

/**
 * Writes columns of a table to a design, standardized: cell (i, j) becomes (x - centre_j - remainder_j) / scale_j with x in
 * row rows[i] of column j, or 0 where the scale is 0. The twin of `learnStandardization` and `standardizeInPlace` in
 * src/design/standardize.ts, digit by digit.
 *
 * @param columns one a column of the design; null for one that is written otherwise, and left alone here
 * @param rows rows of the table, one a row of the design
 * @param moments centre, remainder and scale of each column; written where there is something to learn, else read
 * Cost: one pass over the cells to copy them, four over what then is in the cache to learn; divided by columns.
 */
export function standardizeColumns(
  design: SharedBlocks,
  columns: readonly (SharedColumn | null)[],
  rows: Int32Array,
  moments: Float64Array,
  learning: Learning | null,
): void {
  const { wasm } = design.engine;
  wasm.scoped(() => {
    const sources = wasm.doubles(2 * columns.length);
    const words = new Uint32Array(sources.buffer, sources.byteOffset, 4 * columns.length);
    columns.forEach((column, j) => {
      words[4 * j] = column?.address ?? 0;
      sources[2 * j + 1] = column?.fill ?? 0;
    });
    const target = wasm.doubles(moments.length);
    target.set(moments);
    const v = learning === null ? 0 : design.vectorIn(learning.v);
    const list = wasm.words(rows);
    const rest = [sources.byteOffset, list, rows.length, v, optionsOf(learning), target.byteOffset];
    design.run('standardizeColumns', COLUMN_LANES, rest, 8 * design.paddedRows);
    moments.set(target);
  });
}

function optionsOf(learning: Learning | null): number {
  if (learning === null) return 0;
  return BIT.learn + (learning.intercept ? BIT.centre : 0) + (learning.standardize ? BIT.deviation : 0);
}
