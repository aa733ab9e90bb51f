import type { Engine } from './engine.js';

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
 * Cost: a look at each column, for which plain loops that are met once take ten times as long.
 */
export function largestExcess(
  { wasm }: Engine,
  gradient: Float64Array,
  support: Int32Array,
  { lambda, l1Ratio, factor }: ZeroPenalty,
): number {
  return wasm.scoped(() => {
    const inMemory = (x: Float64Array): number => {
      const address = wasm.addressOf(x);
      if (address !== null) return address;
      const copy = wasm.doubles(x.length);
      copy.set(x);
      return copy.byteOffset;
    };
    const [slopes, factors] = [inMemory(gradient), inMemory(factor)];
    const list = wasm.words(support);
    const { exports } = wasm;
    return exports.largestExcess(slopes, factors, gradient.length, list, support.length, lambda, l1Ratio);
  });
}
