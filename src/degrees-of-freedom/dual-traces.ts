import { Dense } from '../linalg/dense.js';
import { axpy, dot } from '../linalg/vector.js';
import { ridgeFactor } from '../penalties/elastic-net.js';
import type { Problem } from '../problem/problem.js';
import type { SupportRequest } from './support-groups.js';

/** A vector of which less than this share of its square is left is a combination of those before it. */
const DEPENDENT = 1e-14;

/**
 * What `supportTraces` says, for supports of more columns than rows, by S = P W^1/2 Z_C D^-1 Z_C' W^1/2 P with the columns C that all
 * of them have: rows x rows. P takes out what the intercept and the columns without a penalty span. Each support adds what it has more.
 * With R of these columns, rank being that of R beside the intercept,
 * trace(H (H + s D)^-1) = rank + rows - s trace((S + X X' + s I)^-1).
 * @param core C, ascending: more columns than rows; those without a penalty are the same in all supports
 * Cost: rows^2 |C| / 2 + rows^3 / 2, and rows |added|^2 a number.
 */
export function dualTraces(
  problem: Problem,
  w: Float64Array,
  core: Int32Array,
  requests: readonly SupportRequest[],
): number[][] {
  const { design, intercept } = problem;
  const factor = ridgeFactor(problem.penalty);
  const { rows } = design;
  const root = w.map(Math.sqrt);
  const scaledColumn = (j: number, by: number) => design.column(j).map((z, i) => root[i] * z * by);
  const free = core.filter((j) => factor[j] === 0);
  const basis = orthonormal([...(intercept ? [root] : []), ...Array.from(free, (j) => scaledColumn(j, 1))]);
  const rank = basis.length - (intercept && w.some((x) => x > 0) ? 1 : 0);

  const s = outerProducts(problem, core).slice();
  for (let i = 0; i < rows; i++) for (let k = 0; k < rows; k++) s[i * rows + k] *= root[i] * root[k];
  project(s, rows, basis);
  const dense = new Dense(design.engine);
  const t = dense.tridiagonalize(s, rows);

  const inCore = new Uint8Array(design.columns);
  for (const j of core) inCore[j] = 1;
  const addedBy = requests.map(({ columns }) =>
    columns.length === core.length ? new Int32Array(0) : columns.filter((j) => inCore[j] === 0),
  );
  const places = new Map<number, number>();
  for (const added of addedBy) {
    for (const j of added) if (!places.has(j)) places.set(j, places.size);
  }
  const vectors = Array.from(places.keys(), (j) => {
    const x = scaledColumn(j, 1 / Math.sqrt(factor[j]));
    for (const u of basis) axpy(-dot(u, x), u, x);
    return x;
  });
  t.rotate(vectors, true);
  const asked = requests.flatMap(({ strengths }, k) => {
    const added = addedBy[k].map((j) => places.get(j) as number);
    return strengths.map((shift) => ({ shift, places: added }));
  });
  const traces = dense.shiftedTraces(t, vectors, asked, 1);
  let next = 0;
  return requests.map(({ strengths }) =>
    strengths.map((strength) => rank + rows - strength * traces[next++]),
  );
}

/** The last matrix of a problem: solutions of a ridge path have the same columns with other weights. */
const known = new WeakMap<Problem, { readonly core: Int32Array; readonly products: Float64Array }>();

/** Z_C D^-1 Z_C', of the columns with a penalty; not to be changed. Cost: rows^2 |C| / 2. */
function outerProducts(problem: Problem, core: Int32Array): Float64Array {
  const last = known.get(problem);
  if (last !== undefined && last.core.length === core.length && core.every((j, k) => j === last.core[k])) {
    return last.products;
  }
  const factor = ridgeFactor(problem.penalty);
  const inverse = Float64Array.from(core, (j) => (factor[j] > 0 ? 1 / factor[j] : 0));
  const products = problem.design.outerGram(inverse, core);
  known.set(problem, { core, products });
  return products;
}

/** An orthonormal basis of what some vectors span: Gram-Schmidt, twice. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const x = vector.slice();
    const before = dot(x, x);
    for (let round = 0; round < 2; round++) for (const u of basis) axpy(-dot(u, x), u, x);
    const left = dot(x, x);
    if (left > DEPENDENT * before) basis.push(x.map((value) => value / Math.sqrt(left)));
  }
  return basis;
}

/** A <- P A P with P = I - U U', for a symmetric matrix of size x size, row-major. Cost: 4 size^2 a vector. */
function project(a: Float64Array, size: number, basis: readonly Float64Array[]): void {
  for (const u of basis) {
    const product = new Float64Array(size);
    for (let i = 0; i < size; i++) product[i] = dot(a.subarray(i * size, (i + 1) * size), u);
    const along = dot(u, product);
    for (let i = 0; i < size; i++) product[i] -= (along / 2) * u[i];
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) a[i * size + k] -= u[i] * product[k] + product[i] * u[k];
    }
  }
}
