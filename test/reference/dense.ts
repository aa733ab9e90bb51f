import { type FactorColumns, pivotedCholesky, ridgeTrace } from '../../src/linalg/cholesky.js';
import type { Dense } from '../../src/linalg/dense.js';
import { traceInverseShifted } from '../../src/linalg/tridiagonal.js';
import { dot, submatrix } from '../../src/linalg/vector.js';
import { changeOfTrace, tridiagonalize } from './tridiagonal.js';

/** The readable twin of `Dense`. */
export const plainDense: Pick<Dense, keyof Dense> = {
  tridiagonalize: (a, size) => tridiagonalize(a.slice(), size),
  tridiagonalizeAll: (all) => all.map(({ a, size }) => tridiagonalize(a.slice(), size)),
  pivotedCholesky: (k, size) => pivotedCholesky(k, size, new PlainColumns(size)),
  multiply: (a, size, vectors) => vectors.map((x) => product(a, size, x)),
  ridgeTraces: (a, size, parts) =>
    Float64Array.from(parts, ({ columns, ridge }) =>
      ridgeTrace(submatrix(a, size, columns, columns), columns.length, ridge),
    ),
  shiftedTraces: (t, vectors, requests, lift) =>
    Float64Array.from(requests, ({ shift, places }) => {
      const xs = Array.from(places, (k) => vectors[k]);
      return traceInverseShifted(t, shift) - changeOfTrace(t, shift, xs, lift);
    }),
  quadraticForms: (a, size, vectors) => Float64Array.from(vectors, (x) => quadraticForm(a, size, x)),
};

function quadraticForm(a: Float64Array, size: number, x: Float64Array): number {
  let total = 0;
  for (let i = 0; i < size; i++) {
    if (x[i] !== 0) total += x[i] * dot(a.subarray(i * size, (i + 1) * size), x);
  }
  return total;
}

function product(a: Float64Array, size: number, x: Float64Array): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) out[i] += a[i * size + j] * x[j];
  }
  return out;
}

/** The readable twin of the columns of a growing factor. */
export class PlainColumns implements FactorColumns {
  private readonly data: Float64Array;

  constructor(private readonly size: number) {
    this.data = new Float64Array(size * size);
  }

  column(c: number): Float64Array {
    return this.data.subarray(c * this.size, (c + 1) * this.size);
  }

  subtractEarlier(count: number, row: number): void {
    const target = this.column(count);
    for (let c = 0; c < count; c++) {
      const earlier = this.column(c);
      const scale = earlier[row];
      for (let i = 0; i < target.length; i++) target[i] -= scale * earlier[i];
    }
  }
}
