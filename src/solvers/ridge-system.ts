import { choleskyFactor, choleskyInverseDiagonal, choleskySolve } from '../kernels/cholesky.js';
import { submatrix } from '../kernels/symmetric.js';
import {
  applyQ,
  solveShifted,
  type Tridiagonalization,
  traceInverseShifted,
  tridiagonalize,
} from '../kernels/tridiagonal.js';
import { dot } from '../kernels/vector.js';
import { allColumns } from './problem.js';

/** Beyond this ratio of column norms a tridiagonal form loses the small columns, and each lambda is factored alone. */
const GRADED = 1e6;

/** (G + lambda D)^-1 q, and trace(G (G + lambda D)^-1), for any lambda. */
export interface RidgeSystem {
  solve(lambda: number, q: Float64Array): Float64Array;
  trace(lambda: number): number;
}

/**
 * Prepares the system for many lambdas: unpenalised columns are eliminated, the rest scaled to D = I and reduced to
 * tridiagonal form. Columns of very different norms, which a tridiagonal form would lose, are factored for each lambda.
 * @param g size x size, row-major, full; not changed
 * @param factor D's diagonal, not negative
 * Cost: 4/3 size^3 once, size^2 a lambda. Source: Elden (1977), BIT 17, 134-145.
 */
export function ridgeSystem(g: Float64Array, factor: Float64Array): RidgeSystem {
  const each = direct(g, factor);
  if (isGraded(g, factor)) return each;
  let once: RidgeSystem | null = null;
  const system = (lambda: number): RidgeSystem => {
    if (lambda === 0) return each;
    once ??= tridiagonal(g, factor);
    return once;
  };
  return {
    solve: (lambda, q) => system(lambda).solve(lambda, q),
    trace: (lambda) => system(lambda).trace(lambda),
  };
}

function isGraded(g: Float64Array, factor: Float64Array): boolean {
  const size = factor.length;
  let smallest = Infinity;
  let largest = 0;
  for (let j = 0; j < size; j++) {
    const square = g[j * size + j] / (factor[j] || 1);
    if (square === 0) continue;
    smallest = Math.min(smallest, square);
    largest = Math.max(largest, square);
  }
  return largest > GRADED * GRADED * smallest;
}

/** One Cholesky factorization a lambda: indifferent to the scale of the columns. */
function direct(g: Float64Array, penaltyFactor: Float64Array): RidgeSystem {
  const size = penaltyFactor.length;
  const factorAt = (lambda: number) =>
    choleskyFactor(
      g,
      size,
      penaltyFactor.map((f) => lambda * f),
    );
  return {
    solve(lambda, q) {
      const x = q.slice();
      choleskySolve(factorAt(lambda), x);
      return x;
    },
    trace(lambda) {
      const factor = factorAt(lambda);
      const inverse = choleskyInverseDiagonal(factor);
      return inverse.reduce((total, d, j) => total - lambda * penaltyFactor[j] * d, factor.rank);
    },
  };
}

/** Unpenalised columns U are eliminated by their Schur complement; what remains is tridiagonalized once. */
function tridiagonal(g: Float64Array, factor: Float64Array): RidgeSystem {
  const size = factor.length;
  const free = allColumns(size).filter((j) => factor[j] === 0);
  const held = allColumns(size).filter((j) => factor[j] > 0);
  const root = Float64Array.from(held, (j) => Math.sqrt(factor[j]));
  const unpenalised = choleskyFactor(submatrix(g, size, free, free), free.length, null);
  const cross = Array.from(held, (j) => Float64Array.from(free, (u) => g[u * size + j]));
  const projected = cross.map((column) => {
    const x = column.slice();
    choleskySolve(unpenalised, x);
    return x;
  });
  const reduced = schurComplement(submatrix(g, size, held, held), cross, projected, root);
  const t: Tridiagonalization = tridiagonalize(reduced, held.length);
  return {
    solve(lambda, q) {
      const onFree = Float64Array.from(free, (j) => q[j]);
      choleskySolve(unpenalised, onFree);
      const x = Float64Array.from(held, (j, k) => (q[j] - dot(cross[k], onFree)) / root[k]);
      applyQ(t, x, true);
      solveShifted(t, lambda, x);
      applyQ(t, x, false);
      const beta = new Float64Array(size);
      held.forEach((j, k) => {
        beta[j] = x[k] / root[k];
        for (let u = 0; u < free.length; u++) onFree[u] -= projected[k][u] * beta[j];
      });
      free.forEach((j, u) => {
        beta[j] = onFree[u];
      });
      return beta;
    },
    trace: (lambda) => unpenalised.rank + held.length - lambda * traceInverseShifted(t, lambda),
  };
}

/** D^-1/2 (G_PP - G_PU G_UU^-1 G_UP) D^-1/2, in place of `held`. */
function schurComplement(
  held: Float64Array,
  cross: readonly Float64Array[],
  projected: readonly Float64Array[],
  root: Float64Array,
): Float64Array {
  const m = root.length;
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      const value = (held[a * m + b] - dot(cross[a], projected[b])) / (root[a] * root[b]);
      held[a * m + b] = value;
      held[b * m + a] = value;
    }
  }
  return held;
}
