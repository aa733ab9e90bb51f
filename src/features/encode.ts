import type { NumericColumn, TextColumn } from '../csv/columns/table.js';

/** A column that can become features. */
export type UsableColumn = NumericColumn | TextColumn;

/** One feature: a numeric column itself, or the indicator of one level of a column of categories. */
export interface FeatureSpec {
  /** `COL`, or `COL=LEVEL`. */
  readonly name: string;
  readonly column: string;
  readonly level: string | null;
  /** What a missing cell becomes; NaN where missing cells cannot occur. */
  readonly fill: number;
}

/** How missing cells are filled: not at all, or from the training rows. */
export type Imputation = 'none' | 'mean' | 'median';

/** How many features a column can become: fewer where levels do not occur in the training rows. */
export function mostFeatures(column: UsableColumn): number {
  return column.kind === 'numeric' ? 1 : column.levels.length;
}

/**
 * The features of a column, learned from the training rows: its levels there (in code-unit order, none left out)
 * and the value that fills a missing cell (weighted mean or median; for categories the most frequent level).
 * @param rows the training rows; @param w their weights
 */
export function learnFeatures(
  column: UsableColumn,
  rows: Int32Array,
  w: Float64Array,
  imputation: Imputation,
): FeatureSpec[] {
  const { name } = column;
  if (column.kind === 'numeric') {
    const fill = imputation === 'none' ? Number.NaN : centreOf(column.values, rows, w, imputation);
    return [{ name, column: name, level: null, fill }];
  }
  const weightOf = new Float64Array(column.levels.length);
  const seen = new Uint8Array(column.levels.length);
  rows.forEach((row, i) => {
    const code = column.codes[row];
    if (code < 0) return;
    weightOf[code] += w[i];
    seen[code] = 1;
  });
  const mode = weightOf.indexOf(weightOf.reduce((a, b) => Math.max(a, b), 0));
  const specs: FeatureSpec[] = [];
  column.levels.forEach((level, code) => {
    if (seen[code] === 0) return;
    const fill = imputation === 'none' ? Number.NaN : code === mode ? 1 : 0;
    specs.push({ name: `${name}=${level}`, column: name, level, fill });
  });
  return specs;
}

function centreOf(
  values: Float64Array,
  rows: Int32Array,
  w: Float64Array,
  imputation: 'mean' | 'median',
): number {
  const present = Array.from(rows.keys()).filter((i) => !Number.isNaN(values[rows[i]]) && w[i] > 0);
  // Without a value in training the column is constant there, and its coefficient 0 whatever the fill.
  if (present.length === 0) return 0;
  const total = present.reduce((s, i) => s + w[i], 0);
  if (imputation === 'mean') return present.reduce((s, i) => s + (w[i] / total) * values[rows[i]], 0);
  present.sort((a, b) => values[rows[a]] - values[rows[b]]);
  return weightedMedian(
    present.map((i) => values[rows[i]]),
    present.map((i) => w[i]),
    total,
  );
}

/** The middle of the sorted values: where half of the weight lies below; the mean of two values that share it. */
function weightedMedian(sorted: readonly number[], w: readonly number[], total: number): number {
  let below = 0;
  for (let k = 0; k < sorted.length; k++) {
    below += w[k];
    if (below > total / 2) return sorted[k];
    if (below === total / 2 && k + 1 < sorted.length) return sorted[k] + (sorted[k + 1] - sorted[k]) / 2;
  }
  return sorted[sorted.length - 1];
}

/** The value of a feature on some rows: numbers, or 1 and 0 for "is this level". An unseen level is 0 everywhere. */
export function featureValues(spec: FeatureSpec, column: UsableColumn, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length);
  writeFeature(spec, column, rows, 0, out);
  return out;
}

/** Writes the value of a feature on rows[from], rows[from + 1], ... to `out`. */
export function writeFeature(
  spec: FeatureSpec,
  column: UsableColumn,
  rows: Int32Array,
  from: number,
  out: Float64Array,
): void {
  if (column.kind === 'numeric') {
    const { values } = column;
    for (let i = 0; i < out.length; i++) {
      const value = values[rows[from + i]];
      out[i] = Number.isNaN(value) ? spec.fill : value;
    }
    return;
  }
  const { codes } = column;
  const wanted = spec.level === null ? -2 : column.levels.indexOf(spec.level);
  for (let i = 0; i < out.length; i++) {
    const code = codes[rows[from + i]];
    out[i] = code < 0 ? spec.fill : code === wanted ? 1 : 0;
  }
}
