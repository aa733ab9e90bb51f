import { expect } from 'chai';
import { type CodedColumn, CodedDesign, type CodedParts } from '../../src/design/coded.js';
import { sumsByPlace } from '../../src/linalg/steady-sums.js';
import { Engine } from '../../src/runtime/engine.js';
import { RowBlocks } from '../reference/row-blocks.js';
import { normal } from '../solvers/random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

const ROWS = 60;

/** Two columns of numbers among three of text; one level is constant, some rows have none, and features are in no order. */
function drawn() {
  const random = normal(5);
  const numbers = [0, 1].map(() => Float64Array.from({ length: ROWS }, random));
  const text = (levels: number, step: number): CodedColumn => ({
    codes: Int32Array.from({ length: ROWS }, (_, i) => ((i * step + (i >> 2)) % (levels + 1)) - 1),
    centre: Float64Array.from({ length: levels }, (_, k) => 0.1 + 0.05 * k),
    scale: Float64Array.from({ length: levels }, (_, k) => (k === 2 ? 0 : 0.3 + 0.1 * k)),
  });
  const texts = [text(4, 1), text(3, 5), text(2, 7)];
  const list = [
    ...[0, 1].map((place) => [-1, place]),
    ...texts.flatMap(({ scale }, part) => Array.from(scale, (_, place) => [part, place])),
  ];
  const mixed = list.map((_, k) => list[(k * 7) % list.length]);
  const parts: CodedParts = {
    ...{ rows: ROWS, numbers, texts },
    partOf: Int32Array.from(mixed, ([part]) => part),
    placeOf: Int32Array.from(mixed, ([, place]) => place),
  };
  return { coded: new CodedDesign(parts, engine), dense: denseOf(parts), random };
}

/** Each cell as its definition has it. */
function denseOf({ rows, numbers, texts, partOf, placeOf }: CodedParts): RowBlocks {
  const cell = (i: number, j: number) => {
    if (partOf[j] < 0) return numbers[placeOf[j]][i];
    const { codes, centre, scale } = texts[partOf[j]];
    const level = placeOf[j];
    return scale[level] === 0 ? 0 : ((codes[i] === level ? 1 : 0) - centre[level]) / scale[level];
  };
  return RowBlocks.layOut(rows, partOf.length, (j, from, out) => {
    for (let i = 0; i < out.length; i++) out[i] = cell(from + i, j);
  });
}

const SUBSET = Int32Array.of(7, 2, 9, 0, 4);

describe('design kept as codes', () => {
  const close = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
    expect(actual.length).to.equal(expected.length);
    for (let i = 0; i < expected.length; i++) expect(actual[i]).to.be.closeTo(expected[i], 1e-12);
  };

  it('has the gradients of the dense one, of all columns and of some', () => {
    const { coded, dense, random } = drawn();
    const r = Float64Array.from({ length: ROWS }, random);
    for (const subset of [undefined, SUBSET]) {
      const [a, b] = [coded, dense].map((design) => {
        const out = new Float64Array(subset?.length ?? design.columns).fill(Number.NaN);
        design.gradient(r, out, subset);
        return out;
      });
      close(a, b);
    }
  });

  it('has its predictions, on top of what is there', () => {
    const { coded, dense, random } = drawn();
    for (const subset of [undefined, SUBSET]) {
      const beta = Float64Array.from({ length: subset?.length ?? coded.columns }, (_, k) =>
        k % 3 === 0 ? 0 : random(),
      );
      const [a, b] = [coded, dense].map((design) => {
        const eta = Float64Array.from({ length: ROWS }, (_, i) => i);
        design.addPrediction(beta, eta, subset);
        return eta;
      });
      close(a, b);
    }
  });

  it('has its weighted products, and the last rows of them', () => {
    const { coded, dense, random } = drawn();
    const w = Float64Array.from({ length: ROWS }, () => random() ** 2);
    for (const subset of [Int32Array.from({ length: coded.columns }, (_, j) => j), SUBSET]) {
      close(coded.gram(w, subset), dense.gram(w, subset));
      const first = subset.length - 2;
      const [a, b] = [coded, dense].map((design) => design.gramRows(w, subset, first));
      // The upper triangle is not asked for.
      for (let row = 0; row < 2; row++) {
        const at = row * subset.length;
        close(a.slice(at, at + first + row + 1), b.slice(at, at + first + row + 1));
      }
    }
  });

  it('has products whose columns depend on each other to the last digits: all levels of a column together say nothing', () => {
    const rows = 100_000;
    const levels = [300, 2];
    const w = new Float64Array(rows).fill(1 / rows);
    const texts = levels.map((count) => {
      const codes = Int32Array.from({ length: rows }, (_, i) => Math.floor((i * i) / 8) % count);
      const centre = sumsByPlace(codes, count, w);
      return { codes, centre, scale: centre.map((share) => Math.sqrt(share * (1 - share))) };
    });
    const list = levels.flatMap((count, part) => Array.from({ length: count }, (_, place) => [part, place]));
    const design = new CodedDesign(
      {
        ...{ rows, numbers: [], texts },
        partOf: Int32Array.from(list, ([part]) => part),
        placeOf: Int32Array.from(list, ([, place]) => place),
      },
      engine,
    );
    const all = Int32Array.from(list, (_, j) => j);
    const gram = design.gram(w, all);
    const scales = list.map(([part, place]) => texts[part].scale[place]);
    for (const part of [0, 1]) {
      const size = list.length;
      for (let k = 0; k < size; k++) {
        const members = list.map(([of], j) => (of === part ? scales[j] * gram[j * size + k] : 0));
        expect(members.reduce((a, b) => a + b)).to.be.closeTo(0, 1e-14);
      }
    }
  });

  it('has its products with several vectors, of some columns, and of some rows', () => {
    const { coded, dense } = drawn();
    const rows = Int32Array.of(5, 59, 0, 17, 18, 40);
    const outs = [coded.select(SUBSET).selectRows(rows), dense.select(SUBSET).selectRows(rows)].map(
      (design) => {
        expect([design.rows, design.columns]).to.deep.equal([6, 5]);
        const etas = [new Float64Array(6), new Float64Array(6)];
        design.addPredictions([Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(0, -1, 0, 2, 1)], etas);
        const gradients = [new Float64Array(5), new Float64Array(5)];
        design.gradients(etas, gradients);
        return [...etas, ...gradients];
      },
    );
    outs[0].forEach((values, k) => {
      close(values, outs[1][k]);
    });
  });
});
