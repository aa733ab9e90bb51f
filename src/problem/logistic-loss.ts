import { SHARED_STEP } from '../design/blocks.js';
import type { CompiledBlocks } from '../design/design.js';
import { supportOf } from '../linalg/vector.js';
import { LANES } from '../runtime/lanes.js';

/** Sums over the rows that the kernels leave: of the loss, of the residuals, of the curvature. */
const SUMS = 3;

/**
 * The logistic loss along a fit on a shared design: predictor, residual, curvature, loss and gradient in one pass,
 * block by block while the block is in the cache.
 */
export class LogisticLoss {
  private readonly y: number;
  private readonly v: number;
  private readonly offset: number;
  private readonly eta: number;
  private readonly residual: number;
  private readonly weights: number;
  private value = 0;
  private interceptGradient = 0;
  private bend = 0;

  /** What Hessians are built from. */
  readonly products: CompiledBlocks;

  constructor(
    private readonly design: CompiledBlocks,
    y: Float64Array,
    v: Float64Array,
    offset: Float64Array,
  ) {
    this.products = design;
    // Padding rows have weight 0 and no effect.
    this.y = design.vectorIn(y);
    this.v = design.vectorIn(v);
    this.offset = design.vectorIn(offset);
    const zeros = new Float64Array(design.rows);
    this.eta = design.vectorIn(zeros);
    this.residual = design.vectorIn(zeros);
    this.weights = design.vectorIn(zeros);
  }

  reset(intercept: number, beta: Float64Array): number {
    const eta = this.vector(this.eta);
    const offset = this.vector(this.offset);
    for (let i = 0; i < eta.length; i++) eta[i] = offset[i] + intercept;
    const support = Int32Array.from(beta.keys()).filter((j) => beta[j] !== 0);
    return this.step(
      support,
      Float64Array.from(support, (j) => beta[j]),
      0,
      new Float64Array(support.length),
    );
  }

  step(columns: Int32Array, delta: Float64Array, intercept: number, gradient: Float64Array): number {
    const { design } = this;
    const { wasm } = design.engine;
    return wasm.scoped(() => {
      const support = supportOf(delta);
      const beta = wasm.doubles(support.length);
      for (let a = 0; a < support.length; a++) beta[a] = delta[support[a]];
      const list = wasm.words(support.map((a) => columns[a]));
      const sums = design.wide
        ? this.stepByColumns(list, beta, intercept, columns, gradient)
        : this.stepByBlocks(list, beta, intercept, columns, gradient);
      this.value = 0;
      this.interceptGradient = 0;
      this.bend = 0;
      for (let lane = 0; lane < sums.length; lane += SUMS) {
        this.value += sums[lane];
        this.interceptGradient += sums[lane + 1];
        this.bend += sums[lane + 2];
      }
      return this.value;
    });
  }

  private stepByBlocks(
    list: number,
    beta: Float64Array,
    intercept: number,
    columns: Int32Array,
    gradient: Float64Array,
  ): Float64Array {
    const { design } = this;
    const { wasm } = design.engine;
    const lanes = design.paddedRows * design.columns < SHARED_STEP ? 1 : LANES;
    const sums = wasm.doubles(SUMS * lanes);
    const shift = wasm.doubles(1);
    shift[0] = intercept;
    const partial = wasm.allocate(8 * lanes * columns.length);
    const asked = wasm.words(columns);
    design.run('logisticBlocks', lanes, [
      ...[list, beta.length, beta.byteOffset, this.eta, this.y, this.v, this.residual, this.weights],
      ...[sums.byteOffset, asked, columns.length, partial, shift.byteOffset],
    ]);
    const out = wasm.doubles(columns.length);
    wasm.exports.reduceLanes(partial, columns.length, lanes, out.byteOffset);
    gradient.set(out);
    return sums;
  }

  private stepByColumns(
    list: number,
    beta: Float64Array,
    intercept: number,
    columns: Int32Array,
    gradient: Float64Array,
  ): Float64Array {
    const { design, y, v, eta, residual, weights } = this;
    const { wasm } = design.engine;
    if (beta.length > 0) design.addPredictionAt(list, beta.length, beta.byteOffset, eta);
    const sums = wasm.doubles(SUMS);
    sums.fill(0);
    wasm.exports.logisticPanel(design.paddedRows, y, v, eta, residual, weights, intercept, sums.byteOffset);
    const result = design.gradientAt(residual, wasm.words(columns), columns.length);
    gradient.set(wasm.doublesAt(result, columns.length));
    return sums;
  }

  loss(): number {
    return this.value;
  }

  fullGradient(out: Float64Array): void {
    this.gradientOf(undefined, out);
  }

  gradientOf(columns: Int32Array | undefined, out: Float64Array): void {
    const { design, residual } = this;
    const { wasm } = design.engine;
    wasm.scoped(() => {
      const result = design.gradientAt(residual, design.subsetIn(columns), out.length);
      out.set(wasm.doublesAt(result, out.length));
    });
  }

  rowResiduals(): Float64Array {
    return this.vector(this.residual);
  }

  residualSum(): number {
    return this.interceptGradient;
  }

  curvatureSum(): number {
    return this.bend;
  }

  curvature(): Float64Array {
    return this.vector(this.weights).slice();
  }

  predictor(): Float64Array {
    return this.vector(this.eta).slice();
  }

  private vector(address: number): Float64Array {
    return this.design.engine.wasm.doublesAt(address, this.design.rows);
  }
}
