import { COLUMN_LANES } from '../runtime/lanes.js';
import { scratchBytes } from '../runtime/thread-pool.js';
import type { Blocks } from './blocks.js';

/** A column of numbers of a table, in the memory of the kernels or elsewhere. */
export interface NumberColumn {
  readonly values: Float64Array;
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

/** Bytes of columns from elsewhere that are copied here at a time, and how many are in any case, if there is room. */
export const WINDOW = 1 << 24;
export const WINDOW_COLUMNS = 4;

/**
 * Writes columns of a table to a design, standardized: cell (i, j) becomes (x - centre_j - remainder_j) / scale_j with x in
 * row rows[i] of column j, or 0 where the scale is 0. The twin of `learnStandardization` and `standardizeInPlace` in
 * src/features/standardize.ts, digit by digit.
 *
 * Columns from elsewhere pass through a window.
 *
 * @param columns one a column of the design; null for one that is written otherwise, and left alone here
 * @param rows rows of the table, one a row of the design
 * @param moments centre, remainder and scale of each column; written where there is something to learn, else read
 * Cost: one pass over the cells to copy them, four over what then is in the cache to learn; divided by columns.
 */
export function standardizeColumns(
  design: Blocks,
  columns: readonly (NumberColumn | null)[],
  rows: Int32Array,
  moments: Float64Array,
  learning: Learning | null,
): void {
  const { wasm } = design.engine;
  wasm.scoped(() => {
    const v = learning === null ? 0 : design.vectorIn(learning.v);
    const list = wasm.words(rows);
    const target = wasm.doubles(moments.length);
    target.set(moments);
    const sources = wasm.doubles(2 * columns.length);
    const run = (addresses: ReadonlyMap<number, number>) => {
      const words = new Uint32Array(sources.buffer, sources.byteOffset, 4 * columns.length).fill(0);
      for (const [j, address] of addresses) {
        words[4 * j] = address;
        sources[2 * j + 1] = columns[j]!.fill;
      }
      const rest = [sources.byteOffset, list, rows.length, v, optionsOf(learning), target.byteOffset];
      design.run('standardizeColumns', COLUMN_LANES, rest, 8 * design.paddedRows);
    };
    const known = new Map<number, number>();
    const others: number[] = [];
    columns.forEach((column, j) => {
      const address = column === null ? null : wasm.addressOf(column.values);
      if (address !== null) known.set(j, address);
      else if (column !== null) others.push(j);
    });
    if (known.size > 0) run(known);
    for (let from = 0; from < others.length; ) {
      const copies = wasm.scoped(() => {
        const copied = copyIn(design, others.slice(from), columns as readonly NumberColumn[]);
        run(copied);
        return copied.size;
      });
      from += copies;
    }
    moments.set(target);
  });
}

/** Copies as many of the columns as a window holds, one at least; where they are. Call inside `scoped`. */
function copyIn(
  { engine: { wasm }, paddedRows }: Blocks,
  some: readonly number[],
  columns: readonly NumberColumn[],
): Map<number, number> {
  const bytes = 8 * columns[some[0]].values.length;
  const room = Math.floor((wasm.available - scratchBytes(8 * paddedRows)) / bytes) - 1;
  const wanted = Math.max(WINDOW_COLUMNS, Math.floor(WINDOW / bytes));
  const addresses = new Map<number, number>();
  for (const j of some.slice(0, Math.max(1, Math.min(wanted, room)))) {
    const copy = wasm.doubles(columns[j].values.length);
    copy.set(columns[j].values);
    addresses.set(j, copy.byteOffset);
  }
  return addresses;
}

function optionsOf(learning: Learning | null): number {
  if (learning === null) return 0;
  return BIT.learn + (learning.intercept ? BIT.centre : 0) + (learning.standardize ? BIT.deviation : 0);
}
