import { choleskyFactor, choleskySolve, ridgeTrace } from '../../linalg/cholesky.js';
import type { Dense } from '../../linalg/dense.js';
import { solveShifted, type Tridiagonal } from '../../linalg/tridiagonal.js';
import { axpy, dot, gather, submatrix } from '../../linalg/vector.js';
import { allColumns } from '../../problem/problem.js';
import { extentOfEntries, extentOfTridiagonal, type RidgeExtent, type RidgeShares } from './ridge-extent.js';

/** Beyond this ratio of column norms a tridiagonal form loses the small columns, and each lambda is factored alone. */
const GRADED = 1e6;

/** A lambda, and the columns that are struck out, all of them penalised. */
export interface TraceRequest {
  readonly lambda: number;
  readonly without: Int32Array;
}

/** (G + lambda D)^-1 q, and trace(G (G + lambda D)^-1), for any lambda. */
export interface RidgeSystem {
  /** One solution a lambda. @param qs right-hand sides, one a lambda, or one for all */
  solve(lambdas: readonly number[], qs: readonly Float64Array[]): Float64Array[];
  /** trace(G (G + lambda D)^-1) without some rows and columns of G and D. Cost: size |without|^2 each. */
  traces(requests: readonly TraceRequest[]): Float64Array;
  /** Between which lambdas the penalty matters; null where what it is on has no rank. */
  extent(shares: RidgeShares): RidgeExtent | null;
}

/**
 * Prepares the system for many lambdas: unpenalised columns are eliminated, the rest scaled to D = I and reduced to
 * tridiagonal form. Columns of very different norms, which a tridiagonal form would lose, are factored for each lambda.
 * @param g size x size, row-major, full; not changed
 * @param factor D's diagonal, not negative
 * Cost: 4/3 size^3 once, size^2 a lambda. Source: Elden (1977), BIT 17, 134-145.
 */
export function ridgeSystem(g: Float64Array, factor: Float64Array, dense: Dense): RidgeSystem {
  return ridgeSystems([{ g, factor }], dense)[0];
}

/** The same for several matrices, whose tridiagonal forms are made together when the first of them is needed. */
export function ridgeSystems(
  problems: readonly { readonly g: Float64Array; readonly factor: Float64Array }[],
  dense: Dense,
): RidgeSystem[] {
  const reducible = problems.filter(({ g, factor }) => !isGraded(g, factor));
  let once: Map<unknown, RidgeSystem> | null = null;
  const penalised = (problem: unknown): RidgeSystem => {
    once ??= new Map(tridiagonal(reducible, dense).map((system, k) => [reducible[k], system]));
    return once.get(problem) as RidgeSystem;
  };
  return problems.map((problem) => {
    const each = direct(problem.g, problem.factor);
    if (!reducible.includes(problem)) return each;
    return {
      solve: (lambdas, qs) => (lambdas.includes(0) ? each : penalised(problem)).solve(lambdas, qs),
      traces: (requests) =>
        requests.some(({ lambda }) => lambda === 0)
          ? each.traces(requests)
          : penalised(problem).traces(requests),
      extent: (shares) => penalised(problem).extent(shares),
    };
  });
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
    solve: (lambdas, qs) =>
      lambdas.map((lambda, k) => {
        const x = (qs.length === 1 ? qs[0] : qs[k]).slice();
        choleskySolve(factorAt(lambda), x);
        return x;
      }),
    traces: (requests) =>
      Float64Array.from(requests, ({ lambda, without }) => {
        const out = new Set(without);
        const kept = allColumns(size).filter((j) => !out.has(j));
        const ridge = gather(penaltyFactor, kept).map((f) => lambda * f);
        return ridgeTrace(submatrix(g, size, kept, kept), kept.length, ridge);
      }),
    extent(shares) {
      const free = allColumns(size).filter((j) => penaltyFactor[j] === 0);
      const unpenalised = choleskyFactor(submatrix(g, size, free, free), free.length, null).rank;
      const diagonal = penaltyFactor.map((_, j) => g[j * size + j]);
      return extentOfEntries(diagonal, penaltyFactor, choleskyFactor(g, size, null), unpenalised, shares);
    },
  };
}

