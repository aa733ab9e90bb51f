import { normal } from '../solvers/random-problem.js';

/** A dense matrix as a list of rows. */
export type Rows = number[][];

export function randomRows(rows: number, columns: number, seed: number): Rows {
  const random = normal(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, random));
}

export function times(a: Rows, b: Rows): Rows {
  return a.map((row) => b[0].map((_, j) => row.reduce((s, x, k) => s + x * b[k][j], 0)));
}

export function transposed(a: Rows): Rows {
  return a[0].map((_, j) => a.map((row) => row[j]));
}

export function rowMajor(a: Rows): Float64Array {
  return Float64Array.from(a.flat());
}

export function columnMajor(a: Rows): Float64Array {
  return Float64Array.from(transposed(a).flat());
}

export function fromRowMajor(data: Float64Array, rows: number, columns: number): Rows {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) => data[i * columns + j]),
  );
}

export function fromColumnMajor(data: Float64Array, rows: number, columns: number): Rows {
  return transposed(fromRowMajor(data, columns, rows));
}

/** The largest absolute difference of two matrices. */
export function distance(a: Rows, b: Rows): number {
  return Math.max(...a.map((row, i) => Math.max(...row.map((x, j) => Math.abs(x - b[i][j])))));
}

export function identity(size: number): Rows {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
}
