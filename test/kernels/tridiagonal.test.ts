import { expect } from 'chai';
import { applyQ, solveShifted, traceInverseShifted, tridiagonalize } from '../../src/kernels/tridiagonal.js';
import { solveLinear } from '../solvers/by-definition.js';
import { distance, identity, randomRows, rowMajor, times, transposed } from './random-matrix.js';

describe('tridiagonalize', () => {
  for (const size of [1, 2, 3, 6, 11]) {
    const x = randomRows(size + 2, size, size);
    const a = times(transposed(x), x);
    const t = tridiagonalize(rowMajor(a), size);
    const q = transposed(
      identity(size).map((unit) => {
        const column = Float64Array.from(unit);
        applyQ(t, column, false);
        return Array.from(column);
      }),
    );
    const tridiagonal = identity(size).map((row, i) =>
      row.map((_, j) =>
        i === j ? t.diagonal[i] : Math.abs(i - j) === 1 ? t.offDiagonal[Math.max(i, j)] : 0,
      ),
    );

    it(`writes A as Q T Q' with Q orthogonal (size ${size})`, () => {
      expect(distance(times(transposed(q), q), identity(size))).to.be.below(1e-13);
      expect(distance(times(times(q, tridiagonal), transposed(q)), a)).to.be.below(1e-12 * (1 + size));
    });

    it(`applies Q' as the inverse of Q (size ${size})`, () => {
      const b = Float64Array.from({ length: size }, (_, i) => Math.sin(i + 1));
      const there = b.slice();
      applyQ(t, there, false);
      applyQ(t, there, true);
      expect(distance([Array.from(there)], [Array.from(b)])).to.be.below(1e-13);
    });

    for (const shift of [1e-3, 1, 100]) {
      it(`solves T + ${shift} I and has the trace of its inverse (size ${size})`, () => {
        const shifted = tridiagonal.map((row, i) => row.map((v, j) => (i === j ? v + shift : v)));
        const b = Array.from({ length: size }, (_, i) => i - 1);
        const solved = Float64Array.from(b);
        solveShifted(t, shift, solved);
        const expected = solveLinear(shifted, b);
        expect(distance([Array.from(solved)], [expected])).to.be.below(1e-9);
        const trace = identity(size).reduce((total, unit, i) => total + solveLinear(shifted, unit)[i], 0);
        expect(Math.abs(traceInverseShifted(t, shift) / trace - 1)).to.be.below(1e-10);
      });
    }
  }
});
