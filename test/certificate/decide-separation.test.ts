import { expect } from 'chai';
import fc from 'fast-check';
import { decideSeparation } from '../../src/certificate/decide-separation.js';
import { binomial } from '../../src/families/binomial.js';
import type { Problem } from '../../src/problem/problem.js';
import { maximumLikelihood } from '../../src/solvers/maximum-likelihood.js';
import { normal, problemOf } from '../solvers/random-problem.js';

const of = (...values: number[]) => Float64Array.from(values);
const MAXIMUM = { violation: 1e-9, maxIterations: 1000 };

function logistic(z: Float64Array[], y: ArrayLike<number>, options: Partial<Problem> = {}): Problem {
  return problemOf(z, Float64Array.from(y), { family: binomial, ...options });
}

/** Rows of both classes with a line between them, or with pairs on it, or with pairs anywhere. */
function drawn(seed: number, rows: number, columns: number, kind: 'apart' | 'touching' | 'mixed'): Problem {
  const random = normal(seed);
  const z = Array.from({ length: columns }, () => Float64Array.from({ length: rows }, random));
  const truth = z.map(() => 1 + Math.abs(random()));
  const score = (i: number) => z.reduce((s, c, j) => s + truth[j] * c[i], 0);
  const pairs = kind === 'apart' ? 0 : 5;
  for (let k = 0; k < pairs; k++) {
    // Both rows of a pair are equal, and one is of each class.
    for (const c of z) c[2 * k + 1] = c[2 * k];
    if (kind === 'touching') for (const i of [2 * k, 2 * k + 1]) z[0][i] -= score(i) / truth[0];
  }
  const y = Array.from({ length: rows }, (_, i) => (i < 2 * pairs ? i % 2 : Number(score(i) > 0)));
  return logistic(z, y);
}

