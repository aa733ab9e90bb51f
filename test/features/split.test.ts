import { expect } from 'chai';
import fc from 'fast-check';
import { DataError } from '../../src/errors.js';
import { drawSplit } from '../../src/features/split.js';

/** What the generator gave when the first version was published; another generator would move every user's rows. */
const PINNED = {
  plain: [5, 6, 12, 14, 19],
  otherSeed: [1, 5, 7, 10, 16],
  stratified: [1, 2, 3, 8, 9, 16, 17, 19],
};

describe('drawSplit', () => {
  it('gives every row to one part, an exact count to the test, both ascending', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (rows, seed) => {
        for (const count of [1, Math.floor(rows / 3), rows - 1].filter((c) => c > 0)) {
          const { train, test } = drawSplit(rows, count, seed, null);
          expect(test.length).to.equal(count);
          const all = [...train, ...test].sort((a, b) => a - b);
          expect(all).to.deep.equal(Array.from({ length: rows }, (_, i) => i));
          expect([...test]).to.deep.equal([...test].sort((a, b) => a - b));
          expect([...train]).to.deep.equal([...train].sort((a, b) => a - b));
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('rounds a fraction to whole rows', () => {
    expect(drawSplit(442, 0.2, 1, null).test.length).to.equal(88);
    expect(drawSplit(10, 0.25, 1, null).test.length).to.equal(3);
  });

  it('draws the same rows for the same seed, ever', () => {
    expect([...drawSplit(20, 5, 1, null).test]).to.deep.equal(PINNED.plain);
    expect([...drawSplit(20, 5, 2, null).test]).to.deep.equal(PINNED.otherSeed);
    const classes = Int32Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    expect([...drawSplit(20, 0.4, 1, classes).test]).to.deep.equal(PINNED.stratified);
  });

  it('draws every row about as often as every other', () => {
    const count = new Float64Array(10);
    for (let seed = 0; seed < 2000; seed++) {
      for (const row of drawSplit(10, 3, seed, null).test) count[row]++;
    }
    for (const times of count) expect(times).to.be.within(600 - 5 * 21, 600 + 5 * 21);
  });

  it('gives each class its share of the test rows, to within one row, and the exact count in all', () => {
    const arbitrary = fc.array(fc.constantFrom(0, 1, 1, 1), { minLength: 4, maxLength: 50 });
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 999 }), (classes, seed) => {
        const rows = classes.length;
        const { test } = drawSplit(rows, 0.25, seed, Int32Array.from(classes));
        expect(test.length).to.equal(Math.round(rows * 0.25));
        for (const k of [0, 1]) {
          const exact = (classes.filter((c) => c === k).length * test.length) / rows;
          const drawn = test.filter((row) => classes[row] === k).length;
          expect(Math.abs(drawn - exact)).to.be.below(1);
        }
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it('gives the rows that are left over to the largest remainders, of equal ones to the first class', () => {
    const drawn = (sizes: number[], count: number) => {
      const classes = sizes.flatMap((size, k) => new Array<number>(size).fill(k));
      const { test } = drawSplit(classes.length, count / classes.length, 1, Int32Array.from(classes));
      return sizes.map((_, k) => test.filter((row) => classes[row] === k).length);
    };
    expect(drawn([4, 8, 8], 7)).to.deep.equal([1, 3, 3]);
    expect(drawn([8, 4, 8], 7)).to.deep.equal([3, 1, 3]);
    expect(drawn([5, 5, 10], 3)).to.deep.equal([1, 1, 1]);
    expect(drawn([7, 2, 1], 5)).to.deep.equal([4, 1, 0]);
    expect(drawn([1, 2, 7], 5)).to.deep.equal([1, 1, 3]);
  });

  it('refuses to leave a part without rows', () => {
    expect(() => drawSplit(10, 10, 1, null)).to.throw(
      DataError,
      '--holdout 10 of 10 rows leaves no training row',
    );
    expect(() => drawSplit(10, 11, 1, null)).to.throw(DataError, 'no training row');
    expect(() => drawSplit(4, 0.1, 1, null)).to.throw(
      DataError,
      '--holdout 0.1 of 4 rows leaves no test row',
    );
    expect(() => drawSplit(1, 0.2, 1, null)).to.throw(DataError, 'no test row');
  });
});
