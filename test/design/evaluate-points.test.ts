import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import {
  type DesignPoint,
  type EvaluatedPoint,
  type EvaluationRows,
  errorsAt,
  evaluatedAt,
  gradientsAt,
} from '../../src/design/evaluate-points.js';
import { binomial } from '../../src/families/binomial.js';
import { gaussian } from '../../src/families/gaussian.js';
import { sum } from '../../src/linalg/vector.js';
import { auc } from '../../src/metrics/auc.js';
import { binomialMetrics, binomialMetricsOf } from '../../src/metrics/binomial-metrics.js';
import { gaussianMetrics, gaussianMetricsOf, spreadOf } from '../../src/metrics/gaussian-metrics.js';
import { Engine } from '../../src/runtime/engine.js';
import { RowBlocks } from '../reference/row-blocks.js';
import { normal, uniform } from '../solvers/random-problem.js';

const EPSILON = Number.EPSILON;

const engine = new Engine(1);
after(() => engine.close());

/** Fills the free memory with NaN, so that a cell that is read before it is written shows in the result. */
function poison(): void {
  engine.wasm.scoped(() => engine.wasm.doubles(1 << 18).fill(Number.NaN));
}

function expectWithin(actual: number, expected: number, bound: number, what: string): void {
  if (!(Math.abs(actual - expected) <= bound))
    expect.fail(`${what}: ${actual} is not within ${bound} of ${expected}`);
}

interface Case {
  readonly rows: EvaluationRows;
  readonly cells: readonly Float64Array[];
  readonly points: readonly DesignPoint[];
  /** offset + intercept + X beta of each point by the reference, which adds in the same order: the same digits. */
  readonly etas: readonly Float64Array[];
}

/** Cells, coefficients and offsets are halves of small integers, so that scores are often tied and sometimes 0. */
function draw(family: 'gaussian' | 'binomial', n: number, columns: number, count: number): Case {
  const random = normal(n + 31 * columns);
  const chance = uniform(n + columns);
  const half = () => Math.round(2 * random()) / 2;
  const cells = Array.from({ length: columns }, () => Float64Array.from({ length: n }, half));
  const fill = (j: number, from: number, out: Float64Array) => {
    out.set(cells[j].subarray(from, from + out.length));
  };
  const y = Float64Array.from({ length: n }, () =>
    family === 'gaussian' ? random() : chance() < 0.4 ? 1 : 0,
  );
  const w = Float64Array.from({ length: n }, (_, i) => (i % 6 === 5 ? 0 : 0.1 + chance()));
  const offset = Float64Array.from({ length: n }, half);
  const points = Array.from({ length: count }, (_, k) => ({
    intercept: half(),
    beta: Float64Array.from({ length: columns }, (__, j) => ((j + k) % 3 === 1 ? 0 : half() / columns)),
  }));
  const plain = RowBlocks.layOut(n, columns, fill);
  const etas = points.map(({ intercept, beta }) => {
    const eta = offset.map((o) => o + intercept);
    plain.addPrediction(beta, eta);
    return eta;
  });
  poison();
  const design = Blocks.layOut(engine, n, columns, fill);
  return { rows: { family, design, y, w, offset }, cells, points, etas };
}

const SHAPES = [
  [1, 0],
  [1, 1],
  [2, 1],
  [7, 4],
  [9, 9],
  [255, 3],
  [257, 5],
  [513, 4],
  [2305, 2],
  [1, 2],
  [2, 5],
  [7, 40],
  [257, 260],
] as const;

describe('gradientsAt', () => {
  for (const family of ['gaussian', 'binomial'] as const) {
    it(`gives X' residual and the sum of residuals of the ${family} family at every point`, () => {
      const { residual: residualOf } = family === 'gaussian' ? gaussian : binomial;
      for (const [n, columns] of SHAPES) {
        for (const count of [0, 1, 3, 11]) {
          const { rows, cells, points, etas } = draw(family, n, columns, count);
          poison();
          const actual = gradientsAt(rows, points);
          expect(actual.length).to.equal(count);
          actual.forEach(({ gradient, interceptGradient }, k) => {
            const residual = new Float64Array(n);
            residualOf(rows.y, etas[k], rows.w, residual);
            // A residual is off by nothing (gaussian) or 6 EPSILON (binomial: the bound is in the logistic tests), a sum
            // of n products in any order by (n + 1) EPSILON sum |terms| between two orders.
            const bound = (n + 2 + (family === 'gaussian' ? 0 : 6)) * EPSILON;
            const at = `${n} x ${columns}, point ${k} of ${count}`;
            const size = sum(residual.map(Math.abs));
            expectWithin(interceptGradient, sum(residual), bound * size, `${at}, sum`);
            expect(gradient.length).to.equal(columns);
            cells.forEach((column, j) => {
              const terms = column.map((x, i) => x * residual[i]);
              expectWithin(gradient[j], sum(terms), bound * sum(terms.map(Math.abs)), `${at}, column ${j}`);
            });
          });
        }
      }
    });
  }
});

