import { sequence, supportOf } from '../linalg/vector.js';
import type { Engine } from '../runtime/engine.js';
import { COLUMN_LANES, LANES } from '../runtime/lanes.js';
import type { Operation } from '../runtime/thread-pool.js';
import type { CompiledBlocks } from './design.js';

/** Rows of a block: a few hundred columns of it stay in the second-level cache. */
export const HEIGHT = 256;

/**
 * A Gram matrix is summed up block by block in each lane, so that the data pass once through the memory; beyond so many doubles
 * of partial sums its tiles are divided among the lanes instead, each of which passes over all the data.
 */
export const MOST_PARTIAL_SUMS = 1 << 22;
export const MOST_OUTER_SUMS = 1 << 24;

/** Rows and columns of a square that the caches hold. */
const TILE = 32;

/** Cells from which on threads share a step: below, waking one takes as long as the step. */
export const SHARED_STEP = 1 << 18;

/** Columns that the outer Gram kernel packs at a time; the same number stands in the assembly. */
const CHUNK = 128;

/**
 * A design in the memory that threads share, with the compiled kernels behind its operations.
 * With more columns than rows it is one block and work is divided by columns, else by blocks of rows.
 */
export class Blocks implements CompiledBlocks {
  readonly paddedRows: number;
  readonly descriptor: number;
  readonly isOneBlock: boolean;
  readonly height: number;
  private readonly cells: number;
  private readonly every: number;

  constructor(
    readonly engine: Engine,
    readonly rows: number,
    readonly columns: number,
    readonly wide: boolean = columns > rows,
  ) {
    const { wasm } = engine;
    this.paddedRows = Math.max(2, rows + (rows % 2));
    this.height = this.wide ? this.paddedRows : HEIGHT;
    this.isOneBlock = this.paddedRows <= this.height;
    this.cells = wasm.allocatePages(8 * this.paddedRows * columns);
    this.descriptor = wasm.words([this.cells, this.paddedRows, columns, this.height]);
    this.every = wasm.words(sequence(Math.max(columns, 2)));
  }

  /** Lays out a matrix that `fill` writes column by column: cells (from .. from + out.length - 1, j) to `out`. */
  static layOut(
    engine: Engine,
    rows: number,
    columns: number,
    fill: (j: number, from: number, out: Float64Array) => void,
    wide: boolean = columns > rows,
  ): Blocks {
    const design = new Blocks(engine, rows, columns, wide);
    for (let from = 0; from < design.paddedRows; from += design.height) {
      for (let j = 0; j < columns; j++) fill(j, from, design.piece(j, from));
    }
    return design;
  }

  get blocks(): this {
    return this;
  }

  /** Writes a column. @param x length rows */
  setColumn(j: number, x: Float64Array): void {
    for (let from = 0; from < this.paddedRows; from += this.height) {
      const out = this.piece(j, from);
      out.set(x.subarray(from, from + out.length));
    }
  }

  /** The cells of column j in the block that begins at row `from`; a row of zeros that follows is cleared. */
  private piece(j: number, from: number): Float64Array {
    const size = Math.min(this.height, this.paddedRows - from);
    const all = this.engine.wasm.doublesAt(this.cells + 8 * (from * this.columns + j * size), size);
    const real = Math.min(size, this.rows - from);
    return all.fill(0, real).subarray(0, real);
  }

  gradient(r: Float64Array, out: Float64Array, subset?: Int32Array): void {
    const { wasm } = this.engine;
    wasm.scoped(() => {
      const count = subset?.length ?? this.columns;
      const result = this.gradientAt(this.vectorIn(r), this.subsetIn(subset), count);
      out.set(wasm.doublesAt(result, count));
    });
  }

  gradientAt(r: number, subset: number, count: number): number {
    const { wasm } = this.engine;
    if (this.wide) {
      const target = wasm.allocate(8 * count);
      this.run('gradientColumns', this.isShared(count) ? COLUMN_LANES : 1, [subset, count, r, target]);
      return target;
    }
    const target = wasm.allocate(8 * count * LANES);
    this.run('gradientBlocks', LANES, [subset, count, r, target]);
    return this.reduce(target, count, LANES);
  }

