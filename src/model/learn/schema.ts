import type { UsableColumn } from '../../features/encode.js';
import type { Part } from '../../setup/read-parts.js';
import type { ColumnSchema, Distribution, TextSchema } from '../model.js';

/** Number of bins of equal share that describe the distribution of a column's training values. */
const PARTS = 10;

/** What the feature columns were like in training. Cost: a sort of each numeric column. */
export function learnSchema({ table, features, rows }: Part): ColumnSchema[] {
  return features.map((column) => {
    const missingShare = column.missing / table.rows;
    return column.kind === 'numeric'
      ? { name: column.name, type: 'numeric', missingShare, ...distributionOf(valuesOf(column, rows)) }
      : textSchema(column, missingShare, rows);
  });
}

/** What the target was like on the training rows; two classes as 1 and 0. */
export function learnTarget({ y }: Part): Distribution {
  return distributionOf(y.slice().sort());
}

/** The values that are not missing, in increasing order. */
function valuesOf(column: UsableColumn & { kind: 'numeric' }, rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = column.values[row];
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return values.subarray(0, count).sort();
}

/** How numbers are spread. @param sorted in increasing order, none missing */
function distributionOf(sorted: Float64Array): Distribution {
  const n = sorted.length;
  if (n === 0) return { mean: null, deviation: null, min: null, max: null, edges: [], shares: [1] };
  const [min, max] = [sorted[0], sorted[n - 1]];
  const mean = min === max ? min : meanOf(sorted);
  const edges = deciles(sorted);
  return {
    mean,
    deviation: min === max ? 0 : deviationOf(sorted, mean),
    min,
    max,
    edges,
    shares: sharesOf(sorted, edges),
  };
}

/** The sum is corrected by its residual; values whose sum overflows are divided first. */
function meanOf(x: Float64Array): number {
  const n = x.length;
  const total = x.reduce((sum, value) => sum + value, 0);
  const first = Number.isFinite(total) ? total / n : x.reduce((sum, value) => sum + value / n, 0);
  return first + x.reduce((sum, value) => sum + (value - first), 0) / n;
}

/** Divisor n; scaled by the largest distance, so that no square overflows. */
function deviationOf(x: Float64Array, mean: number): number {
  const largest = Math.max(Math.abs(x[0] - mean), Math.abs(x[x.length - 1] - mean));
  return (
    largest * Math.sqrt(x.reduce((total, value) => total + ((value - mean) / largest) ** 2, 0) / x.length)
  );
}

/** Distinct inner deciles, type 7 in R; one that is the largest value would leave an empty bin above it. */
function deciles(sorted: Float64Array): number[] {
  const edges = new Set<number>();
  for (let k = 1; k < PARTS; k++) edges.add(quantile(sorted, k / PARTS));
  edges.delete(sorted[sorted.length - 1]);
  return [...edges];
}

/** Hyndman and Fan (1996), Am. Stat. 50, definition 7. */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below];
  return below + 1 < sorted.length ? low + (place - below) * (sorted[below + 1] - low) : low;
}

function sharesOf(sorted: Float64Array, edges: readonly number[]): number[] {
  const counts = binCounts(sorted, edges);
  return counts.map((count) => count / sorted.length);
}

/** How many values fall into each bin: edges[k-1] < x <= edges[k], the outer bins open. Values that are NaN are left out. */
export function binCounts(values: Iterable<number>, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const x of values) {
    if (Number.isNaN(x)) continue;
    let k = 0;
    while (k < edges.length && x > edges[k]) k++;
    counts[k]++;
  }
  return counts;
}

function textSchema(
  column: UsableColumn & { kind: 'text' },
  missingShare: number,
  rows: Int32Array,
): TextSchema {
  const counts = new Float64Array(column.levels.length);
  let total = 0;
  for (const row of rows) {
    const code = column.codes[row];
    if (code < 0) continue;
    counts[code]++;
    total++;
  }
  const codes = [...counts.keys()].filter((code) => counts[code] > 0);
  return {
    name: column.name,
    type: 'text',
    missingShare,
    levels: codes.map((code) => column.levels[code]),
    shares: codes.map((code) => counts[code] / total),
  };
}
