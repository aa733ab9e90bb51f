import { expect } from 'chai';
import { Symmetric } from '../../src/linalg/symmetric.js';
import { Engine } from '../../src/runtime/engine.js';
import { PlainSymmetric } from '../reference/symmetric.js';
import { solveLinear } from '../solvers/by-definition.js';
import { normal, uniform } from '../solvers/random-problem.js';
import { type Rows, randomRows, times, transposed } from './random-matrix.js';

const engine = new Engine(1);
after(() => engine.close());

type Entries = Symmetric | PlainSymmetric;

/** An empty matrix; the compiled one in memory that held NaN, so that what is read before it is written shows. */
const TWINS: Record<string, () => Entries> = {
  reference: () => new PlainSymmetric(),
  compiled: () => {
    engine.wasm.scoped(() => engine.wasm.doubles(1 << 16).fill(Number.NaN));
    return new Symmetric(engine);
  },
};

function filled(h: Entries, a: Rows): Entries {
  h.resize(a.length);
  a.forEach((row, i) => {
    row.forEach((value, j) => {
      h.set(i, j, value);
    });
  });
  return h;
}

/** Ridges of as many columns as are asked for. */
const none = (columns: number) => new Float64Array(columns);

const gramOf = (x: Rows) => times(transposed(x), x);

/** H_AA + diag(ridge), written out. */
const part = (a: Rows, set: Int32Array, ridge: Float64Array): Rows =>
  Array.from(set, (i) => Array.from(set, (j) => a[i][j] + (i === j ? ridge[j] : 0)));

const product = (a: Rows, x: ArrayLike<number>) => a.map((row) => row.reduce((s, v, k) => s + v * x[k], 0));

/**
 * Cholesky solves a system that differs from the one asked for by at most (3 n + 1) u n |A|, and each plane rotation adds
 * at most 6 u |A|; n of them for a column that leaves. (Higham 2002, theorems 10.4 and 19.10.)
 */
function expectSolved(m: Rows, x: Float64Array, b: Float64Array, left: number): void {
  const n = m.length;
  const norm = (v: ArrayLike<number>) => Array.from(v).reduce((most, e) => Math.max(most, Math.abs(e)), 0);
  const size = m.reduce((most, row) => Math.max(most, norm([row.reduce((s, e) => s + Math.abs(e), 0)])), 0);
  const bound = (3 * n + 1 + 6 * left) * n * Number.EPSILON * (size * norm(x) + norm(b));
  product(m, x).forEach((value, i) => {
    expect(Math.abs(value - b[i])).to.be.at.most(bound);
  });
}

/** A walk over sets of columns: most steps move a few, some all of them. */
function nextSet(set: Int32Array, columns: number, chance: () => number): Int32Array {
  if (chance() < 0.1) return Int32Array.from({ length: columns }, (_, j) => j).filter(() => chance() < 0.5);
  const wanted = new Set(set);
  for (let k = Math.floor(4 * chance()); k >= 0; k--) {
    const j = Math.floor(columns * chance());
    if (!wanted.delete(j)) wanted.add(j);
  }
  // In no particular order: neither that of joining nor that of the columns.
  return Int32Array.from([...wanted].sort((a, b) => ((7 * a) % 11) - ((7 * b) % 11)));
}

