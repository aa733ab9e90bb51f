import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { Symmetric } from '../../src/linalg/symmetric.js';
import { Engine } from '../../src/runtime/engine.js';
import { PlainSymmetric } from '../reference/symmetric.js';
import { normal } from '../solvers/random-problem.js';

const engine = new Engine(1);
after(() => engine.close());
const beside = Blocks.layOut(engine, 2, 1, (_j, _from, out) => out.fill(1));

type Entries = Symmetric | PlainSymmetric;

/** A new matrix in memory that held NaN, so that an entry that is read before it is written shows. */
function shared(): Symmetric {
  engine.wasm.scoped(() => engine.wasm.doubles(1 << 17).fill(Number.NaN));
  return new Symmetric(beside.engine);
}

/** Writes the same random entries to both, rows `from` on. */
function fill(both: readonly Entries[], from: number, size: number, random: () => number): void {
  for (let i = from; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = random();
      for (const matrix of both) matrix.set(i, j, value);
    }
  }
}

/** Both add row by row in the order of the list, so that not even the last bit differs. */
function expectEqual(a: Entries, b: Entries, random: () => number): void {
  const size = b.size;
  expect(a.size).to.equal(size);
  expect([...a.dense()]).to.deep.equal([...b.dense()]);
  for (const count of new Set([0, 1, 2, 3, 4, 5, 9, size].filter((c) => c <= size))) {
    const list = Int32Array.from({ length: count }, (_, k) => (7 * k + size - 1) % size);
    const values = Float64Array.from(list, random);
    for (const slot of [0, 1, 2]) {
      const [u, v] = [a.vector(slot), b.vector(slot)];
      expect([...u]).to.deep.equal(new Array(size).fill(0));
      for (const [matrix, out] of [
        [a, u],
        [b, v],
      ] as const) {
        if (size > 0) matrix.addRow(size - 1, 0.3, out);
        matrix.addRows(list, values, out);
      }
      expect([...u]).to.deep.equal([...v]);
    }
  }
}

describe('a symmetric matrix beside a shared design', () => {
  it('adds rows as the reference does at every size from 0 to 9 and about its first capacity', () => {
    for (const size of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 127, 129]) {
      const random = normal(size + 1);
      const both = [shared(), new PlainSymmetric()] as const;
      for (const matrix of both) matrix.resize(size);
      fill(both, 0, size, random);
      expectEqual(...both, random);
    }
  });

  it('keeps what it holds while it grows by odd and even steps', () => {
    const random = normal(5);
    const both = [shared(), new PlainSymmetric()] as const;
    let size = 0;
    for (const step of [1, 2, 4, 1, 55, 1, 1, 1, 63, 2, 70]) {
      for (const matrix of both) matrix.resize(size + step);
      fill(both, size, size + step, random);
      size += step;
      expectEqual(...both, random);
    }
  });

  it('keeps what fits when it shrinks and grows again', () => {
    const random = normal(6);
    const both = [shared(), new PlainSymmetric()] as const;
    let held = 0;
    for (const size of [70, 5, 66, 3, 200, 199, 201]) {
      for (const matrix of both) matrix.resize(size);
      fill(both, Math.min(held, size), size, random);
      held = size;
      expectEqual(...both, random);
    }
  });

  it('has work vectors of zeros that do not overlap', () => {
    const matrix = shared();
    matrix.resize(5);
    const vectors = [0, 1, 2].map((slot) => matrix.vector(slot));
    vectors.forEach((v, slot) => {
      v.fill(slot + 1);
    });
    expect(vectors.map((v) => [...v])).to.deep.equal([1, 2, 3].map((x) => new Array(5).fill(x)));
    expect([...matrix.vector(1)]).to.deep.equal([0, 0, 0, 0, 0]);
    expect([...vectors[0], ...vectors[2]]).to.deep.equal([...new Array(5).fill(1), ...new Array(5).fill(3)]);
  });

  it('does not share memory with another one', () => {
    const [a, b] = [shared(), shared()];
    for (const matrix of [a, b]) matrix.resize(3);
    fill([a], 0, 3, () => 1);
    fill([b], 0, 3, () => 2);
    expect([...a.dense()]).to.deep.equal(new Array(9).fill(1));
  });

  it('gives a dense copy that is its own', () => {
    const matrix = Symmetric.of(beside.engine, Float64Array.of(1, 2, 2, 3), 2);
    const dense = matrix.dense();
    expect([...dense]).to.deep.equal([1, 2, 2, 3]);
    dense.fill(0);
    expect([matrix.entry(0, 1), matrix.entry(1, 0), matrix.entry(1, 1)]).to.deep.equal([2, 2, 3]);
  });
});
