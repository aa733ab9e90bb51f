import { expect } from 'chai';
import fc from 'fast-check';
import { shortestSum, type Vectors } from '../../src/linalg/non-negative.js';
import { dot } from '../../src/linalg/vector.js';
import { normal } from '../solvers/random-problem.js';

function vectorsOf(list: readonly Float64Array[]): Vectors {
  return {
    count: list.length,
    vector: (i) => list[i].slice(),
    products: (r) => Float64Array.from(list, (a) => dot(a, r)),
  };
}

const of = (...values: number[]) => Float64Array.from(values);

describe('the shortest sum with multipliers of 0 or more', () => {
  it('is the vector itself where every other one would lengthen it', () => {
    expect(shortestSum(vectorsOf([of(1, 0), of(0, 1)]), of(1, 2), 1e-14)).to.deep.equal(of(1, 2));
  });

  it('is 0 where the vectors cancel it, be they dependent or not', () => {
    const list = [of(-1, 0), of(0, -1), of(-1, -1), of(-2, -2)];
    expect(shortestSum(vectorsOf(list), of(1, 2), 1e-14)).to.deep.equal(of(0, 0));
  });

  it('is the distance to the border of the cone in between', () => {
    const r = shortestSum(vectorsOf([of(-1, 1)]), of(1, 1), 1e-14);
    expect([...r!]).to.deep.equal([1, 1]);
    const other = shortestSum(vectorsOf([of(-1, 0.5)]), of(1, 1), 1e-14)!;
    // c + u a with u = -c'a / a'a.
    expect(other[0]).to.be.closeTo(1 - 0.4, 1e-15);
    expect(other[1]).to.be.closeTo(1 + 0.2, 1e-15);
  });

  it('meets the conditions of optimality on random vectors', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 40 }),
        (seed, length, count) => {
          const random = normal(seed);
          const draw = () => Float64Array.from({ length }, random);
          const list = Array.from({ length: count }, draw);
          // Some stand twice.
          list.push(...list.slice(0, 2).map((a) => a.slice()));
          const c = draw();
          const r = shortestSum(vectorsOf(list), c, 1e-14)!;
          const products = list.map((a) => dot(a, r));
          const length2 = (x: Float64Array) => Math.sqrt(dot(x, x));
          list.forEach((a, i) => {
            expect(products[i]).to.be.at.least(-1e-9 * length2(a) * length2(c));
          });
          // r - c is a sum of vectors whose product with r is 0.
          expect(dot(r, r)).to.be.closeTo(dot(r, c), 1e-9 * dot(c, c));
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });
});
