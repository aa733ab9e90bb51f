import type { PenaltyVectors, SupportFactor } from '../../linalg/updated-cholesky.js';
import type { Engine } from '../../runtime/engine.js';

/** A path of restricted quadratic problems on one matrix: q'b, the elastic net without its lambda, and where to start. */
export interface QuadraticPath extends Pick<PenaltyVectors, 'lower' | 'upper'> {
  /** Of the matrix. */
  readonly factor: SupportFactor;
  readonly q: Float64Array;
  /** Factors of the two parts of the net; length as q. */
  readonly l1Factor: Float64Array;
  readonly l2Factor: Float64Array;
  readonly l1Ratio: number;
  /** Length as q; null is zeros. */
  readonly start: Float64Array | null;
}

/** The solution at a lambda, and the sweeps it took. */
export interface PathStep {
  readonly beta: Float64Array;
  readonly sweeps: number;
}

/** How far each lambda is solved. */
export interface PathStopping {
  readonly violation: number;
  readonly maxIterations: number;
}

/** Words of a path's descriptor before its two doubles. */
const WORDS = 10;

/**
 * Walks several paths along the same lambdas, a path in each lane: threads share them, and no digit depends on which.
 * Each lambda is begun at the solution of the one before; a fresh gradient decides whether it is done.
 */
export function walkPaths(
  { wasm, pool }: Engine,
  paths: readonly QuadraticPath[],
  lambdas: readonly number[],
  { violation, maxIterations }: PathStopping,
): PathStep[][] {
  for (const { factor } of paths) factor.follow();
  return wasm.scoped(() => {
    const doubles = (values: ArrayLike<number>) => wasm.copyOf(values).byteOffset;
    const count = lambdas.length;
    const list = doubles(lambdas);
    const most = Math.min(maxIterations, 2 ** 31);
    const walks = paths.map(({ factor, q, l1Factor, l2Factor, l1Ratio, lower, upper, start }) => {
      const solutions = wasm.doubles(count * q.length);
      const sweeps = wasm.fours(Uint32Array, count);
      const problem = factor.begin({ lower, upper }, start, wasm.doubles(q.length + 1).byteOffset);
      const given = [list, count, doubles(l1Factor), doubles(l2Factor), doubles(q)];
      const results = [solutions.byteOffset, sweeps.byteOffset, most];
      const address = wasm.allocate(4 * WORDS + 16);
      new Uint32Array(wasm.memory.buffer, address, WORDS).set([problem, ...given, ...results]);
      wasm.doublesAt(address + 4 * WORDS, 2).set([l1Ratio, violation]);
      return { address, size: q.length, solutions, sweeps };
    });
    pool.run('walkPaths', wasm.words([wasm.words(walks.map(({ address }) => address))]), walks.length);
    return walks.map(({ size, solutions, sweeps }) =>
      lambdas.map((_, k) => ({
        beta: Float64Array.from(solutions.subarray(k * size, (k + 1) * size)),
        sweeps: sweeps[k],
      })),
    );
  });
}