describe('points judged together', () => {
  for (const family of ['gaussian', 'binomial'] as const) {
    it(`have the digits that each has alone, however many there are (${family})`, () => {
      for (const [n, columns] of [
        [513, 4],
        [9, 9],
        [7, 40],
      ]) {
        const { rows, points } = draw(family, n, columns, 103);
        poison();
        const gradients = gradientsAt(rows, points);
        const errors = errorsAt(rows, points);
        expect([gradients.length, errors.length]).to.deep.equal([103, 103]);
        for (const k of [0, 3, 50, 99, 100, 102]) {
          poison();
          expect(gradients[k]).to.deep.equal(gradientsAt(rows, [points[k]])[0]);
          expect(errors[k]).to.deep.equal(errorsAt(rows, [points[k]])[0]);
        }
      }
    });
  }
});

/** Gradients are given back, so these are kept. */
const copied = (judged: EvaluatedPoint) => ({ ...judged, gradient: judged.gradient.slice() });

describe('evaluatedAt', () => {
  for (const family of ['gaussian', 'binomial'] as const) {
    it(`has the digits of the two apart, each by its own weights (${family})`, () => {
      for (const [n, columns] of SHAPES) {
        const { rows, points } = draw(family, n, columns, 7);
        const v = rows.w.map((weight, i) => (weight + (i % 3)) / n);
        poison();
        const both = evaluatedAt({ ...rows, v, errors: true, ranked: true }, points, copied);
        poison();
        const gradients = gradientsAt({ ...rows, w: v }, points);
        const errors = errorsAt(rows, points);
        expect(both).to.deep.equal(gradients.map((gradient, k) => ({ ...gradient, errors: errors[k] })));
        poison();
        expect(evaluatedAt({ ...rows, v, errors: true, ranked: false }, points, copied)).to.deep.equal(
          gradients.map((gradient, k) => ({ ...gradient, errors: { ...errors[k], area: Number.NaN } })),
        );
      }
    });
  }
});

