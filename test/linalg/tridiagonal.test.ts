import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { Dense } from '../../src/linalg/dense.js';
import { solveShifted, traceInverseShifted } from '../../src/linalg/tridiagonal.js';
import { Engine } from '../../src/runtime/engine.js';
import { plainDense } from '../reference/dense.js';
import { solveLinear } from '../solvers/by-definition.js';
import { distance, identity, type Rows, randomRows, rowMajor, times, transposed } from './random-matrix.js';

const engine = new Engine(1);
after(() => engine.close());
const beside = Blocks.layOut(engine, 2, 1, (_j, _from, out) => out.fill(1));

const TWINS = { reference: plainDense, compiled: new Dense(beside.engine) };

/** Positive definite, with entries of about 1. */
function randomMatrix(size: number): Rows {
  const x = randomRows(size + 2, size, size + 1).map((row) => row.map((v) => v / Math.sqrt(size)));
  return times(transposed(x), x);
}

/** Only the lower triangle of this is the matrix. */
function lowerOnly(a: Rows): Float64Array {
  return rowMajor(a.map((row, i) => row.map((x, j) => (j > i ? Number.NaN : x))));
}

for (const [name, dense] of Object.entries(TWINS)) {
  describe(`tridiagonalizeAll, ${name}`, () => {
    it('has for each of several matrices the digits of each alone', () => {
      const all = [5, 1, 40, 40, 7].map((size) => ({ a: rowMajor(randomMatrix(size)), size }));
      const together = dense.tridiagonalizeAll(all);
      expect(together.length).to.equal(all.length);
      all.forEach(({ a, size }, k) => {
        const alone = dense.tridiagonalize(a, size);
        expect([...together[k].diagonal]).to.deep.equal([...alone.diagonal]);
        expect([...together[k].offDiagonal]).to.deep.equal([...alone.offDiagonal]);
        const [x, y] = [new Float64Array(size).fill(1), new Float64Array(size).fill(1)];
        together[k].rotate([x], true);
        alone.rotate([y], true);
        expect([...x]).to.deep.equal([...y]);
      });
      expect(dense.tridiagonalizeAll([])).to.deep.equal([]);
    });
  });

  describe(`traces of ridge, ${name}`, () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 67]) {
      it(`are those of A (A + R)^-1 on any columns, dependent ones too (size ${size})`, () => {
        const x = randomRows(size + 3, size, size);
        // Every fifth column is a sum of two before it, so that some are dependent where nothing is added.
        for (const row of x) for (let j = 4; j < size; j += 5) row[j] = row[j - 1] + row[j - 3];
        const a = times(transposed(x), x);
        const parts = Array.from({ length: 12 }, (_, k) => {
          const columns = Int32Array.from(a.keys()).filter((j) => k === 0 || (5 * j + k) % 7 > k % 5);
          return { columns, ridge: Float64Array.from(columns, (j) => (k < 6 ? 0.1 + (j % 3) : 0)) };
        });
        const found = dense.ridgeTraces(rowMajor(a), size, parts);
        expect(found.length).to.equal(parts.length);
        parts.forEach(({ columns, ridge }, k) => {
          const part = (added: number) =>
            Array.from(columns, (i, r) =>
              Array.from(columns, (j) => a[i][j] + (i === j ? added * ridge[r] : 0)),
            );
          if (k >= 6) {
            const full = new Set(columns);
            const lost = columns.filter((j) => j >= 4 && j % 5 === 4 && full.has(j - 1) && full.has(j - 3));
            expect(found[k]).to.equal(columns.length - lost.length);
            return;
          }
          const plain = part(0);
          // Column i of (A + R)^-1 A by elimination, and of it entry i.
          const trace = plain.reduce(
            (s, _, i) =>
              s +
              solveLinear(
                part(1),
                plain.map((row) => row[i]),
              )[i],
            0,
          );
          expect(found[k]).to.be.closeTo(trace, 1e-9 * (1 + size));
        });
      });
    }
  });

  describe(`quadratic forms, ${name}`, () => {
    for (const size of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 67]) {
      it(`are x'A x for any number of vectors, zeros among their entries (size ${size})`, () => {
        const a = size === 0 ? [] : randomMatrix(size);
        for (const count of [0, 1, 2, 3, 4, 5, 8, 9]) {
          const vectors = randomRows(count, size, 11).map((row, k) =>
            Float64Array.from(row, (v, j) => ((j + k) % 3 === 1 || k === 2 ? 0 : v)),
          );
          const found = dense.quadraticForms(rowMajor(a), size, vectors);
          expect(found.length).to.equal(count);
          vectors.forEach((x, k) => {
            const form = (m: Rows) =>
              m.reduce((s, row, i) => s + row.reduce((t, v, j) => t + v * x[i] * x[j], 0), 0);
            const magnitude = a.reduce(
              (s, row, i) => s + row.reduce((t, v, j) => t + Math.abs(v * x[i] * x[j]), 0),
              0,
            );
            expect(Math.abs(found[k] - form(a))).to.be.at.most((2 * size + 2) * Number.EPSILON * magnitude);
          });
        }
      });
    }
  });

  describe(`tridiagonalize, ${name}`, () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 40, 67]) {
      const a = randomMatrix(size);
      const given = lowerOnly(a);
      const t = dense.tridiagonalize(given, size);
      const columns = identity(size).map((unit) => Float64Array.from(unit));
      t.rotate(columns, false);
      const q = transposed(columns.map((column) => Array.from(column)));
      const tridiagonal = identity(size).map((row, i) =>
        row.map((_, j) =>
          i === j ? t.diagonal[i] : Math.abs(i - j) === 1 ? t.offDiagonal[Math.max(i, j)] : 0,
        ),
      );

      it(`writes A as Q T Q' with Q orthogonal, and leaves A alone (size ${size})`, () => {
        expect(distance(times(transposed(q), q), identity(size))).to.be.below(1e-14 * (4 + size));
        expect(distance(times(times(q, tridiagonal), transposed(q)), a)).to.be.below(2e-14 * (4 + size));
        expect([...given]).to.deep.equal([...lowerOnly(a)]);
        expect(t.offDiagonal[0]).to.equal(0);
      });

      it(`applies Q' as the inverse of Q, to any number of vectors with the same digits (size ${size})`, () => {
        const drawn = randomRows(6, size, 5).map((row) => Float64Array.from(row));
        const alone = drawn.map((x) => x.slice());
        for (const x of alone) t.rotate([x], false);
        for (const count of [0, 1, 2, 3, 4, 5, 6]) {
          const together = drawn.slice(0, count).map((x) => x.slice());
          t.rotate(together, false);
          expect(together).to.deep.equal(alone.slice(0, count));
          t.rotate(together, true);
          together.forEach((x, k) => {
            expect(distance([Array.from(x)], [Array.from(drawn[k])])).to.be.below(1e-14 * (4 + size));
          });
        }
      });

      for (const shift of [1e-3, 1, 100]) {
        it(`solves T + ${shift} I and has the trace of its inverse (size ${size})`, () => {
          const shifted = tridiagonal.map((row, i) => row.map((v, j) => (i === j ? v + shift : v)));
          const b = Array.from({ length: size }, (_, i) => i - 1);
          const expected = solveLinear(shifted, b);
          const solved = solveShifted(t, shift, Float64Array.from(b));
          const scale = 1 + Math.max(...expected.map(Math.abs));
          expect(distance([Array.from(solved)], [expected])).to.be.below(1e-10 * scale);
          const trace = identity(size).reduce((total, unit, i) => total + solveLinear(shifted, unit)[i], 0);
          expect(Math.abs(traceInverseShifted(t, shift) / trace - 1)).to.be.below(1e-10);
        });
      }
    }

    it('leaves a tridiagonal matrix as it is, and takes an empty one', () => {
      const a = [
        [2, 0, 0, 0],
        [0, 3, 0, 0],
        [0, 0, 0, 0],
        [0, 0, -1, 4],
      ];
      const t = dense.tridiagonalize(rowMajor(a), 4);
      expect([...t.diagonal]).to.deep.equal([2, 3, 0, 4]);
      expect([...t.offDiagonal].map(Math.abs)).to.deep.equal([0, 0, 0, 1]);
      const empty = dense.tridiagonalize(new Float64Array(0), 0);
      empty.rotate([new Float64Array(0)], true);
      expect(empty.size).to.equal(0);
    });
  });
}

