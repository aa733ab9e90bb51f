import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { Engine } from '../../src/runtime/engine.js';
import { RowBlocks } from '../reference/row-blocks.js';
import { normal, uniform } from '../solvers/random-problem.js';

/** One matrix three times: compiled, by the reference, and the absolute values of its cells. */
interface Twins {
  readonly rows: number;
  readonly columns: number;
  readonly shared: Blocks;
  readonly plain: RowBlocks;
  readonly absolute: RowBlocks;
  readonly random: () => number;
}

/** Of more columns than these no Gram matrix is formed here. */
const MOST = 150;

const engine = new Engine(1);
after(() => engine.close());

/** Fills the free memory with NaN, so that a cell that is read before it is written shows in the result. */
function poison(): void {
  engine.wasm.scoped(() => engine.wasm.doubles(1 << 18).fill(Number.NaN));
}

function twins(rows: number, columns: number): Twins {
  const random = normal(1000 * rows + columns);
  const cells = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (__, i) => ((i + j) % 7 === 3 ? 0 : random())),
  );
  const fill = (j: number, from: number, out: Float64Array) => {
    out.set(cells[j].subarray(from, from + out.length));
  };
  const fillAbsolute = (j: number, from: number, out: Float64Array) => {
    out.set(cells[j].subarray(from, from + out.length).map(Math.abs));
  };
  poison();
  const shared = Blocks.layOut(engine, rows, columns, fill);
  poison();
  const plain = RowBlocks.layOut(rows, columns, fill);
  return { rows, columns, shared, plain, absolute: RowBlocks.layOut(rows, columns, fillAbsolute), random };
}

const vector = (length: number, random: () => number) => Float64Array.from({ length }, random);
const sparse = (length: number, random: () => number) =>
  Float64Array.from({ length }, (_, j) => (j % 3 === 1 ? 0 : random()));
const junk = (length: number) => new Float64Array(length).fill(7);

/** Subsets of the columns in several orders: all, none, reversed, every second. */
function subsets(columns: number): Int32Array[] {
  const all = Int32Array.from({ length: columns }, (_, j) => j);
  return [all, new Int32Array(0), all.slice().reverse(), all.filter((j) => j % 2 === 1)];
}

/**
 * A sum of n products of up to three factors, in any order, is off by at most (n + 1) u sum |terms| (1 + small), with
 * u = EPSILON / 2; two such sums therefore differ by at most (n + 1) EPSILON sum |terms|. One more for the small.
 */
function expectNear(actual: Float64Array, expected: Float64Array, terms: number, magnitude: Float64Array) {
  expect(actual.length).to.equal(expected.length);
  for (let k = 0; k < actual.length; k++) {
    const bound = (terms + 2) * Number.EPSILON * magnitude[k];
    if (!(Math.abs(actual[k] - expected[k]) <= bound)) {
      expect.fail(`entry ${k}: ${actual[k]} is not within ${bound} of ${expected[k]}`);
    }
  }
}

function expectSame(actual: Float64Array, expected: Float64Array) {
  expect(actual.length).to.equal(expected.length);
  const at = actual.findIndex((x, k) => x !== expected[k]);
  if (at >= 0) expect.fail(`entry ${at}: ${actual[at]} is not ${expected[at]}`);
}

function expectSymmetric(a: Float64Array, size: number) {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++)
      if (a[j * size + i] !== a[i * size + j]) expect.fail(`entries (${i}, ${j}) and (${j}, ${i}) differ`);
}

