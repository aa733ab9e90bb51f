/** Most neighbours in a group. */
const LONGEST = 64;

/** What solving with one vector costs, in multiplications for each of its entries. */
const SOLVE = 24;

/** What is asked of one support: traces with the ridge strength * factor_j on its columns, for each strength above 0. */
export interface SupportRequest {
  /** Ascending. */
  readonly columns: Int32Array;
  readonly strengths: readonly number[];
}

/** Neighbouring supports that share a matrix. */
export interface SupportGroup {
  /** The requests `from` to `to` - 1. */
  readonly from: number;
  readonly to: number;
  /**
   * How: one support by the factor of its own matrix (alone), several by that of all columns that one of them has (columns), or by rows
   * x rows from the columns that each of them has (rows).
   */
  readonly kind: 'alone' | 'columns' | 'rows';
  /** Ascending. */
  readonly columns: Int32Array;
}

/**
 * The cheapest division of a path into groups, by the number of multiplications.
 * @param factor penalty factors; a column without a penalty is in all supports of a group or in none
 * @param rows of the design
 */
export function supportGroups(
  requests: readonly SupportRequest[],
  factor: Float64Array,
  rows: number,
): SupportGroup[] {
  if (requests.every(({ columns }) => columns === requests[0].columns)) return oneGroup(requests, rows);
  const best: { cost: number; group: SupportGroup | null }[] = [{ cost: 0, group: null }];
  const count = new Int32Array(factor.length);
  for (let to = 1; to <= requests.length; to++) {
    const union: number[] = [];
    let least: { cost: number; group: SupportGroup } | null = null;
    for (let from = to - 1; from >= Math.max(0, to - LONGEST); from--) {
      for (const j of requests[from].columns) if (count[j]++ === 0) union.push(j);
      const core = union.filter((j) => count[j] === to - from);
      const isMixed =
        core.length < union.length && union.some((j) => factor[j] === 0 && count[j] < to - from);
      if (isMixed) break;
      const some = requests.slice(from, to);
      const { cost, kind } = cheapest(some, union.length, core.length, rows);
      if (least !== null && best[from].cost + cost >= least.cost) continue;
      const columns = Int32Array.from(kind === 'rows' ? core : union).sort();
      least = { cost: best[from].cost + cost, group: { from, to, kind, columns } };
    }
    for (const j of union) count[j] = 0;
    best.push(least!);
  }
  const groups: SupportGroup[] = [];
  for (let to = requests.length; to > 0; ) {
    const group = best[to].group!;
    groups.unshift(group);
    to = group.from;
  }
  return groups;
}

/** All on the same columns. */
function oneGroup(requests: readonly SupportRequest[], rows: number): SupportGroup[] {
  if (requests.length === 0) return [];
  const { columns } = requests[0];
  const { kind } = cheapest(requests, columns.length, columns.length, rows);
  return [{ from: 0, to: requests.length, kind, columns }];
}

/** The cheapest way for a group. @param union number of all its columns; @param core of those in each support */
function cheapest(
  some: readonly SupportRequest[],
  union: number,
  core: number,
  rows: number,
): { cost: number; kind: SupportGroup['kind'] } {
  let cost = union ** 3 / 2 + changes(some, union, (m) => union - m, union - core);
  let kind: SupportGroup['kind'] = 'columns';
  if (some.length === 1 && (some[0].strengths.length * union ** 3) / 3 <= cost) {
    cost = (some[0].strengths.length * union ** 3) / 3;
    kind = 'alone';
  }
  if (core > rows) {
    const dual = rows ** 3 / 2 + (rows ** 2 * core) / 2 + changes(some, rows, (m) => m - core, union - core);
    if (dual < cost) return { cost: dual, kind: 'rows' };
  }
  return { cost, kind };
}

/** The cost of what each support strikes out or adds. */
function changes(
  some: readonly SupportRequest[],
  size: number,
  changed: (columns: number) => number,
  vectors: number,
): number {
  return some.reduce(
    (total, { columns, strengths }) => {
      const e = changed(columns.length);
      return total + strengths.length * size * e * (SOLVE + e);
    },
    2 * vectors * size ** 2,
  );
}
