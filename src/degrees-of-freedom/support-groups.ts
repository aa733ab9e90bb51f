import { sequence } from '../linalg/vector.js';

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
  const best: Division[] = [{ cost: 0, from: 0, kind: 'alone' }];
  const count = countsOf(requests, factor.length);
  // What is in all supports is in every group, however they are divided.
  const common = count.reduce((total, c) => total + Number(c === requests.length), 0);
  const others = requests.map(({ columns }) => columns.filter((j) => count[j] < requests.length));
  count.fill(0);
  for (let to = 1; to <= requests.length; to++) {
    let least: Division | null = null;
    const size = { union: 0, core: 0, unpenalised: 0, unpenalisedCore: 0 };
    for (let from = to - 1; from >= Math.max(0, to - LONGEST); from--) {
      countIn(others[from], factor, count, to - from, size);
      if (size.unpenalisedCore < size.unpenalised) break;
      const { cost, kind } = cheapest(
        requests.slice(from, to),
        common + size.union,
        common + size.core,
        rows,
      );
      if (least !== null && best[from].cost + cost >= least.cost) continue;
      least = { cost: best[from].cost + cost, from, kind };
    }
    count.fill(0);
    best.push(least!);
  }
  const groups: SupportGroup[] = [];
  for (let to = requests.length; to > 0; ) {
    const { from, kind } = best[to];
    const counts = countsOf(requests.slice(from, to), factor.length);
    const least = kind === 'rows' ? to - from : 1;
    const columns = sequence(factor.length).filter((j) => counts[j] >= least);
    groups.unshift({ from, to, kind, columns });
    to = from;
  }
  return groups;
}

/** In how many supports each column is. */
function countsOf(requests: readonly SupportRequest[], columns: number): Int32Array {
  const count = new Int32Array(columns);
  for (const request of requests) for (const j of request.columns) count[j]++;
  return count;
}

/** The cheapest division of the requests before a place: what it costs, and its last group. */
interface Division {
  readonly cost: number;
  readonly from: number;
  readonly kind: SupportGroup['kind'];
}

/**
 * Takes one more support into a group.
 * @param count in how many of the group's supports a column is; @param supports how many these are
 * @param size how many columns are in one of them, in all of them, and of both how many have no penalty
 */
function countIn(
  columns: Int32Array,
  factor: Float64Array,
  count: Int32Array,
  supports: number,
  size: { union: number; core: number; unpenalised: number; unpenalisedCore: number },
): void {
  size.core = 0;
  size.unpenalisedCore = 0;
  for (const j of columns) {
    const isFree = factor[j] === 0 ? 1 : 0;
    if (++count[j] === supports) {
      size.core++;
      size.unpenalisedCore += isFree;
    }
    if (count[j] === 1) {
      size.union++;
      size.unpenalised += isFree;
    }
  }
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
