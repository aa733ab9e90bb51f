import type { SharedBlocks } from './shared-blocks.js';

const LANES = 8;

/**
 * The logistic loss along a fit on a shared design: predictor, residual, curvature, loss and gradient in one pass,
 * block by block while the block is in the cache.
 */
export class SharedLogistic {
  private readonly y: number;
  private readonly v: number;
  private readonly offset: number;
  private readonly eta: number;
  private readonly residual: number;
  private readonly weights: number;

  constructor(
    private readonly design: SharedBlocks,
    y: Float64Array,
    v: Float64Array,
    offset: Float64Array,
  ) {
    // Padding rows have weight 0 and so no part in anything.
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
      if (intercept !== 0) {
        const eta = this.vector(this.eta);
        for (let i = 0; i < eta.length; i++) eta[i] += intercept;
      }
      const moved = delta.reduce((count, d) => count + (d !== 0 ? 1 : 0), 0);
      const list = wasm.words(columns.filter((_, a) => delta[a] !== 0));
      const beta = wasm.doubles(moved);
      beta.set(delta.filter((d) => d !== 0));
      return design.wide
        ? this.stepByColumns(list, beta, columns, gradient)
        : this.stepByBlocks(list, beta, columns, gradient);
    });
  }

  private stepByBlocks(
    list: number,
    beta: Float64Array,
    columns: Int32Array,
    gradient: Float64Array,
  ): number {
    const { design } = this;
    const { wasm } = design.engine;
    const losses = wasm.doubles(LANES);
    const partial = wasm.allocate(8 * LANES * columns.length);
    const asked = wasm.words(columns);
    design.run('logisticBlocks', LANES, [
      ...[list, beta.length, beta.byteOffset, this.eta, this.y, this.v, this.residual, this.weights],
      ...[losses.byteOffset, asked, columns.length, partial],
    ]);
    const out = wasm.doubles(columns.length);
    wasm.exports.reduceLanes(partial, columns.length, LANES, out.byteOffset);
    gradient.set(out);
    return losses.reduce((total, loss) => total + loss, 0);
  }

  private stepByColumns(
    list: number,
    beta: Float64Array,
    columns: Int32Array,
    gradient: Float64Array,
  ): number {
    const { design } = this;
    const { wasm } = design.engine;
    if (beta.length > 0) design.addPredictionAt(list, beta.length, beta.byteOffset, this.eta);
    const { paddedRows } = design;
    const loss = wasm.exports.logisticPanel(
      paddedRows,
      this.y,
      this.v,
      this.eta,
      this.residual,
      this.weights,
    );
    const result = design.gradientAt(this.residual, wasm.words(columns), columns.length);
    gradient.set(wasm.doublesAt(result, columns.length));
    return loss;
  }

  fullGradient(out: Float64Array): void {
    const { wasm } = this.design.engine;
    wasm.scoped(() => {
      const result = this.design.gradientAt(this.residual, this.design.subsetIn(), out.length);
      out.set(wasm.doublesAt(result, out.length));
    });
  }

  residualSum(): number {
    return this.vector(this.residual).reduce((total, r) => total + r, 0);
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