for (const [name, make] of Object.entries(TWINS)) {
  const symmetric = (a: Rows) => filled(make(), a);
  describe(`a support's factor, ${name}`, () => {
    for (const columns of [1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 70, 130]) {
      it(`solves as from scratch while columns join and leave and ridges change (of ${columns} columns)`, () => {
        const a = gramOf(randomRows(2 * columns + 5, columns, columns));
        const chance = uniform(columns);
        const random = normal(columns + 1);
        const ridges = Float64Array.from({ length: columns }, chance);
        const factor = symmetric(a).factor();
        let set = new Int32Array(0);
        for (let step = 0; step < 60; step++) {
          set = nextSet(set, columns, chance) as Int32Array<ArrayBuffer>;
          // A little more or less of a ridge leaves its column in.
          if (step % 3 === 1) for (let j = 0; j < columns; j++) ridges[j] *= 0.8 + 0.45 * chance();
          if (step % 5 === 2) ridges[Math.floor(columns * chance())] = 3 * chance();
          if (step % 20 === 19) ridges.fill(chance());
          const b = Float64Array.from(set, random);
          const given = b.slice();
          const x = factor.solve(set, ridges, b, 0);
          expect([...b]).to.deep.equal([...given]);
          const m = part(a, set, ridges);
          expectSolved(m, x, b, 4 * step);
          // The condition is below 1e4 here, so the solutions agree to 1e-9 at the least.
          solveLinear(m, Array.from(b)).forEach((value, i) => {
            expect(x[i]).to.be.closeTo(value, 1e-9 * (1 + Math.abs(value)));
          });
        }
      });
    }

    it('solves for no column', () => {
      const factor = symmetric([[2]]).factor();
      expect(factor.solve(new Int32Array(0), none(1), new Float64Array(0), 0).length).to.equal(0);
      expect([...factor.solve(Int32Array.of(0), Float64Array.of(2), Float64Array.of(8), 0)]).to.deep.equal([
        2,
      ]);
      expect(factor.solve(new Int32Array(0), none(1), new Float64Array(0), 0).length).to.equal(0);
    });

    it('answers in the order of the set that asks', () => {
      const factor = symmetric([
        [1, 0, 0],
        [0, 4, 0],
        [0, 0, 16],
      ]).factor();
      expect([...factor.solve(Int32Array.of(0, 1, 2), none(3), Float64Array.of(1, 4, 16), 0)]).to.deep.equal([
        1, 1, 1,
      ]);
      expect([...factor.solve(Int32Array.of(2, 0, 1), none(3), Float64Array.of(16, 3, 8), 0)]).to.deep.equal([
        1, 3, 2,
      ]);
    });

    it('leaves a dependent column out, and takes it in once it is independent', () => {
      const x = randomRows(9, 2, 3).map(([u, v]) => [u, v, u - 2 * v, 0]);
      const a = gramOf(x);
      const factor = symmetric(a).factor();
      const all = Int32Array.of(0, 1, 2, 3);
      const b = Float64Array.from(product(a, [1, 2, 3, 4]));
      const basic = factor.solve(all, none(4), b, 0);
      expect([basic[2], basic[3]]).to.deep.equal([0, 0]);
      expectSolved(a, basic, b, 0);
      // Without column 0 the third is no longer a combination of the others.
      const rest = Int32Array.of(1, 2, 3);
      const right = Float64Array.from(product(part(a, rest, none(4)), [5, 6, 7]));
      const after = factor.solve(rest, none(4), right, 0);
      expect(after[0]).to.be.closeTo(5, 1e-12);
      expect(after[1]).to.be.closeTo(6, 1e-12);
      expect(after[2]).to.equal(0);
      // A ridge makes every column independent.
      const ridged = factor.solve(all, none(4).fill(0.5), b, 0);
      expectSolved(part(a, all, none(4).fill(0.5)), ridged, b, 4);
      expect(ridged[2]).not.to.equal(0);
    });

    it('solves consistent systems of dependent columns after any sequence of sets', () => {
      const columns = 24;
      const base = randomRows(60, 8, 11);
      // Three groups: independent, copies, and differences of two.
      const x = base.map((row) => [...row, ...row, ...row.map((v, k) => v - row[(k + 1) % 8])]);
      const a = gramOf(x);
      const factor = symmetric(a).factor();
      const chance = uniform(12);
      const random = normal(13);
      let set = new Int32Array(0);
      for (let step = 0; step < 150; step++) {
        set = nextSet(set, columns, chance) as Int32Array<ArrayBuffer>;
        const m = part(a, set, none(columns));
        const b = Float64Array.from(product(m, Float64Array.from(set, random)));
        const solution = factor.solve(set, none(columns), b, 0);
        expectSolved(m, solution, b, 4 * step);
        expect(solution.filter((v) => v !== 0).length).to.be.at.most(8);
      }
    });

    it('forgets on clear, so that a changed matrix is seen', () => {
      const h = symmetric([
        [4, 0],
        [0, 4],
      ]);
      const factor = h.factor();
      const both = Int32Array.of(0, 1);
      expect([...factor.solve(both, none(2), Float64Array.of(8, 8), 0)]).to.deep.equal([2, 2]);
      h.set(0, 0, 16);
      factor.clear();
      expect([...factor.solve(both, none(2), Float64Array.of(8, 8), 0)]).to.deep.equal([0.5, 2]);
    });
  });
}
