import { expect } from 'chai';
import { axpy, dot, maxAbs, sum, weightedDot } from '../../src/linalg/vector.js';
import { columnMajor, randomRows } from '../linalg/random-matrix.js';
import { panelGradient, panelGram, panelOuterGram, panelPredict, panelSquares } from './panel.js';

const START = 2;

for (const [rows, columns] of [
  [0, 2],
  [1, 1],
  [4, 3],
  [9, 5],
]) {
  describe(`a panel of ${rows} x ${columns}`, () => {
    const x = rows === 0 ? [] : randomRows(rows, columns, 3);
    const panel = { rows, columns, data: rows === 0 ? new Float64Array(0) : columnMajor(x) };
    const subset = Int32Array.from({ length: columns }, (_, j) => columns - 1 - j);
    const r = Float64Array.from({ length: rows + START }, (_, i) => Math.cos(i));
    const near = (a: number, b: number) => expect(a).to.be.closeTo(b, 1e-13);

    it('adds X_A r from its first row on', () => {
      const out = new Float64Array(columns).fill(1);
      panelGradient(panel, r, START, subset, out);
      subset.forEach((j, a) => {
        near(
          out[a],
          x.reduce((s, row, i) => s + row[j] * r[START + i], 1),
        );
      });
    });

    it('adds the weighted squares of columns', () => {
      const out = new Float64Array(columns).fill(1);
      panelSquares(panel, r, START, out);
      out.forEach((square, j) => {
        near(
          square,
          x.reduce((s, row, i) => s + r[START + i] * row[j] ** 2, 1),
        );
      });
    });

    it('adds X_A beta and leaves rows outside alone', () => {
      const beta = Float64Array.from(subset);
      const eta = r.slice();
      panelPredict(panel, beta, eta, START, subset);
      expect(Array.from(eta.subarray(0, START))).to.deep.equal(Array.from(r.subarray(0, START)));
      x.forEach((row, i) => {
        near(
          eta[START + i],
          row.reduce((s, v, j) => s + v * j, r[START + i]),
        );
      });
    });

    it('adds the lower triangles of the weighted Gram matrix and of the outer one', () => {
      const gram = new Float64Array(columns * columns);
      panelGram(panel, r, START, subset, gram, new Float64Array(rows));
      for (let a = 0; a < columns; a++) {
        for (let b = 0; b <= a; b++) {
          const expected = x.reduce((s, row, i) => s + r[START + i] * row[subset[a]] * row[subset[b]], 0);
          near(gram[a * columns + b], expected);
        }
      }
      const scale = Float64Array.from(subset, (_, k) => (k + 1) / 2);
      const outer = new Float64Array(rows * rows);
      panelOuterGram(panel, scale, subset, outer);
      x.forEach((left, i) => {
        for (let k = 0; k <= i; k++) {
          near(
            outer[i * rows + k],
            subset.reduce((s, j, a) => s + scale[a] * left[j] * x[k][j], 0),
          );
        }
      });
    });
  });
}

describe('loops over vectors', () => {
  const x = Float64Array.of(1, -3, 2);
  const y = Float64Array.of(4, 5, -6);

  it('do what their formulas say', () => {
    expect(sum(x)).to.equal(0);
    expect(dot(x, y)).to.equal(-23);
    expect(weightedDot(Float64Array.of(2, 0, 1), x, y)).to.equal(-4);
    expect(maxAbs(x)).to.equal(3);
    const z = y.slice();
    axpy(2, x, z);
    expect(Array.from(z)).to.deep.equal([6, -1, -2]);
  });

  it('give 0 for empty vectors', () => {
    const empty = new Float64Array(0);
    expect([sum(empty), dot(empty, empty), weightedDot(empty, empty, empty), maxAbs(empty)]).to.deep.equal([
      0, 0, 0, 0,
    ]);
  });
});
