import type { Engine } from './engine.js';

const LANES = 8;

/** Sums over the rows for one predictor of a binomial model. */
export interface BinomialSums {
  /** sum w loss, the weight of the rows classified right, sum w (y - probability)^2. */
  readonly loss: number;
  readonly right: number;
  readonly squares: number;
  /** Area under the ROC curve; NaN where a class has no weight. */
  readonly area: number;
}

/**
 * Errors of several linear predictors of a binomial model on the same rows, by the compiled kernels.
 * @param y 0 or 1; @param w weights; @param etas each as long as y
 */
export function binomialSums(
  engine: Engine,
  y: Float64Array,
  w: Float64Array,
  etas: readonly Float64Array[],
): BinomialSums[] {
  const { wasm, pool } = engine;
  const padded = y.length + (y.length % 2);
  pool.reserveScratch(24 * padded + 4 * 2048 + 64);
  return wasm.scoped(() => {
    const copy = (x: Float64Array) => {
      const doubles = wasm.doubles(padded);
      doubles.set(x);
      doubles.fill(0, x.length);
      return doubles.byteOffset;
    };
    const vectors = etas.length;
    const [target, weights] = [copy(y), copy(w)];
    const addresses = etas.map(copy);
    const stride = vectors > 1 ? addresses[1] - addresses[0] : 0;
    const errors = wasm.doubles(3 * vectors);
    const areas = wasm.doubles(vectors);
    const shared = (rows: number, out: Float64Array) =>
      wasm.words([vectors, rows, target, weights, addresses[0], stride, out.byteOffset]);
    pool.run('binomialErrors', shared(padded, errors), LANES);
    pool.run('rankingAreas', shared(y.length, areas), LANES);
    return etas.map((_, k) => ({
      loss: errors[3 * k],
      right: errors[3 * k + 1],
      squares: errors[3 * k + 2],
      area: areas[k],
    }));
  });
}