  addPrediction(beta: Float64Array, eta: Float64Array, subset?: Int32Array): void {
    const { wasm } = this.engine;
    wasm.scoped(() => {
      const support = supportOf(beta);
      const columns = subset === undefined ? support : placesIn(subset, support);
      const values = wasm.doubles(support.length);
      for (let a = 0; a < support.length; a++) values[a] = beta[support[a]];
      const target = this.vectorIn(eta);
      this.addPredictionAt(wasm.words(columns), support.length, values.byteOffset, target);
      eta.set(wasm.doublesAt(target, this.rows));
    });
  }

  addPredictionAt(subset: number, count: number, beta: number, eta: number): void {
    // Long pieces of columns are read faster than short ones.
    if (this.wide) this.run('predictRows', this.isShared(count) ? LANES : 1, [subset, count, beta, eta]);
    else this.run('predictBlocks', LANES, [subset, count, beta, eta]);
  }

  /** Whether threads share a pass over some columns of one block: each row or column is summed up alone, so lanes are no matter to the digits. */
  private isShared(count: number): boolean {
    return !this.engine.pool.isAlone && count * this.rows >= SHARED_STEP;
  }

  addPredictions(betas: readonly Float64Array[], etas: readonly Float64Array[]): void {
    betas.forEach((beta, k) => {
      this.addPrediction(beta, etas[k]);
    });
  }

  gradients(rs: readonly Float64Array[], outs: readonly Float64Array[]): void {
    const { wasm } = this.engine;
    const { columns, isOneBlock } = this;
    wasm.scoped(() => {
      const addresses = rs.map((r) => this.vectorIn(r));
      const stride = rs.length > 1 ? addresses[1] - addresses[0] : 0;
      const lanes = isOneBlock ? COLUMN_LANES : LANES;
      const size = rs.length * columns;
      const target = wasm.allocate(8 * size * (isOneBlock ? 1 : lanes));
      this.run('gradientMany', lanes, [rs.length, addresses[0], stride, target]);
      const result = wasm.doublesAt(isOneBlock ? target : this.reduce(target, size, lanes), size);
      outs.forEach((out, k) => {
        out.set(result.subarray(k * columns, (k + 1) * columns));
      });
    });
  }

  gram(w: Float64Array, subset: Int32Array): Float64Array {
    return mirror(this.gramRows(w, subset, 0), subset.length);
  }

  gramRows(w: Float64Array, subset: Int32Array, first: number): Float64Array {
    const { wasm } = this.engine;
    return wasm.scoped(() => {
      const size = (subset.length - first) * subset.length;
      const byTiles = this.wide || size * LANES > MOST_PARTIAL_SUMS;
      const words = [wasm.words(subset), subset.length, this.vectorIn(w)];
      const target = wasm.doubles(size * (byTiles ? 1 : LANES));
      if (byTiles) target.fill(0);
      this.run(
        byTiles ? 'gramTiles' : 'gramBlocks',
        byTiles ? COLUMN_LANES : LANES,
        [...words, target.byteOffset, first],
        gramScratch(this.height),
      );
      const result = byTiles ? target.byteOffset : this.reduce(target.byteOffset, size, LANES);
      return wasm.doublesAt(result, size).slice();
    });
  }

  outerGram(scale: Float64Array, subset?: Int32Array): Float64Array {
    const { wasm } = this.engine;
    if (!this.wide) throw new Error('outerGram needs a design of one block');
    return wasm.scoped(() => {
      const n = 4 * Math.ceil(this.rows / 4);
      const weights = wasm.doubles(scale.length);
      weights.set(scale);
      const byTiles = n * n * LANES > MOST_OUTER_SUMS || scale.length <= CHUNK;
      const target = wasm.doubles(n * n * (byTiles ? 1 : LANES));
      if (byTiles) target.fill(0);
      const job = [weights.byteOffset, target.byteOffset, this.subsetIn(subset), scale.length];
      this.run(byTiles ? 'outerGramTiles' : 'outerGramChunks', LANES, job, outerScratch(this.paddedRows));
      const result = byTiles ? target.byteOffset : this.reduce(target.byteOffset, n * n, LANES);
      return leadingMirrored(wasm.doublesAt(result, n * n), n, this.rows);
    });
  }

