import { Blocks } from '../../src/design/blocks.js';
import type { Problem } from '../../src/problem/problem.js';
import type { Engine } from '../../src/runtime/engine.js';

/** The same problem on the compiled kernels. @param z its columns */
export function onKernels(
  problem: Problem,
  z: readonly Float64Array[],
  engine: Engine,
): Problem & { readonly design: Blocks } {
  const design = Blocks.layOut(engine, problem.y.length, z.length, (j, from, out) => {
    out.set(z[j].subarray(from, from + out.length));
  });
  return { ...problem, design };
}
