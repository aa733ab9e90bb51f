import type { Engine } from '../runtime/engine.js';

/** What is 0 and penalised, and how much. */
export interface ZeroPenalty {
  readonly lambda: number;
  readonly l1Ratio: number;
  /** By column. */
  readonly factor: Float64Array;
}

/**
 * max_j |gradient_j| - lambda factor_j l1Ratio over the columns outside `support`: -Infinity where there are none, NaN where one is not a
 * number. @param support ascending
 * Cost: a look at each column, by a loop that is compiled when it is first met.
 */
export function largestExcess(
  { wasm }: Engine,
  gradient: Float64Array,
  support: Int32Array,
  { lambda, l1Ratio, factor }: ZeroPenalty,
): number {
  return wasm.scoped(() => {
    return wasm.exports.largestExcess(
      wasm.addressOf(gradient) ?? wasm.copyOf(gradient).byteOffset,
      wasm.copyOf(factor).byteOffset,
      factor.length,
      wasm.words(support),
      support.length,
      lambda,
      l1Ratio,
    );
  });
}