  select(subset: Int32Array): Blocks {
    const { wasm } = this.engine;
    const { columns, cells, height } = this;
    return Blocks.layOut(this.engine, this.rows, subset.length, (a, from, out) => {
      // The blocks of the selection may be lower than this design's: a wide one is a single block.
      const start = from - (from % height);
      const size = Math.min(height, this.paddedRows - start);
      out.set(wasm.doublesAt(cells + 8 * (start * columns + subset[a] * size + from - start), out.length));
    });
  }

  selectRows(subset: Int32Array): Blocks {
    const { engine, columns, descriptor } = this;
    const design = new Blocks(engine, subset.length, columns, false);
    engine.wasm.scoped(() =>
      design.run('selectRows', LANES, [descriptor, engine.wasm.words(subset), subset.length]),
    );
    return design;
  }

  column(j: number): Float64Array {
    if (!this.wide) throw new Error('column access needs a design of one block');
    return this.engine.wasm.doublesAt(this.cells + 8 * j * this.paddedRows, this.rows);
  }

  columnSquares(w: Float64Array): Float64Array {
    const { wasm } = this.engine;
    if (!this.wide) throw new Error('columnSquares needs a design of one block');
    return wasm.scoped(() => {
      const out = wasm.doubles(this.columns);
      this.run('squareColumns', COLUMN_LANES, [this.vectorIn(w), out.byteOffset]);
      return out.slice();
    });
  }

  vectorIn(x: Float64Array): number {
    const copy = this.engine.wasm.doubles(this.paddedRows);
    copy.set(x);
    copy.fill(0, this.rows);
    return copy.byteOffset;
  }

  subsetIn(subset?: Int32Array): number {
    return subset === undefined ? this.every : this.engine.wasm.words(subset);
  }

  run(operation: Operation, lanes: number, rest: readonly number[], scratch?: number): void {
    const { wasm, pool } = this.engine;
    wasm.scoped(() => pool.run(operation, wasm.words([this.descriptor, ...rest]), lanes, { scratch }));
  }

  reduce(partial: number, count: number, lanes: number): number {
    const { wasm } = this.engine;
    const out = wasm.allocate(8 * count);
    wasm.exports.reduceLanes(partial, count, lanes, out);
    return out;
  }
}

/** Scratch bytes that the outer Gram matrix of so many rows takes: its rows packed by fours, and four of them scaled. */
export function outerScratch(rows: number): number {
  return 8 * (CHUNK + 2) * (rows + 8);
}

/** Scratch bytes that the Gram matrix takes: four weighted columns of a block, and one of zeros. */
export function gramScratch(height: number): number {
  return 8 * (5 * height + 32);
}

/** The columns at some places of a list. */
function placesIn(subset: Int32Array, places: Int32Array): Int32Array {
  const out = new Int32Array(places.length);
  for (let a = 0; a < out.length; a++) out[a] = subset[places[a]];
  return out;
}

/** Copies the lower triangle above the diagonal. */
function mirror(a: Float64Array, size: number): Float64Array {
  for (let top = 0; top < size; top += TILE) {
    const bottom = Math.min(top + TILE, size);
    for (let left = 0; left <= top; left += TILE) {
      for (let i = top; i < bottom; i++) {
        const right = Math.min(left + TILE, i);
        for (let j = left; j < right; j++) a[j * size + i] = a[i * size + j];
      }
    }
  }
  return a;
}

/** The first `kept` rows and columns, with the lower triangle copied above the diagonal. */
function leadingMirrored(a: Float64Array, size: number, kept: number): Float64Array {
  const out = new Float64Array(kept * kept);
  for (let i = 0; i < kept; i++) out.set(a.subarray(i * size, i * size + kept), i * kept);
  return mirror(out, kept);
}
