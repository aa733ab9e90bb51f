/** Plain loops over vectors. Sums run from index 0 upwards, in one order everywhere, so that digits repeat. */

/** 0, 1, ..., count - 1. */
export function sequence(count: number): Int32Array {
  const out = new Int32Array(count);
  for (let k = 0; k < count; k++) out[k] = k;
  return out;
}

/** The indices at which x is not 0, ascending. */
export function supportOf(x: Float64Array): Int32Array {
  let count = 0;
  for (let j = 0; j < x.length; j++) if (x[j] !== 0) count++;
  const found = new Int32Array(count);
  for (let j = 0, a = 0; a < count; j++) if (x[j] !== 0) found[a++] = j;
  return found;
}

/** Coefficients, and where they are not 0 if that is known. */
export interface Coefficients {
  readonly beta: Float64Array;
  /** The indices at which beta is not 0, ascending. */
  readonly support?: Int32Array;
}

/** The indices at which beta is not 0, ascending. */
export function supportIn({ beta, support }: Coefficients): Int32Array {
  return support ?? supportOf(beta);
}

/** Coefficients that are `values` at some columns and 0 at all others. @param length of all */
export function scattered(columns: Int32Array, values: Float64Array, length: number): Required<Coefficients> {
  const beta = new Float64Array(length);
  for (let a = 0; a < columns.length; a++) beta[columns[a]] = values[a];
  return { beta, support: pick(columns, supportOf(values)).sort() };
}

/** sum_i x_i. */
export function sum(x: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i];
  return total;
}

/** sum_i x_i y_i. */
export function dot(x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i] * y[i];
  return total;
}

/** v_i (x_i - centre) in a new vector. */
export function weightedDeviations(x: Float64Array, v: Float64Array, centre: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) out[i] = v[i] * (x[i] - centre);
  return out;
}

/** sum_i w_i x_i y_i. */
export function weightedDot(w: Float64Array, x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += w[i] * x[i] * y[i];
  return total;
}

/** y += a x, in place. */
export function axpy(a: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] += a * x[i];
}

/** max_i |x_i|; 0 for an empty vector. */
export function maxAbs(x: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  return largest;
}

/** Whether two vectors of one length are the same. */
export function equal(x: Float64Array, y: Float64Array): boolean {
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
  return true;
}

/** x_i + a in a new vector. */
export function shifted(x: Float64Array, a: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) out[i] = x[i] + a;
  return out;
}

/** x_j for j in `subset`, in that order. */
export function gather(x: Float64Array, subset: Int32Array): Float64Array {
  const out = new Float64Array(subset.length);
  for (let a = 0; a < out.length; a++) out[a] = x[subset[a]];
  return out;
}

/** The whole numbers x_j for j in `subset`, in that order. */
export function pick(x: Int32Array, subset: Int32Array): Int32Array {
  const out = new Int32Array(subset.length);
  for (let a = 0; a < out.length; a++) out[a] = x[subset[a]];
  return out;
}

/** x - y in a new vector. */
export function minus(x: Float64Array, y: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = x[i] - y[i];
  return out;
}

/** t x in a new vector. */
export function scaled(t: number, x: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  for (let k = 0; k < out.length; k++) out[k] = t * x[k];
  return out;
}

/** x / d in a new vector. */
export function divided(x: Float64Array, d: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let k = 0; k < out.length; k++) out[k] = x[k] / d;
  return out;
}

/** start + t step in a new vector of the length of `start`; the step may be longer. */
export function along(start: Float64Array, t: number, step: Float64Array): Float64Array {
  const out = start.slice();
  for (let a = 0; a < out.length; a++) out[a] += t * step[a];
  return out;
}

/** x with one more entry at its end, in a new vector. */
export function appended(x: Float64Array, last: number): Float64Array {
  const out = new Float64Array(x.length + 1);
  out.set(x);
  out[x.length] = last;
  return out;
}

/** The whole numbers x and then y in a new vector. */
export function joined(x: Int32Array, y: Int32Array): Int32Array {
  const out = new Int32Array(x.length + y.length);
  out.set(x);
  out.set(y, x.length);
  return out;
}

/** The rows `rows` and columns `columns` of a square matrix, row-major, as a new one. */
export function submatrix(
  a: Float64Array,
  size: number,
  rows: Int32Array,
  columns: Int32Array,
): Float64Array {
  const out = new Float64Array(rows.length * columns.length);
  for (let i = 0, k = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++, k++) out[k] = a[rows[i] * size + columns[j]];
  }
  return out;
}