/** What is true of every shape, by the title that says it. */
const PROPERTIES: Record<string, (t: Twins) => void> = {
  "has the gradient X' r, all of it and of any columns"({ rows, columns, shared, plain, absolute, random }) {
    const r = vector(rows, random);
    const full = junk(columns);
    shared.gradient(r, full);
    for (const subset of [undefined, ...subsets(columns)]) {
      const length = subset?.length ?? columns;
      const [actual, expected, magnitude] = [junk(length), junk(length), junk(length)];
      poison();
      shared.gradient(r, actual, subset);
      plain.gradient(r, expected, subset);
      absolute.gradient(r.map(Math.abs), magnitude, subset);
      expectNear(actual, expected, rows, magnitude);
      // A column's digits do not depend on the columns taken with it.
      if (subset !== undefined)
        expectSame(
          actual,
          Float64Array.from(subset, (j) => full[j]),
        );
    }
  },

  'gives several gradients to the same digits as one after the other'({ rows, columns, shared, random }) {
    for (const count of [0, 1, 2, 5]) {
      const rs = Array.from({ length: count }, () => vector(rows, random));
      const outs = rs.map(() => junk(columns));
      poison();
      shared.gradients(rs, outs);
      rs.forEach((r, k) => {
        const single = junk(columns);
        shared.gradient(r, single);
        expectSame(outs[k], single);
      });
    }
  },

  'has the weighted squares of columns where they outnumber the rows'({ rows, shared, plain, random }) {
    const w = vector(rows, random).map(Math.abs);
    poison();
    if (!shared.wide) return void expect(() => shared.columnSquares(w)).to.throw('one block');
    const expected = plain.columnSquares(w);
    expectNear(shared.columnSquares(w), expected, rows, expected);
  },

  // Both add column by column in the order of the columns, so that not even the last bit differs.
  'adds a prediction X beta, and several, to the same digits'({ rows, columns, shared, plain, random }) {
    const betas = [sparse(columns, random), new Float64Array(columns), vector(columns, random)];
    const etas = betas.map(() => vector(rows, random));
    const single = etas.map((eta) => eta.slice());
    const several = etas.map((eta) => eta.slice());
    betas.forEach((beta, k) => {
      poison();
      shared.addPrediction(beta, single[k]);
      plain.addPrediction(beta, etas[k]);
      expectSame(single[k], etas[k]);
    });
    for (const subset of subsets(columns)) {
      const beta = sparse(subset.length, random);
      const [actual, expected] = [etas[0].slice(), etas[0].slice()];
      poison();
      shared.addPrediction(beta, actual, subset);
      plain.addPrediction(beta, expected, subset);
      expectSame(actual, expected);
    }
    poison();
    shared.addPredictions(betas, several);
    shared.addPredictions([], []);
    several.forEach((eta, k) => {
      expectSame(eta, etas[k]);
    });
  },

  'has the full symmetric Gram matrix, weights of either sign'({
    rows,
    columns,
    shared,
    plain,
    absolute,
    random,
  }) {
    for (const all of subsets(columns)) {
      const subset = all.subarray(0, MOST);
      const size = subset.length;
      const w = vector(rows, random);
      poison();
      const gram = shared.gram(w, subset);
      expectNear(gram, plain.gram(w, subset), rows, absolute.gram(w.map(Math.abs), subset));
      expectSymmetric(gram, size);
    }
  },

  // Columns are taken 96 at a time, so of many columns some meet others that come later.
  'gives an entry of the Gram matrix the same digits whatever columns are taken with it'({
    rows,
    columns,
    shared,
    random,
  }) {
    const all = subsets(columns)[0].subarray(0, MOST);
    const some = all.filter((j) => j % 2 === 1);
    const w = vector(rows, random);
    poison();
    const whole = shared.gram(w, all);
    const part = shared.gram(w, some);
    const picked = [...some].flatMap((a) => [...some].map((b) => whole[a * all.length + b]));
    expectSame(part, Float64Array.from(picked));
  },

  'has the last rows of the lower triangle from any row on'({ rows, columns, shared, random }) {
    const w = vector(rows, random);
    for (const all of subsets(columns)) {
      const subset = all.subarray(0, MOST);
      const size = subset.length;
      const gram = shared.gram(w, subset);
      const firsts =
        size < 12
          ? range(0, size)
          : [0, 1, 2, 3, 5, ...range(93, 101), size - 1, size].filter((f) => f <= size);
      for (const first of firsts) {
        poison();
        const last = shared.gramRows(w, subset, first);
        expect(last.length).to.equal((size - first) * size);
        for (let a = first; a < size; a++) {
          const from = (a - first) * size;
          expectSame(last.subarray(from, from + a + 1), gram.subarray(a * size, a * size + a + 1));
        }
      }
    }
  },

  'lays out, selects and hands out the very cells'({ rows, columns, shared, plain, absolute, random }) {
    expect([shared.rows, shared.columns]).to.deep.equal([rows, columns]);
    // A column read through the design: X e_j.
    const cellsOf = (design: Blocks | RowBlocks, j: number) => {
      const out = new Float64Array(rows);
      const unit = new Float64Array(design.columns);
      unit[j] = 1;
      design.addPrediction(unit, out);
      return out;
    };
    for (const subset of subsets(columns).slice(1)) {
      poison();
      const selected = shared.select(subset);
      expect([selected.rows, selected.columns]).to.deep.equal([rows, subset.length]);
      const step = Math.max(1, Math.floor(subset.length / 10));
      for (let a = 0; a < subset.length; a += step)
        expectSame(cellsOf(selected, a), cellsOf(plain, subset[a]));
      const r = vector(rows, random);
      const [actual, expected, magnitude] = [subset, subset, subset].map(({ length }) => junk(length));
      poison();
      selected.gradient(r, actual);
      plain.gradient(r, expected, subset);
      absolute.gradient(r.map(Math.abs), magnitude, subset);
      expectNear(actual, expected, rows, magnitude);
    }
    for (let j = 0; j < columns; j++) {
      if (columns > rows) expectSame(shared.column(j), plain.column(j));
      else expect(() => shared.column(j)).to.throw('one block');
    }
  },

  'selects rows in the order asked, and sums over them'({ rows, columns, shared, plain, random }) {
    const every = Int32Array.from({ length: rows }, (_, i) => i);
    for (const subset of [
      every.slice().reverse(),
      every.filter((i) => i % 3 === 1),
      Int32Array.of(rows - 1),
    ]) {
      poison();
      const selected = shared.selectRows(subset);
      const twin = plain.selectRows(subset);
      expect([selected.rows, selected.columns]).to.deep.equal([subset.length, columns]);
      const beta = sparse(columns, random);
      const whole = new Float64Array(rows);
      shared.addPrediction(beta, whole);
      for (const design of [selected, twin]) {
        const eta = new Float64Array(subset.length);
        design.addPrediction(beta, eta);
        expectSame(
          eta,
          Float64Array.from(subset, (i) => whole[i]),
        );
      }
      const w = vector(subset.length, random).map(Math.abs);
      const some = subsets(columns)[3].subarray(0, MOST);
      const trace = (gram: Float64Array) => some.reduce((s, _, a) => s + gram[a * some.length + a], 0);
      poison();
      const [actual, expected] = [trace(selected.gram(w, some)), trace(twin.gram(w, some))];
      expect(Math.abs(actual - expected)).to.be.at.most((rows + columns + 2) * Number.EPSILON * expected);
    }
  },

  "has X S X' where it is one block, and says so where it is not"({
    columns,
    rows,
    shared,
    plain,
    absolute,
    random,
  }) {
    const scale = sparse(columns, random);
    if (columns <= rows) {
      expect(() => shared.outerGram(scale)).to.throw('one block');
      return;
    }
    poison();
    const outer = shared.outerGram(scale);
    expectNear(outer, plain.outerGram(scale), columns, absolute.outerGram(scale.map(Math.abs)));
    expectSymmetric(outer, rows);
  },
};

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => from + k);
const grid = (rows: readonly number[], columns: readonly number[]) =>
  rows.flatMap((n) => columns.map((p): readonly [number, number] => [n, p]));

