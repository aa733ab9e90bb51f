import type { CompiledBlocks } from '../design/design.js';
import { Float32Blocks, largest } from '../design/float32-blocks.js';
import { pick, supportOf } from '../linalg/vector.js';
import { LANES } from '../runtime/lanes.js';

/** Sums over the rows that the kernel leaves: of the residuals, of the curvature. */
const SUMS = 2;

/** This many extra columns hardly slow a step down. */
const FEW = 64;

/**
 * The logistic loss along a fit on a copy of a tall design in single precision: predictor, residual, curvature and gradient in one pass.
 * The predictor itself is kept in double precision, so that rounding errors of steps do not accumulate, and so are all sums beyond a block.
 * The loss is not computed in the pass: near a solution single precision could not distinguish two losses.
 */
export class Float32LogisticLoss {
  /** What Hessians are built from. */
  readonly products: Float32Blocks;
  private readonly single: Float32Blocks;
  private readonly y: Float64Array;
  private readonly v: Float64Array;
  private readonly offset: Float64Array;
  /** v_i = unit u_i, so that u_i = 1 is exact if all rows have equal weights. */
  private readonly unit: number;
  /** u_i where y_i = 1, and -u_i where y_i = 0. */
  private readonly signed: number;
  private readonly eta: number;
  private readonly residual: number;
  private readonly weights: number;
  /** The gradient of all columns at the predictor, in units of v, if the step computed it. */
  private whole: Float64Array | null = null;
  private interceptGradient = 0;
  private bend = 0;

  constructor(design: CompiledBlocks, y: Float64Array, v: Float64Array, offset: Float64Array) {
    const { wasm } = design.engine;
    const single = new Float32Blocks(design);
    const unit = largest(v);
    this.single = single;
    this.products = single;
    this.unit = unit;
    this.signed = single.vectorIn(v.map((x, i) => (y[i] === 1 ? x / unit : -x / unit)));
    this.eta = wasm.allocate(8 * single.paddedRows);
    this.residual = single.vectorIn(new Float64Array(0));
    this.weights = single.vectorIn(new Float64Array(0));
    this.y = y;
    this.v = v;
    this.offset = offset;
  }

  reset(intercept: number, beta: Float64Array): void {
    const { single, offset } = this;
    const { design } = single;
    const { wasm } = design.engine;
    const eta = wasm.doublesAt(this.eta, single.paddedRows).fill(0);
    for (let i = 0; i < offset.length; i++) eta[i] = offset[i] + intercept;
    const support = supportOf(beta);
    wasm.scoped(() => {
      const values = wasm.doubles(support.length);
      for (let a = 0; a < support.length; a++) values[a] = beta[support[a]];
      design.addPredictionAt(wasm.words(support), support.length, values.byteOffset, this.eta);
    });
    this.step(new Int32Array(0), new Float64Array(0), 0, new Float64Array(0));
  }

  /**
   * eta += intercept + Z_A delta. If few columns were not requested, their gradient is computed too while a block is in the cache.
   * @param gradient filled with Z_A' residual, the same columns
   */
  step(columns: Int32Array, delta: Float64Array, intercept: number, gradient: Float64Array): void {
    const { single, eta, signed, residual, weights, unit } = this;
    const { design } = single;
    const { wasm } = design.engine;
    wasm.scoped(() => {
      const support = supportOf(delta);
      const beta = wasm.allocate(4 * support.length);
      const values = new Float32Array(wasm.memory.buffer, beta, support.length);
      for (let a = 0; a < support.length; a++) values[a] = delta[support[a]];
      const list = wasm.words(pick(columns, support));
      const sums = wasm.doubles(SUMS * LANES);
      const isWhole = design.columns - columns.length <= Math.max(columns.length, FEW);
      const count = isWhole ? design.columns : columns.length;
      const asked = isWhole ? design.subsetIn() : wasm.words(columns);
      const partial = wasm.allocate(8 * LANES * count);
      const shift = wasm.doubles(1);
      shift[0] = intercept;
      single.run('logisticFloat32', LANES, [
        ...[list, support.length, beta, eta, signed, residual, weights, sums.byteOffset],
        ...[asked, count, partial, shift.byteOffset],
      ]);
      const found = new Float64Array(count);
      this.read(found, design.reduce(partial, count, LANES));
      this.whole = isWhole ? found : null;
      for (let a = 0; a < gradient.length; a++) gradient[a] = found[isWhole ? columns[a] : a];
      this.interceptGradient = 0;
      this.bend = 0;
      for (let lane = 0; lane < sums.length; lane += SUMS) {
        this.interceptGradient += unit * sums[lane];
        this.bend += unit * sums[lane + 1];
      }
    });
  }

  fullGradient(out: Float64Array): void {
    this.gradientOf(undefined, out);
  }

  gradientOf(columns: Int32Array | undefined, out: Float64Array): void {
    const { single, residual, whole } = this;
    const { design } = single;
    if (whole !== null) {
      for (let a = 0; a < out.length; a++) out[a] = whole[columns?.[a] ?? a];
      return;
    }
    design.engine.wasm.scoped(() => {
      this.read(out, single.gradientAt(residual, design.subsetIn(columns), out.length));
    });
  }

  /** The loss, in double precision. Cost: a logarithm a row. */
  loss(): number {
    const { design } = this.single;
    const { wasm } = design.engine;
    return wasm.scoped(() =>
      wasm.exports.logisticLoss(
        design.paddedRows,
        design.vectorIn(this.y),
        design.vectorIn(this.v),
        this.eta,
      ),
    );
  }

  rowResiduals(): Float64Array {
    return this.doublesOf(this.residual);
  }

  residualSum(): number {
    return this.interceptGradient;
  }

  curvatureSum(): number {
    return this.bend;
  }

  curvature(): Float64Array {
    return this.doublesOf(this.weights);
  }

  predictor(): Float64Array {
    const { design } = this.single;
    return design.engine.wasm.doublesAt(this.eta, design.rows).slice();
  }

  private doublesOf(address: number): Float64Array {
    const { unit, single } = this;
    const { rows } = single.design;
    const singles = single.singlesAt(address);
    const out = new Float64Array(rows);
    for (let i = 0; i < rows; i++) out[i] = unit * singles[i];
    return out;
  }

  /** Copies sums over the rows from an address, in units of v. */
  private read(out: Float64Array, address: number): void {
    const { unit, single } = this;
    const sums = single.design.engine.wasm.doublesAt(address, out.length);
    for (let a = 0; a < out.length; a++) out[a] = unit * sums[a];
  }
}