describe('whether unpenalised coefficients separate the classes', () => {
  it('is decided alike from nothing, from a wrong point and from the optimum', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 14, max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('apart' as const, 'touching' as const, 'mixed' as const),
        (seed, rows, columns, kind) => {
          const problem = drawn(seed, rows, columns, kind);
          if (new Set(problem.y).size < 2) return;
          const far = { intercept: 3, beta: new Float64Array(columns).fill(-20) };
          const optimum = maximumLikelihood(problem).solve(0, null, MAXIMUM);
          for (const points of [[], [far], [optimum]]) {
            expect(decideSeparation(problem, 0, points) !== null).to.equal(kind !== 'mixed');
          }
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  });

  it('is not taken for overlap where the residuals that separate are far below the rounding of the others', () => {
    const random = normal(7);
    const rows = 4000;
    const y = Array.from({ length: rows }, () => Number(random() > 0));
    const flag = Float64Array.from(y, (label, i) => (label === 1 && i % 10 === 0 ? 1 : 0));
    const problem = logistic([flag], y);
    const plain = y.filter((_, i) => flag[i] === 0);
    const rate = plain.reduce((s, label) => s + label, 0) / plain.length;
    const intercept = Math.log(rate / (1 - rate));
    for (const size of [1, 10, 40, 147, 700, 1000]) {
      // All but the flagged rows balance, and these nearly do.
      const point = { intercept, beta: of(size) };
      expect(decideSeparation(problem, 0, [point])).to.deep.equal({ columns: Int32Array.of(0) });
    }
  });

  it('does not depend on how small the weight of the row is that overlaps', () => {
    const z = [of(-2, -1, 1, 2, 3)];
    for (const share of [1e-3, 1e-9, 1e-15]) {
      const v = of(1 - share, 1, 1, 1, 1).map((x, i) => (i === 4 ? share : x) / 5);
      expect(decideSeparation(logistic(z, [0, 0, 1, 1, 0], { v }), 0, [])).to.equal(null);
      expect(decideSeparation(logistic(z, [0, 0, 1, 1, 1], { v }), 0, [])).not.to.equal(null);
    }
  });

  it('does not depend on lambda, and names the columns that separate', () => {
    const random = normal(4);
    const z = [
      Float64Array.from({ length: 8 }, random),
      of(0, 0, 0, 0, 0, 0, 1, 1),
      Float64Array.from({ length: 8 }, random),
    ];
    const problem = logistic(z, [0, 1, 0, 1, 0, 1, 1, 1]);
    const penalty = { ...problem.penalty, factor: of(1, 0, 1) };
    for (const lambda of [1e-9, 1, 1e9]) {
      expect(decideSeparation({ ...problem, penalty }, lambda, [])).to.deep.equal({
        columns: Int32Array.of(1),
      });
    }
  });

  it('asks which way a bound leaves open', () => {
    const problem = logistic([of(0, 0, 0, 0, 1, 1)], [0, 1, 0, 1, 1, 1]);
    const within = (lower: number, upper: number) =>
      decideSeparation(
        { ...problem, penalty: { ...problem.penalty, lower: of(lower), upper: of(upper) } },
        0,
        [],
      );
    expect(within(0, Infinity)).not.to.equal(null);
    expect(within(-Infinity, 5)).to.equal(null);
    expect(within(-5, 5)).to.equal(null);
    const held = { ...problem, penalty: { ...problem.penalty, upper: of(5) } };
    // The optimum stands on the bound, and its residuals push against it.
    const optimum = { intercept: 0, beta: of(5) };
    expect(decideSeparation(held, 0, [optimum])).to.equal(null);
  });

  it('counts the intercept only where there is one', () => {
    // All values are positive: without an intercept no coefficient tells the classes apart.
    const z = [of(1, 2, 3, 4)];
    expect(decideSeparation(logistic(z, [0, 0, 1, 1]), 0, [])).not.to.equal(null);
    expect(decideSeparation(logistic(z, [0, 0, 1, 1], { intercept: false }), 0, [])).to.equal(null);
  });

  it('does not depend on offsets', () => {
    const offset = of(700, -700, 300, -300);
    expect(decideSeparation(logistic([of(-2, -1, 1, 2)], [0, 1, 0, 1], { offset }), 0, [])).to.equal(null);
    expect(decideSeparation(logistic([of(-2, -1, 1, 2)], [0, 0, 1, 1], { offset }), 0, [])).not.to.equal(
      null,
    );
  });

  it('takes a few passes over the data where most of many columns are held at their bounds', () => {
    const random = normal(4);
    const y = Array.from({ length: 30 }, (_, i) => i % 2);
    const z = Array.from({ length: 200 }, () => {
      const column = Float64Array.from(y, random);
      // Each column alone would fall, so that all are 0 at the optimum within bounds and the intercept is too.
      const slope = column.reduce((s, x, i) => s + x * (y[i] - 0.5), 0);
      return slope > 0 ? column.map((x) => -x) : column;
    });
    const free = logistic(z, y);
    const problem = { ...free, penalty: { ...free.penalty, lower: new Float64Array(200) } };
    let passes = 0;
    const design = Object.create(problem.design);
    for (const name of ['gradient', 'addPrediction'] as const) {
      design[name] = (...given: [Float64Array, Float64Array, Int32Array?]) => {
        passes++;
        problem.design[name](...given);
      };
    }
    const optimum = { intercept: 0, beta: new Float64Array(200) };
    expect(decideSeparation({ ...problem, design }, 0, [optimum])).to.equal(null);
    expect(passes).to.be.below(10);
    // Without a point it is found as well.
    expect(decideSeparation(problem, 0, [])).to.equal(null);
    expect(decideSeparation(free, 0, [optimum])).not.to.equal(null);
  });

  it('is decided where columns outnumber rows and depend on each other', () => {
    const random = normal(9);
    const base = Array.from({ length: 2 }, () => Float64Array.from({ length: 10 }, random));
    const z = Array.from({ length: 30 }, (_, j) => base[0].map((x, i) => x + j * base[1][i]));
    const apart = Array.from(base[0], (x) => Number(x > 0));
    expect(decideSeparation(logistic(z, apart), 0, [])).not.to.equal(null);
    const twice = z.map((c) => Float64Array.of(...c, ...c));
    const mixed = [...apart, ...apart.map((y) => 1 - y)];
    expect(decideSeparation(logistic(twice, mixed), 0, [])).to.equal(null);
  });
});