describe('dense algebra in the compiled kernels', () => {
  it('reduces to the same tridiagonal form as the reference', () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 51]) {
      const a = rowMajor(randomMatrix(size));
      const [one, other] = [TWINS.reference, TWINS.compiled].map((dense) => dense.tridiagonalize(a, size));
      for (const part of ['diagonal', 'offDiagonal'] as const) {
        expect(distance([[...one[part]]], [[...other[part]]])).to.be.below(1e-13 * (4 + size));
      }
    }
  });

  it('factors with pivots to the digits of the reference, whatever the rank', () => {
    for (const [rows, columns] of [
      [0, 1],
      [1, 1],
      [2, 5],
      [7, 3],
      [8, 12],
      [9, 4],
      [41, 60],
      [42, 17],
    ]) {
      const z = randomRows(rows, columns, rows + 3);
      const k = rows === 0 ? new Float64Array(0) : rowMajor(times(z, transposed(z)));
      expect(TWINS.compiled.pivotedCholesky(k, rows)).to.deep.equal(TWINS.reference.pivotedCholesky(k, rows));
    }
  });

  it('multiplies by several vectors as the reference does, and forgets the memory that took', () => {
    for (const size of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 35, 50]) {
      const a = rowMajor(randomMatrix(size));
      for (const count of [0, 1, 2, 3, 7]) {
        const vectors = randomRows(count, size, count + 1).map((row) => Float64Array.from(row));
        const top = engine.wasm.scoped(() => engine.wasm.allocate(0));
        const products = TWINS.compiled.multiply(a, size, vectors);
        expect(engine.wasm.scoped(() => engine.wasm.allocate(0))).to.equal(top);
        const expected = TWINS.reference.multiply(a, size, vectors);
        expect(products.length).to.equal(count);
        products.forEach((x, k) => {
          expect(distance([[...x, 0]], [[...expected[k], 0]])).to.be.below(1e-14 * (4 + size));
        });
      }
    }
  });
});
