import { Dense } from '../linalg/dense.js';
import { gather, pick, submatrix } from '../linalg/vector.js';
import { ridgeFactor } from '../penalties/elastic-net.js';
import { knownEquations } from '../problem/normal-equations.js';
import type { Problem } from '../problem/problem.js';
import { centredGram } from '../solvers/gaussian/centred-gram.js';
import { ridgeSystems } from '../solvers/gaussian/ridge-system.js';
import { dualTraces } from './dual-traces.js';
import { type SupportGroup, type SupportRequest, supportGroups } from './support-groups.js';

/**
 * trace(H (H + strength D)^-1) with H = Z_A' W Z_A about the weighted mean and D the penalty factors, for several supports A, at the
 * same weights W: one list a request, a number a strength. Neighbours along a path differ by few columns, so they share a
 * tridiagonal form, of the matrix of all columns that one of them has, and each strikes out what it lacks. Supports that alone have more
 * columns than there are rows share one of rows x rows, and each adds what it has more.
 * @param w length rows
 * Cost: rows |A|^2 / 2 for the matrix unless the solver has left it, and for a group |A|^3 / 2 and |A| |lacking|^2 a number.
 */
export function supportTraces(
  problem: Problem,
  w: Float64Array,
  requests: readonly SupportRequest[],
): number[][] {
  const { design } = problem;
  const found: number[][] = requests.map(() => []);
  const work = () => {
    const groups = supportGroups(requests, ridgeFactor(problem.penalty), design.rows);
    for (const group of groups) {
      if (group.kind !== 'rows') continue;
      const some = requests.slice(group.from, group.to);
      dualTraces(problem, w, group.columns, some).forEach((traces, k) => {
        found[group.from + k] = traces;
      });
    }
    const onColumns = groups.filter(({ kind }) => kind !== 'rows');
    byColumns(problem, w, requests, onColumns, found);
  };
  design.engine.wasm.scoped(work);
  return found;
}

/** Fills in what groups of supports say by the Gram matrix of the columns that any of them has. */
function byColumns(
  problem: Problem,
  w: Float64Array,
  requests: readonly SupportRequest[],
  groups: readonly SupportGroup[],
  found: number[][],
): void {
  if (groups.length === 0) return;
  const { design } = problem;
  const factors = ridgeFactor(problem.penalty);
  const dense = new Dense(design.engine);
  const { columns, placeOf } = unionOf(groups, design.columns);
  const h = gramOf(problem, w, columns);
  const placesOf = (list: Int32Array) => pick(placeOf, list);

  const alone = groups.filter(({ kind }) => kind === 'alone').map(({ from }) => from);
  const parts = alone.flatMap((k) => {
    const { columns: own, strengths } = requests[k];
    const factor = gather(factors, own);
    return strengths.map((s) => ({ columns: placesOf(own), ridge: factor.map((f) => s * f) }));
  });
  const traces = dense.ridgeTraces(h, columns.length, parts);
  let next = 0;
  for (const k of alone) found[k] = requests[k].strengths.map(() => traces[next++]);

  const shared = groups.filter(({ kind }) => kind === 'columns');
  const matrices = shared.map(({ columns: own }) => {
    const places = placesOf(own);
    return {
      g: submatrix(h, columns.length, places, places),
      factor: gather(factors, own),
    };
  });
  ridgeSystems(matrices, dense).forEach((system, g) => {
    const { from, to, columns: own } = shared[g];
    const asked = requests.slice(from, to).flatMap(({ columns: kept, strengths }) => {
      const without = lackingPlaces(own, kept);
      return strengths.map((lambda) => ({ lambda, without }));
    });
    const answers = system.traces(asked);
    let at = 0;
    for (let k = from; k < to; k++) found[k] = requests[k].strengths.map(() => answers[at++]);
  });
}

/** Z_A' W Z_A about the weighted mean. */
function gramOf(problem: Problem, w: Float64Array, columns: Int32Array): Float64Array {
  const known = w === problem.v ? knownEquations(problem) : null;
  if (known === null) return centredGram(problem, w, columns).h;
  const all = problem.design.columns;
  return columns.length === all ? known.gram : submatrix(known.gram, all, columns, columns);
}

/** The columns of some groups, ascending, and their places. */
function unionOf(
  groups: readonly SupportGroup[],
  count: number,
): { columns: Int32Array; placeOf: Int32Array } {
  const placeOf = new Int32Array(count).fill(-1);
  for (const { columns } of groups) for (const j of columns) placeOf[j] = 0;
  let next = 0;
  for (let j = 0; j < count; j++) if (placeOf[j] === 0) placeOf[j] = next++;
  const columns = new Int32Array(next);
  for (let j = 0; j < count; j++) if (placeOf[j] >= 0) columns[placeOf[j]] = j;
  return { columns, placeOf };
}

/** The places in a list of what another list lacks; both ascending. */
function lackingPlaces(all: Int32Array, kept: Int32Array): Int32Array {
  const out = new Int32Array(all.length - kept.length);
  for (let a = 0, b = 0, o = 0; a < all.length; a++) {
    if (kept[b] === all[a]) b++;
    else out[o++] = a;
  }
  return out;
}
