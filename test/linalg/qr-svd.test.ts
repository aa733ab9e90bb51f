import { expect } from 'chai';
import { applyReflections, householderQr, jacobiSvd } from '../../src/linalg/qr-svd.js';
import {
  columnMajor,
  distance,
  fromColumnMajor,
  identity,
  randomRows,
  times,
  transposed,
} from './random-matrix.js';

describe('householderQr', () => {
  for (const [m, k] of [
    [1, 1],
    [3, 3],
    [7, 2],
    [12, 6],
  ]) {
    it(`writes a ${m} x ${k} matrix as Q R, and Q' undoes Q`, () => {
      const a = randomRows(m, k, m + k);
      const qr = householderQr(columnMajor(a), m, k);
      const r = fromColumnMajor(qr.r, k, k);
      r.forEach((row, i) => {
        expect(row.slice(0, i).every((x) => x === 0)).to.equal(true);
      });
      const back = transposed(r).map((column) => {
        const x = new Float64Array(m);
        x.set(column);
        applyReflections(qr, x, false);
        return Array.from(x);
      });
      expect(distance(transposed(back), a)).to.be.below(1e-13);
      const x = Float64Array.from(a, (row) => row[0]);
      applyReflections(qr, x, true);
      expect(Math.abs(x[0] - r[0][0])).to.be.below(1e-13);
      expect(Math.max(0, ...Array.from(x.subarray(1), Math.abs))).to.be.below(1e-13);
    });
  }

  it('takes columns of zeros and columns near the ends of the range of doubles', () => {
    const a = [
      [0, 3e200, 1e-200],
      [0, 4e200, 2e-200],
      [0, 0, 2e-200],
    ];
    const { r } = householderQr(columnMajor(a), 3, 3);
    expect(r[0]).to.equal(0);
    expect(Math.hypot(r[3] / 1e200, r[4] / 1e200)).to.be.closeTo(5, 1e-14);
    expect(Math.hypot(r[6] * 1e200, r[7] * 1e200, r[8] * 1e200)).to.be.closeTo(3, 1e-14);
  });
});

describe('jacobiSvd', () => {
  for (const k of [1, 2, 5, 9]) {
    it(`writes a matrix as U S V' (size ${k})`, () => {
      const a = randomRows(k, k, k);
      const { scaledU, singular, v } = jacobiSvd(columnMajor(a), k);
      const us = fromColumnMajor(scaledU, k, k);
      const right = fromColumnMajor(v, k, k);
      expect(distance(times(us, transposed(right)), a)).to.be.below(1e-13);
      expect(distance(times(transposed(right), right), identity(k))).to.be.below(1e-13);
      const squares = identity(k).map((row, i) => row.map((x) => x * singular[i] ** 2));
      expect(distance(times(transposed(us), us), squares)).to.be.below(1e-12);
    });
  }

  it('finds tiny singular values to high relative accuracy, and exact zeros of equal columns', () => {
    const { singular } = jacobiSvd(Float64Array.of(1, 0, 1, 1e-9), 2);
    expect(singular.toSorted()[0] / (1e-9 / Math.SQRT2)).to.be.closeTo(1, 1e-12);
    expect(Math.min(...jacobiSvd(Float64Array.of(1, 2, 1, 2), 2).singular)).to.be.below(1e-15);
  });
});
