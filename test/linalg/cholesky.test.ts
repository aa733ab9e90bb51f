import { expect } from 'chai';
import {
  choleskyFactor,
  choleskyInverseDiagonal,
  choleskySolve,
  pivotedCholesky,
} from '../../src/linalg/cholesky.js';
import { PlainColumns } from '../reference/dense.js';
import { solveLinear } from '../solvers/by-definition.js';
import {
  distance,
  fromColumnMajor,
  fromRowMajor,
  randomRows,
  rowMajor,
  times,
  transposed,
} from './random-matrix.js';

const gramOf = (rows: number, columns: number, seed: number) => {
  const x = randomRows(rows, columns, seed);
  return times(transposed(x), x);
};

describe('choleskyFactor', () => {
  for (const size of [1, 2, 3, 7, 12]) {
    it(`multiplies back to the matrix with its ridge, solves and inverts (${size} columns)`, () => {
      const a = gramOf(size + 4, size, size);
      const ridge = Float64Array.from({ length: size }, (_, i) => 0.1 * i);
      const withRidge = a.map((row, i) => row.map((x, j) => (i === j ? x + ridge[i] : x)));
      const factor = choleskyFactor(rowMajor(a), size, ridge);
      const l = fromRowMajor(factor.lower, size, size);
      expect(factor.rank).to.equal(size);
      expect(distance(times(l, transposed(l)), withRidge)).to.be.below(1e-12);
      const b = Float64Array.from({ length: size }, (_, i) => i - 1.5);
      const expected = solveLinear(withRidge, Array.from(b));
      choleskySolve(factor, b);
      expect(distance([Array.from(b)], [expected])).to.be.below(1e-9);
      choleskyInverseDiagonal(factor).forEach((d, i) => {
        const unit = a.map((_, k) => (k === i ? 1 : 0));
        expect(Math.abs(d / solveLinear(withRidge, unit)[i] - 1)).to.be.below(1e-10);
      });
    });
  }

  it('takes an empty matrix', () => {
    const factor = choleskyFactor(new Float64Array(0), 0, null);
    expect(factor.rank).to.equal(0);
    choleskySolve(factor, new Float64Array(0));
    expect(choleskyInverseDiagonal(factor).length).to.equal(0);
  });

  it('marks dependent columns, gives them 0 and still solves a consistent system', () => {
    const x = randomRows(9, 3, 4).map(([a, b, c]) => [a, b, a - 2 * b, c, 0]);
    const a = times(transposed(x), x);
    const factor = choleskyFactor(rowMajor(a), 5, null);
    expect(Array.from(factor.dependent)).to.deep.equal([0, 0, 1, 0, 1]);
    expect(factor.rank).to.equal(3);
    const right = times(a, [[1], [2], [3], [4], [5]]).map(([v]) => v);
    const b = Float64Array.from(right);
    choleskySolve(factor, b);
    expect([b[2], b[4]]).to.deep.equal([0, 0]);
    const back = times(
      a,
      Array.from(b, (v) => [v]),
    ).map(([v]) => v);
    expect(distance([back], [right])).to.be.below(1e-11);
  });

  it('judges a pivot against its own diagonal entry, so that small columns are not called dependent', () => {
    const x = randomRows(9, 3, 5).map(([a, b, c]) => [1e9 * a, 1e-9 * b, c]);
    const factor = choleskyFactor(rowMajor(times(transposed(x), x)), 3, null);
    expect(factor.rank).to.equal(3);
    expect(factor.smallestPivot).to.be.above(0.05);
  });
});

describe('pivotedCholesky', () => {
  for (const [rows, columns] of [
    [6, 9],
    [6, 6],
    [8, 3],
    [1, 1],
  ]) {
    it(`multiplies back to Z Z' of rank ${Math.min(rows, columns)} and is triangular on its pivots`, () => {
      const z = randomRows(rows, columns, rows + columns);
      const k = times(z, transposed(z));
      const { factor, rank, pivots } = pivotedCholesky(rowMajor(k), rows, new PlainColumns(rows));
      expect(rank).to.equal(Math.min(rows, columns));
      const f = fromColumnMajor(factor, rows, rank);
      expect(distance(times(f, transposed(f)), k)).to.be.below(1e-12);
      expect(new Set(pivots).size).to.equal(rank);
      pivots.forEach((row, c) => {
        for (let later = c + 1; later < rank; later++) expect(f[row][later]).to.equal(0);
      });
    });
  }

  it('finds rank 0 in a matrix of zeros', () => {
    expect(pivotedCholesky(new Float64Array(9), 3, new PlainColumns(3)).rank).to.equal(0);
  });
});