describe('errorsAt', () => {
  it('has the squared and absolute errors that the gaussian metrics have', () => {
    for (const [n, columns] of SHAPES) {
      for (const count of [0, 1, 3, 11]) {
        const { rows, points, etas } = draw('gaussian', n, columns, count);
        poison();
        const actual = errorsAt(rows, points);
        expect(actual.length).to.equal(count);
        actual.forEach(({ sums: [squares, absolute], area }, k) => {
          const { mse, mae } = gaussianMetricsOf(spreadOf(rows.y, rows.w), squares, absolute);
          const expected = gaussianMetrics(rows.y, etas[k], rows.w);
          // The same terms, none negative, in another order, and one division on each side.
          expectWithin(mse, expected.mse, (n + 2) * EPSILON * expected.mse, 'mse');
          const absolutes = expected.mae as number;
          expectWithin(mae as number, absolutes, (n + 2) * EPSILON * absolutes, 'mae');
          expect(area).to.be.NaN;
        });
      }
    }
  });

  it('has the loss, accuracy, Brier score and area that the binomial metrics have, with ties and weights', () => {
    let ties = 0;
    for (const [n, columns] of SHAPES) {
      for (const count of [0, 1, 3, 11]) {
        const { rows, points, etas } = draw('binomial', n, columns, count);
        poison();
        const actual = errorsAt(rows, points);
        expect(actual.length).to.equal(count);
        actual.forEach(({ sums, area }, k) => {
          const metrics = binomialMetricsOf(sum(rows.w), ...sums, Number.isNaN(area) ? null : area);
          const expected = binomialMetrics(rows.y, etas[k], rows.w);
          ties += n - new Set(etas[k]).size;
          // Loss: 8 EPSILON a term (see the logistic tests), n additions, and for the factors of a product three roundings each;
          // accuracy: additions alone.
          expectWithin(
            metrics.logLoss,
            expected.logLoss,
            (3 * n + 10) * EPSILON * expected.logLoss,
            'logLoss',
          );
          expectWithin(
            metrics.accuracy,
            expected.accuracy,
            (n + 2) * EPSILON * expected.accuracy,
            'accuracy',
          );
          // The reference subtracts from 1, so an error of the probability is off by 6 EPSILON of 1, its square by 12.
          expectWithin(metrics.brier, expected.brier, (n + 16) * EPSILON, 'brier');
          // Both sort stably and add in the order of the rows: the same digits.
          expect(metrics.auc).to.equal(expected.auc);
        });
      }
    }
    expect(ties).to.be.above(1000);
  });

  /** Errors of given scores: no column, intercept 0 (or -0, which keeps the sign of a zero). */
  const ofScores = (y: number[], scores: number[], w: number[], oneBlock = false) => {
    const design = Blocks.layOut(engine, y.length, 0, () => {}, oneBlock);
    const [target, weights, offset] = [y, w, scores].map((x) => Float64Array.from(x));
    poison();
    const point = { intercept: -0, beta: new Float64Array(0) };
    return errorsAt({ family: 'binomial', design, y: target, w: weights, offset }, [point])[0];
  };

  it('counts a probability of exactly 1/2 for the positive class, whatever the sign of zero', () => {
    expect(ofScores([1, 1, 0, 0, 1], [0, -0, 0, -0, -1e-300], [1, 2, 4, 8, 16]).sums[1]).to.equal(28);
    expect(ofScores([0, 1, 0], [-1e-300, 1e-300, 1e-300], [1, 2, 4]).sums[1]).to.equal(4);
  });

  it('ties 0 with -0 and nothing else, to the last bit of a score', () => {
    expect(ofScores([1, 0], [0, -0], [1, 1]).area).to.equal(0.5);
    expect(ofScores([1, 0], [-0, 0], [1, 1]).area).to.equal(0.5);
    expect(ofScores([1, 0], [Number.MIN_VALUE, 0], [1, 1]).area).to.equal(1);
    expect(ofScores([1, 0], [-Number.MIN_VALUE, 0], [1, 1]).area).to.equal(0);
    expect(ofScores([1, 0], [1 + EPSILON, 1], [1, 1]).area).to.equal(1);
    expect(ofScores([1, 0], [-1 - EPSILON, -1], [1, 1]).area).to.equal(0);
  });

  it('orders scores of every size and sign', () => {
    const chance = uniform(8);
    const scores = Array.from(
      { length: 999 },
      () => (chance() - 0.5) * 10 ** Math.floor(600 * (chance() - 0.5)),
    );
    scores.push(Number.MAX_VALUE, -Number.MAX_VALUE, 0, -0, 800, -800);
    const y = scores.map(() => (chance() < 0.5 ? 1 : 0));
    const w = scores.map(chance);
    const expected = auc(Float64Array.from(y), Float64Array.from(scores), Float64Array.from(w));
    expect(ofScores(y, scores, w).area).to.equal(expected);
  });

  describe('counts pairs as sorting does, to the last digit', () => {
    const random = normal(5);
    const chance = uniform(6);
    const inf = Number.POSITIVE_INFINITY;
    const tiny = Number.MIN_VALUE;
    const drawn: [string, () => number][] = [
      ['well spread', random],
      ['far apart but for one', () => (chance() < 0.999 ? random() : 1e6)],
      ['in a few values', () => Math.round(random())],
      ['in many values', () => Math.round(50 * random())],
      ['zeros of both signs among others', () => (chance() < 0.1 ? (chance() < 0.5 ? 0 : -0) : random())],
      ['denormal', () => tiny * Math.round(1000 * random())],
      ['one next to the other', () => 1 + EPSILON * Math.round(300 * random())],
      ['of all sizes', () => random() ** 3 * 10 ** Math.round(100 * random())],
      ['infinite now and then', () => (chance() < 0.01 ? inf : chance() < 0.01 ? -inf : random())],
      ['as large as can be', () => (chance() < 0.5 ? -1 : 1) * (1 - 0.1 * chance()) * Number.MAX_VALUE],
      ['constant', () => 3],
      ['constant and infinite', () => inf],
    ];
    for (const [what, draw] of drawn) {
      it(`of scores that are ${what}`, () => {
        for (const n of [2, 3, 5, 8, 9, 17, 64, 257, 3000]) {
          for (const share of [0.5, 0.02]) {
            const scores = Array.from({ length: n }, draw);
            const y = scores.map(() => (chance() < share ? 1 : 0));
            for (const w of [y.map(() => 1), y.map(() => (chance() < 0.3 ? 0 : 1))]) {
              const expected = auc(Float64Array.from(y), Float64Array.from(scores), Float64Array.from(w));
              expect(ofScores(y, scores, w).area).to.deep.equal(expected ?? Number.NaN);
            }
          }
        }
      });
    }

    it('where the positive rows lie outside of the range of the others', () => {
      const y = Array.from({ length: 300 }, (_, i) => i % 2);
      const ones = y.map(() => 1);
      const placed = (at: number) => y.map((positive) => (positive === 1 ? at : random()));
      expect(ofScores(y, placed(100), ones).area).to.equal(1);
      expect(ofScores(y, placed(-100), ones).area).to.equal(0);
      expect(ofScores(y, placed(inf), ones).area).to.equal(1);
      expect(ofScores(y, placed(-inf), ones).area).to.equal(0);
    });
  });

  it('has area 1 and nothing classified wrong where scores separate the classes, whatever the weights and the order of the rows', () => {
    const chance = uniform(17);
    for (const n of [2, 9, 500, 3000]) {
      for (const draw of [chance, () => 0.1, () => 10 ** (20 * chance() - 10), () => 1e200 * chance()]) {
        const y = Array.from({ length: n }, (_, i) => (i === 0 ? 0 : i === 1 ? 1 : chance() < 0.5 ? 0 : 1));
        const w = y.map((_, i) => (i > 1 && chance() < 0.2 ? 0 : draw()));
        const scores = y.map((positive) => (positive === 1 ? 1 : -1) * (0.1 + chance()));
        for (const oneBlock of [false, true]) {
          const separated = ofScores(y, scores, w, oneBlock);
          expect([separated.area, separated.sums[1]]).to.deep.equal([1, 0]);
          expect(
            ofScores(
              y,
              scores.map((x) => -x),
              w,
              oneBlock,
            ).area,
          ).to.equal(0);
          expect(
            ofScores(
              y,
              scores.map(() => 0),
              w,
              oneBlock,
            ).area,
          ).to.equal(0.5);
        }
      }
    }
  });

  it('has no area where a class has no weight', () => {
    expect(ofScores([1, 1, 1], [1, 2, 3], [1, 1, 1]).area).to.be.NaN;
    expect(ofScores([0, 0, 1], [1, 2, 3], [1, 1, 0]).area).to.be.NaN;
    expect(ofScores([0, 1, 1], [1, 2, 3], [0, 1, 1]).area).to.be.NaN;
  });

  it('has the loss of many rows that count once or not at all, however small, large or even the scores are', () => {
    const scoresOf: ((i: number) => number)[] = [
      () => 0,
      (i) => (i % 2 === 0 ? 40 : -40),
      (i) => (i % 2 === 0 ? -0.01 : 700),
      (i) => (i - 1500) / 50,
      () => Number.MIN_VALUE,
    ];
    // A product takes 1024 rows at most.
    for (const n of [1, 2, 1023, 1024, 1025, 3000]) {
      for (const scoreOf of scoresOf) {
        const y = Array.from({ length: n }, (_, i) => (i + 1) % 2);
        const w = y.map((_, i) => (i % 7 === 3 ? 0 : 1));
        const scores = y.map((_, i) => scoreOf(i));
        const terms = scores.map((x, i) => {
          const m = y[i] === 1 ? -x : x;
          return w[i] * (Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m))));
        });
        const expected = terms.reduce((total, x) => total + x, 0);
        const twice = w.map((x) => 2 * x);
        // Of a factor of the product three operations are rounded, a term of a sum is off by 8 EPSILON (see the logistic tests).
        const bound = (3 * n + 10) * EPSILON * expected;
        for (const oneBlock of [false, true]) {
          const what = `${n} rows, ${scoreOf}, ${oneBlock ? 'one block' : 'blocks'}`;
          expectWithin(ofScores(y, scores, w, oneBlock).sums[0], expected, bound, what);
          // Weights that are no counts take a logarithm a row.
          expectWithin(
            ofScores(y, scores, twice, oneBlock).sums[0],
            2 * expected,
            2 * bound,
            `${what}, twice`,
          );
        }
      }
    }
  });

  it('keeps confident errors finite', () => {
    const { sums } = ofScores([1, 0, 1, 0], [800, -800, -800, 800], [1, 1, 1, 1]);
    expect(sums).to.deep.equal([1600, 2, 2]);
  });
});
