import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { type Learning, MOMENTS, standardizeColumns } from '../../src/design/standardized-columns.js';
import { learnStandardization, standardizeInPlace } from '../../src/features/standardize.js';
import { gather } from '../../src/linalg/vector.js';
import { Engine } from '../../src/runtime/engine.js';
import { normal, uniform } from '../solvers/random-problem.js';

const engine = new Engine(1);
after(() => engine.close());

/** Fills the free memory with NaN, so that a cell that is read before it is written shows in the result. */
function poison(): void {
  engine.wasm.scoped(() => engine.wasm.doubles(1 << 18).fill(Number.NaN));
}

/** Columns of a table in the shared memory, some of a kind that is hard: constant, far from 0, of huge and tiny numbers. */
function tableOf(rows: number, columns: number, random: () => number): Float64Array[] {
  return Array.from({ length: columns }, (_, j) => {
    const column = engine.wasm.doubles(rows);
    const kinds = [random, () => 0.1, () => 1e12 + random(), () => 1e300 * random(), () => 1e-300 * random()];
    for (let i = 0; i < rows; i++) column[i] = kinds[j % kinds.length]();
    return column;
  });
}

function weights(count: number, chance: () => number): Float64Array {
  const w = Float64Array.from({ length: count }, (_, i) => (i % 4 === 1 ? 0 : 0.5 + chance()));
  const total = w.reduce((a, b) => a + b, 0);
  return w.map((x) => x / total);
}

/** Every cell of a design, column by column. */
function cellsOf(design: Blocks): Float64Array[] {
  return Array.from({ length: design.columns }, (_, j) => {
    const eta = new Float64Array(design.rows);
    const beta = new Float64Array(design.columns);
    beta[j] = 1;
    design.addPrediction(beta, eta);
    return eta;
  });
}

const SHAPES = [
  ...Array.from({ length: 9 }, (_, n) => [n + 1, 5] as const),
  [255, 7],
  [257, 6],
  [1030, 5],
  [40, 60],
] as const;
const KINDS = [
  { intercept: true, standardize: true },
  { intercept: true, standardize: false },
  { intercept: false, standardize: true },
  { intercept: false, standardize: false },
];

describe('standardizeColumns', () => {
  for (const [count, columns] of SHAPES) {
    it(`has the digits of the reference for ${count} rows and ${columns} columns`, () => {
      const random = normal(count + 100 * columns);
      const table = tableOf(2 * count, columns, random);
      // In no order, so that it is the list that decides.
      const rows = Int32Array.from({ length: count }, (_, i) => (7 * i + 3) % (2 * count));
      // Some are in the memory of the kernels, some elsewhere.
      const sources = table.map((values, j) => ({
        values: j % 2 === 0 ? values : values.slice(),
        fill: Number.NaN,
      }));
      for (const kind of KINDS) {
        const learning: Learning = { ...kind, v: weights(count, uniform(count)) };
        const moments = new Float64Array(MOMENTS * columns).fill(7);
        poison();
        const design = new Blocks(engine, count, columns);
        standardizeColumns(design, sources, rows, moments, learning);
        const cells = cellsOf(design);
        const again = new Blocks(engine, count, columns);
        standardizeColumns(again, sources, rows, moments, null);
        expect(cellsOf(again)).to.deep.equal(cells);
        table.forEach((values, j) => {
          const x = gather(values, rows);
          const { centre, remainder, scale } = learnStandardization(x, learning.v, learning);
          expect([...moments.subarray(MOMENTS * j, MOMENTS * (j + 1))]).to.deep.equal([
            centre,
            remainder,
            scale,
          ]);
          standardizeInPlace(x, { centre, remainder, scale });
          // A prediction adds to 0, which has no sign left of a -0.
          expect(cells[j]).to.deep.equal(x.map((z) => z + 0));
        });
      }
    });
  }

  it('fills missing cells and leaves alone what has no source', () => {
    const values = engine.wasm.doubles(4);
    values.set([1, Number.NaN, 5, Number.NaN]);
    const design = new Blocks(engine, 3, 2);
    design.setColumn(1, Float64Array.of(7, 8, 9));
    const moments = Float64Array.of(0, 0, 1, 4, 5, 6);
    const source = { values, fill: 3 };
    const learning = { v: new Float64Array(3).fill(1 / 3), intercept: false, standardize: true };
    standardizeColumns(design, [source, null], Int32Array.of(0, 1, 2), moments, learning);
    const { scale } = learnStandardization(Float64Array.of(1, 3, 5), learning.v, learning);
    expect(cellsOf(design).map((column) => [...column])).to.deep.equal([
      [1 / scale, 3 / scale, 5 / scale],
      [7, 8, 9],
    ]);
    expect([...moments]).to.deep.equal([0, 0, scale, 4, 5, 6]);
  });

  it('takes columns from elsewhere one by one where there is no room for more', () => {
    const random = normal(5);
    const table = Array.from({ length: 7 }, () => Float64Array.from({ length: 3000 }, random));
    const rows = Int32Array.from({ length: 3000 }, (_, i) => i);
    const learning: Learning = { v: weights(3000, uniform(3)), intercept: true, standardize: true };
    const cellsIn = (memory: Engine) => {
      const moments = new Float64Array(MOMENTS * 7);
      const design = new Blocks(memory, 3000, 7);
      standardizeColumns(
        design,
        table.map((values) => ({ values, fill: 0 })),
        rows,
        moments,
        learning,
      );
      return [...cellsOf(design), moments];
    };
    const roomy = new Engine(1);
    const expected = cellsIn(roomy);
    // Of the seven columns one has room beside the design, and not quite another.
    const tight = new Engine(1, roomy.wasm.highWater - 5 * 8 * 3000 - 100);
    expect(cellsIn(tight)).to.deep.equal(expected);
    roomy.close();
    tight.close();
  });

  it('leaves zeros in the row that makes an odd number even', () => {
    const values = engine.wasm.doubles(5);
    values.set([3, 4, 8, 1, 2]);
    poison();
    const design = new Blocks(engine, 5, 1);
    const rows = Int32Array.of(0, 1, 2, 3, 4);
    const source = { values, fill: 0 };
    standardizeColumns(design, [source], rows, Float64Array.of(2, 0, 1), null);
    // Of five rows the sixth would show in the sum of squares, were it not 0.
    expect(design.gram(new Float64Array(5).fill(1), Int32Array.of(0))[0]).to.equal(1 + 4 + 36 + 1 + 0);
  });
});