const draw = uniform(3);
const upTo = (most: number) => 1 + Math.floor(most * draw());
const SHAPES: Record<string, readonly (readonly [number, number])[]> = {
  '1 to 9 rows and 0 to 9 columns': grid(range(1, 9), range(0, 9)),
  'about a block of rows': grid([255, 256, 257, 511, 512, 513], [0, 1, 2, 3, 4, 5, 9]),
  'many blocks of rows': [
    [2303, 6],
    [2305, 7],
  ],
  'many columns': grid([257, 513], [127, 130]),
  // 724^2 times 8 lanes is the last square below 2^22.
  'more columns than partial sums are kept for': grid([735], [724, 725, 727]),
  'more columns than rows': [
    [1, 130],
    [2, 1025],
    [7, 2500],
    [31, 33],
    [32, 129],
    [255, 256],
    [256, 259],
    [257, 258],
    [300, 411],
  ],
  'random sizes': Array.from({ length: 16 }, (_, k) =>
    k % 2 === 0 ? ([upTo(700), upTo(30)] as const) : ([upTo(30), upTo(700)] as const),
  ),
};

for (const [name, shapes] of Object.entries(SHAPES)) {
  describe(`a shared design of ${name}`, () => {
    const designs: Twins[] = [];
    before(() => {
      for (const [rows, columns] of shapes) designs.push(twins(rows, columns));
    });
    for (const [title, check] of Object.entries(PROPERTIES)) {
      it(title, () => {
        for (const design of designs) {
          try {
            check(design);
          } catch (error) {
            throw new Error(`${design.rows} x ${design.columns}: ${(error as Error).message}`);
          }
        }
      });
    }
  });
}

describe('a shared design without rows', () => {
  for (const columns of [0, 1, 5]) {
    it(`has sums of nothing (${columns} columns)`, () => {
      const { shared } = twins(0, columns);
      const none = new Float64Array(0);
      const [all] = subsets(columns);
      const zeros = new Float64Array(columns);
      const [single, several] = [junk(columns), junk(columns)];
      poison();
      shared.gradient(none, single);
      expectSame(single, zeros);
      shared.gradients([none], [several]);
      expectSame(several, zeros);
      shared.addPrediction(zeros.slice().fill(1), none);
      shared.addPredictions([zeros.slice().fill(1)], [none]);
      expectSame(shared.gram(none, all), new Float64Array(columns * columns));
    });
  }
});
