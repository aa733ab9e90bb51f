import { expect } from 'chai';
import { normal } from '../solvers/random-problem.js';
import { RowBlocks } from './row-blocks.js';

for (const [rows, columns] of [
  [3, 2],
  [1025, 3],
  [2500, 2],
  [4, 9],
]) {
  describe(`a design of ${rows} x ${columns}`, () => {
    const random = normal(rows);
    const x = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, random));
    const design = RowBlocks.layOut(rows, columns, (j, from, out) => {
      out.set(x[j].subarray(from, from + out.length));
    });
    const r = Float64Array.from({ length: rows }, random);
    const near = (a: number, b: number) => expect(a).to.be.closeTo(b, 1e-10);

    it('multiplies as the matrix it was laid out from', () => {
      expect([design.rows, design.columns]).to.deep.equal([rows, columns]);
      const gradient = new Float64Array(columns).fill(7);
      design.gradient(r, gradient);
      gradient.forEach((g, j) => {
        near(
          g,
          x[j].reduce((s, v, i) => s + v * r[i], 0),
        );
      });
      const beta = Float64Array.from({ length: columns }, (_, j) => j - 1);
      const eta = r.slice();
      design.addPrediction(beta, eta);
      for (const i of [0, Math.floor(rows / 2), rows - 1]) {
        near(
          eta[i],
          x.reduce((s, c, j) => s + beta[j] * c[i], r[i]),
        );
      }
    });

    it('has a full symmetric Gram matrix of the columns asked for', () => {
      const subset = Int32Array.of(columns - 1, 0);
      const gram = design.gram(r, subset);
      for (const [a, b] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]) {
        near(
          gram[2 * a + b],
          r.reduce((s, w, i) => s + w * x[subset[a]][i] * x[subset[b]][i], 0),
        );
      }
    });

    it('selects rows in the order asked', () => {
      const chosen = Int32Array.of(rows - 1, 0, Math.floor(rows / 2));
      const eta = new Float64Array(3);
      const beta = new Float64Array(columns);
      beta[columns - 1] = 1;
      design.selectRows(chosen).addPrediction(beta, eta);
      expect([...eta]).to.deep.equal(Array.from(chosen, (i) => x[columns - 1][i]));
    });

    it('selects columns in the order asked', () => {
      const selected = design.select(Int32Array.of(columns - 1));
      const gradient = new Float64Array(1);
      selected.gradient(r, gradient);
      near(
        gradient[0],
        x[columns - 1].reduce((s, v, i) => s + v * r[i], 0),
      );
    });
  });
}

describe('a wide design', () => {
  it("gives columns and X S X'", () => {
    const design = RowBlocks.layOut(2, 3, (j, _from, out) => out.set([j, j + 1]));
    expect([...design.column(2)]).to.deep.equal([2, 3]);
    // columns (0,1), (1,2), (2,3) with scales 1, 10, 100
    expect([...design.outerGram(Float64Array.of(1, 10, 100))]).to.deep.equal([410, 620, 620, 941]);
  });

  it('is one block, and a tall one has no column to give', () => {
    const tall = RowBlocks.layOut(3000, 1, (_j, _from, out) => out.fill(1));
    expect(tall.blocks.length).to.equal(3);
    expect(() => tall.column(0)).to.throw('one block');
    expect(() => tall.outerGram(Float64Array.of(1))).to.throw('one block');
    expect(RowBlocks.layOut(2000, 2001, () => {}).blocks.length).to.equal(1);
  });
});
