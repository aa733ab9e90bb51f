import { HEIGHT } from '../../design/blocks.js';
import type { CompiledBlocks } from '../../design/design.js';
import type { LossGradient } from '../../design/evaluate-points.js';
import { Float32Blocks, largest } from '../../design/float32-blocks.js';
import { type DesignPoint, float32PointTable, pointsScratch, pointTable } from '../../design/points.js';
import { LANES } from '../../runtime/lanes.js';

/** Points that pass over a block of rows together where each is wanted on every fold. */
const TOGETHER = 25;

/** A point that belongs to a fold. */
export interface FoldPoint extends DesignPoint {
  readonly fold: number;
}

/** At a fold's point: minus the derivatives of the loss over the rows without the fold, and the loss over the fold's rows. */
export interface FoldLoss extends LossGradient {
  readonly heldLoss: number;
}

/**
 * A logistic problem whose rows are dealt to folds, on a copy of the design of which block b holds rows of fold b % folds: a job in
 * as many lanes as there are folds then leaves behind what each fold's rows add up to. What a fold lacks to as many blocks as
 * the largest is filled with rows of weight 0.
 */
export class BlocksByFold {
  private readonly design: CompiledBlocks;
  /** The row of the whole at each place; -1 where there is none. */
  private readonly order: Int32Array;
  private readonly y: number;
  private readonly v: number;
  private readonly offset: Float64Array;
  private readonly single: Float32Rows | null;

  /** @param precision of `evaluate`; @param rows of each fold. Call inside `scoped`. Cost: a copy of the design. */
  constructor(
    whole: CompiledBlocks,
    readonly rows: readonly Int32Array[],
    { y, v, offset }: { readonly y: Float64Array; readonly v: Float64Array; readonly offset: Float64Array },
    readonly precision: 'single' | 'double' = 'double',
  ) {
    this.order = dealtInBlocks(rows);
    this.design = whole.selectRows(this.order.map((row) => Math.max(row, 0)));
    this.y = this.design.vectorIn(this.laidOut(y));
    this.v = this.design.vectorIn(this.laidOut(v));
    this.offset = this.laidOut(offset);
    this.single = precision === 'single' ? this.float32Rows(v, y) : null;
  }

  private float32Rows(v: Float64Array, y: Float64Array): Float32Rows {
    const cells = new Float32Blocks(this.design);
    const unit = largest(v);
    const signed = v.map((x, i) => (y[i] === 1 ? x / unit : -x / unit));
    const [weights, offset] = [cells.vectorIn(this.laidOut(signed)), cells.vectorIn(this.offset)];
    return { cells, unit, signed: weights, offset };
  }

  /** Whether no more rows are filled in than there are. */
  static pays(rows: readonly Int32Array[]): boolean {
    const count = rows.reduce((total, { length }) => total + length, 0);
    return placesOf(rows) <= 2 * count;
  }

  /** Minus the derivatives of the loss over each fold's rows: for each point, for each fold. Cost: one pass for 25 points. */
  gradients(points: readonly DesignPoint[]): LossGradient[][] {
    const found: LossGradient[][] = [];
    for (let k = 0; k < points.length; k += TOGETHER) {
      found.push(...this.gradientsTogether(points.slice(k, k + TOGETHER)));
    }
    return found;
  }

  private gradientsTogether(points: readonly DesignPoint[]): LossGradient[][] {
    const { design, rows } = this;
    const { columns } = design;
    const { wasm, pool } = design.engine;
    return wasm.scoped(() => {
      const { address } = pointTable(design, this.offset, points);
      const size = rows.length * points.length;
      const gradients = wasm.doubles(size * columns);
      const interceptGradients = wasm.doubles(size);
      const results = [gradients.byteOffset, interceptGradients.byteOffset];
      // A logistic loss; of errors none, and no predictors.
      const job = [address, points.length, 1, this.y, this.v, this.v, ...results, 0, 0, 0];
      const scratch = pointsScratch(design, points.length);
      pool.run('evaluateBlocks', wasm.words(job), rows.length, { scratch });
      return points.map((_, k) =>
        rows.map((__, fold) => {
          const at = fold * points.length + k;
          return {
            gradient: gradients.slice(at * columns, (at + 1) * columns),
            interceptGradient: interceptGradients[at],
          };
        }),
      );
    });
  }

