import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { Float32Blocks, largest } from '../../src/design/float32-blocks.js';
import { Engine } from '../../src/runtime/engine.js';
import { normal } from '../solvers/random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

/** What the diagonal of a Gram matrix is multiplied by. */
const LIFTED = 1 + 2 ** -20;

/** A design and its copy in single precision. @param cell (row, column) */
function copied(rows: number, columns: number, cell: (i: number, j: number) => number) {
  const cells = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (__, i) => cell(i, j)),
  );
  // Free memory may hold anything.
  engine.wasm.scoped(() => engine.wasm.doubles(1 << 16).fill(Number.NaN));
  const fill = (j: number, from: number, out: Float64Array) =>
    void out.set(cells[j].subarray(from, from + out.length));
  const design = Blocks.layOut(engine, rows, columns, fill, false);
  return { cells, design, single: new Float32Blocks(design) };
}

const whole = (i: number, j: number) => ((i * (7 + 2 * j) + 3 * j) % 9) - 4;

describe('a design in single precision', () => {
  for (const rows of [1, 2, 3, 4, 5, 255, 256, 257, 258, 1027]) {
    it(`is exact where all products and sums are small whole numbers: ${rows} rows`, () => {
      const { cells, single } = copied(rows, 6, whole);
      // The largest weight is a power of two, by which dividing rounds nothing.
      const weights = [(i: number) => 2 ** -(i % 3), (i: number) => (i % 2 === 0 ? 8 : 0)];
      for (const subset of [Int32Array.of(0, 1, 2, 3, 4, 5), Int32Array.of(5, 2, 3)]) {
        for (const weight of weights) {
          const w = Float64Array.from({ length: rows }, (_, i) => weight(i));
          const product = (a: number, b: number) =>
            w.reduce((sum, u, i) => sum + u * cells[subset[a]][i] * cells[subset[b]][i], 0);
          for (const first of [0, 1, subset.length - 1]) {
            const found = single.gramRows(w, subset, first);
            expect(found.length).to.equal((subset.length - first) * subset.length);
            for (let a = first; a < subset.length; a++) {
              // Of these the lower triangle counts.
              for (let b = 0; b <= a; b++) {
                const wanted = product(a, b) * (a === b ? LIFTED : 1);
                expect(found[(a - first) * subset.length + b]).to.equal(wanted);
              }
            }
          }
          const gradient = new Float64Array(subset.length);
          single.gradient(w, gradient, subset);
          const sums = Array.from(subset, (j) => w.reduce((sum, u, i) => sum + u * cells[j][i], 0));
          expect([...gradient]).to.deep.equal(sums);
        }
      }
    });
  }

  it('gives a Gram matrix of many columns, which is summed up by tiles, as it gives those of few', () => {
    const { cells, single } = copied(300, 259, whole);
    const w = new Float64Array(300).map((_, i) => 2 ** -(i % 2));
    const all = Int32Array.from({ length: 259 }, (_, j) => j);
    const found = single.gramRows(w, all, 0);
    for (const a of [0, 1, 100, 255, 256, 258]) {
      const few = single.gramRows(w, all.subarray(0, a + 1), a);
      expect(found.subarray(a * 259, a * 259 + a + 1)).to.deep.equal(few);
      expect(few[0] / (a === 0 ? LIFTED : 1)).to.equal(
        w.reduce((sum, u, i) => sum + u * cells[a][i] * cells[0][i], 0),
      );
    }
  });

  it('is off by what single precision rounds, whatever the unit of the weights', () => {
    const random = normal(3);
    const drawn = Array.from({ length: 4 * 600 }, random);
    const { cells, single } = copied(600, 4, (i, j) => drawn[4 * i + j]);
    const all = Int32Array.of(0, 1, 2, 3);
    for (const unit of [1, 1e-30, 1e30]) {
      const w = Float64Array.from({ length: 600 }, () => unit * Math.abs(random()));
      const found = single.gramRows(w, all, 0);
      for (let a = 0; a < 4; a++) {
        for (let b = 0; b <= a; b++) {
          const terms = w.map((u, i) => u * cells[a][i] * cells[b][i]);
          const size = terms.reduce((sum, x) => sum + Math.abs(x), 0);
          const wanted = terms.reduce((sum, x) => sum + x, 0);
          // A digit of single precision is 6e-8, rounding errors grow like the root of their number, and the diagonal is 1e-6 larger.
          expect(Math.abs(found[4 * a + b] - wanted)).to.be.below(1e-5 * size);
        }
      }
    }
  });

  it('has the largest weight as the unit, and 1 where there is none', () => {
    expect([[3, 5, 4], [0, 0], [], [1e-300]].map((w) => largest(Float64Array.from(w)))).to.deep.equal([
      5, 1, 1, 1e-300,
    ]);
  });
});
