import type { Design } from '../../src/design/design.js';
import { Engine } from '../../src/runtime/engine.js';
import { type Panel, panelGradient, panelGram, panelOuterGram, panelPredict, panelSquares } from './panel.js';

/** The algebra beside all of them. */
let kernels: Engine | null = null;

/** Rows of a block of a tall design: a column of it stays in the first-level cache. */
const BLOCK_ROWS = 1024;

/**
 * A design as a sequence of row blocks, each a panel of contiguous columns. Every operation goes block by block
 * and adds the parts in block order. A design with more columns than rows is one block, so that a column is a vector.
 */
export class RowBlocks implements Design {
  get engine(): Engine {
    kernels ??= new Engine(1);
    return kernels;
  }

  readonly rows: number;
  readonly columns: number;
  readonly blocks = null;
  readonly panels: readonly Panel[];
  private readonly everyColumn: Int32Array;

  /** @param blocks owned by the design from here on */
  constructor(columns: number, blocks: readonly Panel[]) {
    this.columns = columns;
    this.panels = blocks;
    this.everyColumn = Int32Array.from({ length: columns }, (_, j) => j);
    this.rows = blocks.reduce((total, block) => total + block.rows, 0);
  }

  /**
   * Lays out a matrix that `fill` writes column by column.
   * @param fill writes cells (from .. from + out.length - 1, j) to `out`
   */
  static layOut(
    rows: number,
    columns: number,
    fill: (j: number, from: number, out: Float64Array) => void,
  ): RowBlocks {
    const height = columns > rows ? Math.max(rows, 1) : BLOCK_ROWS;
    const blocks: Panel[] = [];
    for (let from = 0; from < rows; from += height) {
      const size = Math.min(height, rows - from);
      const data = new Float64Array(size * columns);
      for (let j = 0; j < columns; j++) fill(j, from, data.subarray(j * size, (j + 1) * size));
      blocks.push({ rows: size, columns, data });
    }
    return new RowBlocks(columns, blocks);
  }

  gradient(r: Float64Array, out: Float64Array, subset?: Int32Array): void {
    out.fill(0);
    const columns = subset ?? this.everyColumn;
    this.eachBlock((block, start) => panelGradient(block, r, start, columns, out));
  }

  addPrediction(beta: Float64Array, eta: Float64Array, subset?: Int32Array): void {
    const columns = subset ?? this.everyColumn;
    this.eachBlock((block, start) => panelPredict(block, beta, eta, start, columns));
  }

  gram(w: Float64Array, subset: Int32Array): Float64Array {
    const size = subset.length;
    const gram = new Float64Array(size * size);
    const scratch = new Float64Array(this.panels[0]?.rows ?? 0);
    this.eachBlock((block, start) => panelGram(block, w, start, subset, gram, scratch));
    for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) gram[b * size + a] = gram[a * size + b];
    return gram;
  }

  gramRows(w: Float64Array, subset: Int32Array, first: number): Float64Array {
    return this.gram(w, subset).subarray(first * subset.length);
  }

  addPredictions(betas: readonly Float64Array[], etas: readonly Float64Array[]): void {
    betas.forEach((beta, k) => {
      this.addPrediction(beta, etas[k]);
    });
  }

  gradients(rs: readonly Float64Array[], outs: readonly Float64Array[]): void {
    rs.forEach((r, k) => {
      this.gradient(r, outs[k]);
    });
  }

  outerGram(scale: Float64Array, subset?: Int32Array): Float64Array {
    if (this.panels.length > 1) throw new Error('outerGram needs a design of one block');
    const n = this.rows;
    const outer = new Float64Array(n * n);
    if (this.panels.length === 1) {
      panelOuterGram(this.panels[0], scale, subset ?? this.everyColumn, outer);
    }
    for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) outer[b * n + a] = outer[a * n + b];
    return outer;
  }

  select(subset: Int32Array): RowBlocks {
    const blocks = this.panels.map(({ rows, data }) => {
      const chosen = new Float64Array(rows * subset.length);
      subset.forEach((j, a) => {
        chosen.set(data.subarray(j * rows, (j + 1) * rows), a * rows);
      });
      return { rows, columns: subset.length, data: chosen };
    });
    return new RowBlocks(subset.length, blocks);
  }

  selectRows(subset: Int32Array): RowBlocks {
    const height = this.panels[0]?.rows ?? 1;
    return RowBlocks.layOut(subset.length, this.columns, (j, from, out) => {
      for (let i = 0; i < out.length; i++) {
        const row = subset[from + i];
        const { rows, data } = this.panels[Math.floor(row / height)];
        out[i] = data[j * rows + (row % height)];
      }
    });
  }

  column(j: number): Float64Array {
    if (this.panels.length > 1) throw new Error('column access needs a design of one block');
    const block = this.panels[0];
    return block.data.subarray(j * block.rows, (j + 1) * block.rows);
  }

  columnSquares(w: Float64Array): Float64Array {
    const out = new Float64Array(this.columns);
    this.eachBlock((block, start) => panelSquares(block, w, start, out));
    return out;
  }

  private eachBlock(visit: (block: Panel, start: number) => void): void {
    let start = 0;
    for (const block of this.panels) {
      visit(block, start);
      start += block.rows;
    }
  }
}