  /** What each point is for its fold. Cost: one pass over the data for all. */
  evaluate(points: readonly FoldPoint[]): FoldLoss[] {
    const { design, rows, single, y, v } = this;
    const { columns } = design;
    const { wasm, pool } = design.engine;
    return wasm.scoped(() => {
      const count = points.length;
      const foldOf = wasm.words(points.map(({ fold }) => fold));
      const [gradients, interceptGradients, losses] = [count * columns, count, count].map((size) => ({
        size,
        partial: wasm.allocate(8 * size * LANES),
      }));
      const results = [gradients, interceptGradients, losses];
      const scratch = pointsScratch(design, count);
      const ends = [foldOf, rows.length, ...results.map(({ partial }) => partial)];
      if (single === null) {
        const { address } = pointTable(design, this.offset, points);
        pool.run('foldGradients', wasm.words([address, design.descriptor, count, v, y, v, ...ends]), LANES, {
          scratch,
        });
      } else {
        const { address } = float32PointTable(design, single.offset, points);
        const job = [address, single.cells.descriptor, count, single.signed, y, v, ...ends];
        pool.run('foldGradientsFloat32', wasm.words(job), LANES, { scratch });
      }
      const unit = single?.unit ?? 1;
      const [gradient, interceptGradient, heldLoss] = results.map(({ size, partial }) =>
        wasm.doublesAt(design.reduce(partial, size, LANES), size),
      );
      return points.map((_, k) => ({
        gradient: times(unit, gradient.subarray(k * columns, (k + 1) * columns)),
        interceptGradient: unit * interceptGradient[k],
        heldLoss: heldLoss[k],
      }));
    });
  }

  /** Z_A'r over each fold's rows. @param r in the order of the whole */
  products(r: Float64Array, subset: Int32Array): Float64Array[] {
    const { design, rows } = this;
    const { wasm } = design.engine;
    return wasm.scoped(() => {
      const size = subset.length;
      const out = wasm.doubles(rows.length * size);
      const vector = design.vectorIn(this.laidOut(r));
      design.run('gradientBlocks', rows.length, [wasm.words(subset), size, vector, out.byteOffset]);
      return rows.map((_, fold) => out.slice(fold * size, (fold + 1) * size));
    });
  }

  /** Z_A' diag(w) Z_A over each fold's rows: |A| x |A|, row-major, of which the lower triangle counts. */
  grams(w: Float64Array, subset: Int32Array): Float64Array[] {
    const { design, rows } = this;
    const { wasm } = design.engine;
    return wasm.scoped(() => {
      const size = subset.length * subset.length;
      const out = wasm.doubles(rows.length * size);
      const list = [wasm.words(subset), subset.length];
      const vector = design.vectorIn(this.laidOut(w));
      design.run('gramBlocks', rows.length, [...list, vector, out.byteOffset, 0]);
      return rows.map((_, fold) => out.slice(fold * size, (fold + 1) * size));
    });
  }

  private laidOut(x: Float64Array): Float64Array {
    const { order } = this;
    const out = new Float64Array(order.length);
    for (let i = 0; i < out.length; i++) if (order[i] >= 0) out[i] = x[order[i]];
    return out;
  }
}

function blocksOf(rows: readonly Int32Array[]): number {
  return rows.reduce((most, { length }) => Math.max(most, Math.ceil(length / HEIGHT)), 0);
}

/** Rows of the copy. */
function placesOf(rows: readonly Int32Array[]): number {
  return HEIGHT * rows.length * blocksOf(rows);
}

function dealtInBlocks(rows: readonly Int32Array[]): Int32Array {
  const order = new Int32Array(placesOf(rows)).fill(-1);
  for (let b = 0; b < order.length / HEIGHT; b++) {
    const from = HEIGHT * Math.floor(b / rows.length);
    order.set(rows[b % rows.length].subarray(from, from + HEIGHT), b * HEIGHT);
  }
  return order;
}

function times(a: number, x: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  for (let j = 0; j < out.length; j++) out[j] = a * x[j];
  return out;
}

/** What passes in single precision go over: cells, weights in units of the largest with the sign of the class, and offsets. */
interface Float32Rows {
  readonly cells: Float32Blocks;
  readonly unit: number;
  readonly signed: number;
  readonly offset: number;
}
