import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { CodedDesign } from '../../src/design/coded.js';
import type { Design } from '../../src/design/design.js';
import { Engine } from '../../src/runtime/engine.js';
import { RowBlocks } from '../reference/row-blocks.js';
import { normal } from '../solvers/random-problem.js';
import { cellsOf, codedParts } from './coded-parts.js';

const engine = new Engine(1);
after(() => engine.close());

/** A design and the columns that it stands for. */
interface Made {
  readonly design: Design;
  readonly cells: readonly Float64Array[];
}

function laidOut(
  rows: number,
  columns: number,
  make: (fill: (j: number, from: number, out: Float64Array) => void) => Design,
): Made {
  const random = normal(100 * rows + columns);
  const cells = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, random));
  return { design: make((j, from, out) => void out.set(cells[j].subarray(from, from + out.length))), cells };
}

/** A new kind of design gets a line here, for a tall one and, where it can be, for one of more columns than rows. */
const KINDS: Readonly<Record<string, () => Made>> = {
  'blocks, tall': () => laidOut(523, 7, (fill) => Blocks.layOut(engine, 523, 7, fill)),
  'blocks, one block': () => laidOut(30, 5, (fill) => Blocks.layOut(engine, 30, 5, fill)),
  'blocks, wide': () => laidOut(9, 140, (fill) => Blocks.layOut(engine, 9, 140, fill)),
  codes: () => {
    const parts = codedParts(61);
    return { design: new CodedDesign(parts, engine), cells: cellsOf(parts) };
  },
  'the reference, tall': () => laidOut(1025, 3, (fill) => RowBlocks.layOut(1025, 3, fill)),
  'the reference, wide': () => laidOut(4, 9, (fill) => RowBlocks.layOut(4, 9, fill)),
};

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual.length).to.equal(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(actual[i]).to.be.closeTo(expected[i], 1e-10 * (1 + Math.abs(expected[i])));
  }
};

for (const [name, make] of Object.entries(KINDS)) {
  describe(`a design: ${name}`, () => {
    const { design, cells } = make();
    const { rows, columns } = design;
    const random = normal(7);
    const vector = (length: number) => Float64Array.from({ length }, random);
    const w = vector(rows).map((x) => x ** 2);
    const all = Int32Array.from({ length: columns }, (_, j) => j);
    const some = all.filter((j) => j % 2 === 0).reverse();
    const product = (x: Float64Array, y: ArrayLike<number>) => x.reduce((s, value, i) => s + value * y[i], 0);
    const weighted = (j: number, k: number) => cells[j].reduce((s, x, i) => s + w[i] * x * cells[k][i], 0);

    it('has the rows and columns of its cells', () => {
      expect([rows, columns]).to.deep.equal([cells[0].length, cells.length]);
    });

    it("gives X'r, of all columns and of some in their order", () => {
      const r = vector(rows);
      for (const subset of [undefined, some]) {
        const out = new Float64Array(subset?.length ?? columns).fill(Number.NaN);
        design.gradient(r, out, subset);
        close(
          out,
          Array.from(subset ?? all, (j) => product(cells[j], r)),
        );
      }
    });

    it('adds X beta to what is there, of all columns and of some', () => {
      for (const subset of [undefined, some]) {
        const beta = vector(subset?.length ?? columns).map((b, k) => (k % 3 === 0 ? 0 : b));
        const before = vector(rows);
        const eta = before.slice();
        design.addPrediction(beta, eta, subset);
        close(
          eta,
          before.map((x, i) => (subset ?? all).reduce((s, j, a) => s + beta[a] * cells[j][i], x)),
        );
      }
    });

    it("gives X'WX, full, and its last rows", () => {
      for (const subset of [all, some]) {
        const size = subset.length;
        const gram = design.gram(w, subset);
        close(
          gram,
          Array.from(subset).flatMap((j) => Array.from(subset, (k) => weighted(j, k))),
        );
        const first = size - 2;
        const last = design.gramRows(w, subset, first);
        // Of these the lower triangle counts.
        for (let a = first; a < size; a++) {
          const at = (a - first) * size;
          close(last.subarray(at, at + a + 1), gram.subarray(a * size, a * size + a + 1));
        }
      }
    });

    it('does several vectors as it does each', () => {
      const betas = [vector(columns), new Float64Array(columns), vector(columns)];
      const etas = betas.map(() => new Float64Array(rows));
      design.addPredictions(betas, etas);
      const gradients = betas.map(() => new Float64Array(columns));
      design.gradients(etas, gradients);
      betas.forEach((beta, k) => {
        const [eta, gradient] = [new Float64Array(rows), new Float64Array(columns)];
        design.addPrediction(beta, eta);
        close(etas[k], eta);
        design.gradient(eta, gradient);
        close(gradients[k], gradient);
      });
    });

    it('gives some of its columns, and some of its rows, as designs in the order asked', () => {
      const chosen = Int32Array.of(rows - 1, 0, Math.floor(rows / 2));
      const part = design.select(some).selectRows(chosen);
      expect([part.rows, part.columns]).to.deep.equal([chosen.length, some.length]);
      some.forEach((j, a) => {
        const eta = new Float64Array(chosen.length);
        part.addPrediction(Float64Array.of(1), eta, Int32Array.of(a));
        close(
          eta,
          Array.from(chosen, (i) => cells[j][i]),
        );
      });
    });

    if (columns > rows) {
      it("gives X S X', columns and their weighted squares", () => {
        for (const subset of [undefined, some]) {
          const scale = vector(subset?.length ?? columns).map((x) => x ** 2);
          const outer = design.outerGram(scale, subset);
          const list = Array.from(subset ?? all);
          const entry = (i: number, k: number) =>
            list.reduce((s, j, a) => s + scale[a] * cells[j][i] * cells[j][k], 0);
          close(
            outer,
            Array.from({ length: rows * rows }, (_, at) => entry(Math.floor(at / rows), at % rows)),
          );
        }
        close(design.column(columns - 1), cells[columns - 1]);
        close(
          design.columnSquares(w),
          Array.from(all, (j) => weighted(j, j)),
        );
      });
    }
  });
}