/** Unpenalised columns U are eliminated by their Schur complement; what remains is tridiagonalized once. */
function tridiagonal(
  problems: readonly { readonly g: Float64Array; readonly factor: Float64Array }[],
  dense: Dense,
): RidgeSystem[] {
  const all = problems.map(({ g, factor }) => {
    const parts = eliminate(g, factor);
    const { free, held, root, cross, projected } = parts;
    const isWhole = free.length === 0 && root.every((r) => r === 1);
    const rest = () => schurComplement(submatrix(g, factor.length, held, held), cross, projected, root);
    const largest = held.reduce((most, j) => Math.max(most, g[j * factor.length + j] / factor[j]), 0);
    return { ...parts, isWhole, largest, a: isWhole ? g : rest(), size: held.length };
  });
  return dense.tridiagonalizeAll(all).map((t, k) => systemOf(all[k], problems[k].factor.length, t, dense));
}

/** What `eliminate` left, in its tridiagonal form. @param size of the whole */
function systemOf(
  { free, held, root, unpenalised, cross, projected, isWhole, largest }: Reduced,
  size: number,
  t: Tridiagonal,
  dense: Dense,
): RidgeSystem {
  const reduce = (q: Float64Array) => {
    const onFree = gather(q, free);
    choleskySolve(unpenalised, onFree);
    return { onFree, x: Float64Array.from(held, (j, k) => (q[j] - dot(cross[k], onFree)) / root[k]) };
  };
  const expand = (x: Float64Array, onFree: Float64Array): Float64Array => {
    const beta = new Float64Array(size);
    const rest = onFree.slice();
    held.forEach((j, k) => {
      beta[j] = x[k] / root[k];
      axpy(-beta[j], projected[k], rest);
    });
    free.forEach((j, u) => {
      beta[j] = rest[u];
    });
    return beta;
  };
  return {
    solve(lambdas, qs) {
      const sides = qs.map(reduce);
      t.rotate(
        sides.map(({ x }) => x),
        true,
      );
      const of = (k: number) => (sides.length === 1 ? sides[0] : sides[k]);
      const xs = lambdas.map((lambda, k) => solveShifted(t, lambda, of(k).x));
      t.rotate(xs, false);
      return xs.map((x, k) => (isWhole ? x : expand(x, of(k).onFree)));
    },
    traces: (requests) => tracesOf(t, held, unpenalised.rank, requests, dense),
    extent: (shares) => extentOfTridiagonal(t, largest, shares),
  };
}

/** @param held the columns of the tridiagonal form; @param rank of those that were eliminated */
function tracesOf(
  t: Tridiagonal,
  held: Int32Array,
  rank: number,
  requests: readonly TraceRequest[],
  dense: Dense,
): Float64Array {
  const placeOf = new Map(Array.from(held, (j, k) => [j, k]));
  const struck = new Map<number, number>();
  for (const { without } of requests) {
    for (const j of without) if (!struck.has(j)) struck.set(j, struck.size);
  }
  const units = Array.from(struck.keys(), (j) => {
    const unit = new Float64Array(held.length);
    unit[placeOf.get(j) as number] = 1;
    return unit;
  });
  t.rotate(units, true);
  const asked = requests.map(({ lambda, without }) => ({
    shift: lambda,
    places: without.map((j) => struck.get(j) as number),
  }));
  return dense
    .shiftedTraces(t, units, asked, 0)
    .map((inverse, k) => rank + held.length - asked[k].places.length - asked[k].shift * inverse);
}

interface Reduced extends ReturnType<typeof eliminate> {
  readonly isWhole: boolean;
  /** The largest diagonal entry of D^-1/2 G_PP D^-1/2. */
  readonly largest: number;
}

/** The columns without a penalty, and what takes them out of a system: G_PU and G_UU^-1 G_UP, column by column of P. */
function eliminate(g: Float64Array, factor: Float64Array) {
  const size = factor.length;
  const free = allColumns(size).filter((j) => factor[j] === 0);
  const held = allColumns(size).filter((j) => factor[j] > 0);
  const root = gather(factor, held).map(Math.sqrt);
  const unpenalised = choleskyFactor(submatrix(g, size, free, free), free.length, null);
  const cross = Array.from(held, (j) => Float64Array.from(free, (u) => g[u * size + j]));
  const projected = cross.map((column) => {
    const x = column.slice();
    choleskySolve(unpenalised, x);
    return x;
  });
  return { free, held, root, unpenalised, cross, projected };
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
