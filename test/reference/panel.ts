/**
 * Arithmetic on one panel: `rows` x `columns` doubles, column-major, each column contiguous.
 * The readable reference of every hot loop over the data. Nothing is allocated here.
 */

/** A panel of contiguous columns; element (i, j) is data[j * rows + i]. */
export interface Panel {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/**
 * out_a += sum_i z_ij r_i for the columns j = subset[a].
 * @param r at least `start + rows` long; the panel's first row is r[start]
 */
export function panelGradient(
  panel: Panel,
  r: Float64Array,
  start: number,
  subset: Int32Array,
  out: Float64Array,
): void {
  const { rows, data } = panel;
  for (let a = 0; a < subset.length; a++) {
    let total = 0;
    for (let i = 0, k = subset[a] * rows; i < rows; i++, k++) total += data[k] * r[start + i];
    out[a] += total;
  }
}

/** eta_i += sum_a z_ij beta_a for the columns j = subset[a]; those with beta_a = 0 are not touched. */
export function panelPredict(
  panel: Panel,
  beta: Float64Array,
  eta: Float64Array,
  start: number,
  subset: Int32Array,
): void {
  const { rows, data } = panel;
  for (let a = 0; a < subset.length; a++) {
    const b = beta[a];
    if (b === 0) continue;
    for (let i = 0, k = subset[a] * rows; i < rows; i++, k++) eta[start + i] += b * data[k];
  }
}

/** out_j += sum_i w_i z_ij^2. @param w weights of the rows, w[start] belonging to the panel's first row */
export function panelSquares(panel: Panel, w: Float64Array, start: number, out: Float64Array): void {
  const { rows, columns, data } = panel;
  for (let j = 0, k = 0; j < columns; j++) {
    let total = 0;
    for (let i = 0; i < rows; i++, k++) total += w[start + i] * data[k] * data[k];
    out[j] += total;
  }
}

/**
 * gram += Z_A' diag(w) Z_A for the columns A = `subset`; |A| x |A|, row-major, lower triangle only.
 * @param w weights of the rows, w[start] belonging to the panel's first row
 * @param scratch at least `rows` long
 * Cost: rows |A|^2 multiply-adds.
 */
export function panelGram(
  panel: Panel,
  w: Float64Array,
  start: number,
  subset: Int32Array,
  gram: Float64Array,
  scratch: Float64Array,
): void {
  const { rows, data } = panel;
  const size = subset.length;
  for (let a = 0; a < size; a++) {
    const left = subset[a] * rows;
    for (let i = 0; i < rows; i++) scratch[i] = w[start + i] * data[left + i];
    for (let b = 0; b <= a; b++) {
      const right = subset[b] * rows;
      let total = 0;
      for (let i = 0; i < rows; i++) total += scratch[i] * data[right + i];
      gram[a * size + b] += total;
    }
  }
}

/**
 * outer += Z_A diag(scale) Z_A', rows x rows, row-major, lower triangle only. @param scale length |A|
 * Cost: rows^2 |A| / 2 multiply-adds.
 */
export function panelOuterGram(
  panel: Panel,
  scale: Float64Array,
  subset: Int32Array,
  outer: Float64Array,
): void {
  const { rows, data } = panel;
  for (let k = 0; k < subset.length; k++) {
    const column = subset[k] * rows;
    for (let a = 0; a < rows; a++) {
      const left = scale[k] * data[column + a];
      if (left === 0) continue;
      const row = a * rows;
      for (let b = 0; b <= a; b++) outer[row + b] += left * data[column + b];
    }
  }
}
