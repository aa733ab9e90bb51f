import { expect } from 'chai';
import { Symmetric } from '../../src/linalg/symmetric.js';
import { kktDistance, type Separable } from '../../src/penalties/elastic-net.js';
import { Engine } from '../../src/runtime/engine.js';
import { type QuadraticState, solveQuadratic } from '../reference/quadratic.js';
import { PlainSymmetric } from '../reference/symmetric.js';
import { normal, uniform } from '../solvers/random-problem.js';
import { type Rows, randomRows, times, transposed } from './random-matrix.js';

const engine = new Engine(1);
after(() => engine.close());

type Twin = Symmetric | PlainSymmetric;

/** Empty matrices: the reference, and the compiled one in memory that held NaN. */
const TWINS: readonly (() => Twin)[] = [
  () => new PlainSymmetric(),
  () => {
    engine.wasm.scoped(() => engine.wasm.doubles(1 << 18).fill(Number.NaN));
    return new Symmetric(engine);
  },
];

interface Case {
  readonly gram: Rows;
  readonly q: Float64Array;
  readonly penalties: readonly Separable[];
}

interface Kind {
  readonly ridge: number;
  readonly bounded: boolean;
  readonly dependent: boolean;
}

/** A path of problems; a column in seven is unpenalised, and some l1 parts are 0 altogether. */
function randomCase(size: number, { ridge, bounded, dependent }: Kind, seed: number): Case {
  const rows = 3 * size + 5;
  const random = normal(seed);
  const chance = uniform(seed + 1);
  const x = randomRows(rows, size, seed + 2);
  if (dependent) {
    for (const row of x) for (let j = 2; j < size; j += 3) row[j] = row[j - 1] - 2 * row[j - 2];
  }
  const beta = Array.from({ length: size }, () => (chance() < 0.4 ? 2 * random() : 0));
  const y = x.map((row) => row.reduce((s, v, j) => s + v * beta[j], 0.3 * random()));
  const gram = times(transposed(x), x).map((row) => row.map((v) => v / rows));
  const q = Float64Array.from(
    { length: size },
    (_, j) => x.reduce((s, row, i) => s + row[j] * y[i], 0) / rows,
  );
  const factor = Float64Array.from({ length: size }, () => (chance() < 1 / 7 ? 0 : 0.5 + chance()));
  const limit = (sign: number) =>
    Float64Array.from({ length: size }, () =>
      bounded && chance() < 0.4 ? sign * chance() : sign * Infinity,
    );
  const [lower, upper] = [limit(-1), limit(1)];
  const penalties = Array.from({ length: 12 }, (_, k) => {
    const lambda = k === 11 ? 0 : 2 * 0.75 ** k;
    return {
      l1: factor.map((f) => f * lambda * (1 - ridge)),
      l2: factor.map((f) => f * lambda * ridge),
      lower,
      upper,
    };
  });
  return { gram, q, penalties };
}

interface Walk {
  readonly points: readonly Float64Array[];
  readonly gradients: readonly Float64Array[];
  readonly sweeps: readonly number[];
}

/** What solves problems on a matrix, its factor kept from one to the next. */
function solverOn(h: Twin) {
  if (h instanceof PlainSymmetric) {
    const factor = h.factor();
    return (penalty: Separable, state: QuadraticState, violation: number, maxSweeps: number) =>
      solveQuadratic({ h, factor, penalty }, state, violation, maxSweeps);
  }
  const factor = h.factor();
  return factor.minimise.bind(factor);
}

/** Every problem of the path, each from the solution before it. */
function walk(h: Twin, { gram, q, penalties }: Case, violation: number, maxSweeps: number): Walk {
  h.resize(q.length);
  gram.forEach((row, i) => {
    for (let j = 0; j <= i; j++) h.set(i, j, row[j]);
  });
  const solve = solverOn(h);
  const b = new Float64Array(q.length);
  const c = h.vector(0);
  c.set(q);
  const found = penalties.map((penalty) => {
    const sweeps = solve(penalty, { b, c }, violation, maxSweeps);
    return { b: b.slice(), c: c.slice(), sweeps };
  });
  return {
    points: found.map((at) => at.b),
    gradients: found.map((at) => at.c),
    sweeps: found.map((at) => at.sweeps),
  };
}

const largest = (x: Iterable<number>) => [...x].reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** The largest KKT distance, with a gradient made anew. */
function distance({ gram, q }: Case, penalty: Separable, b: Float64Array): number {
  const c = q.map((value, i) => value - gram[i].reduce((s, v, j) => s + v * b[j], 0));
  return largest(b.map((value, j) => kktDistance(penalty, j, value, c[j])));
}

const KINDS: Record<string, Kind> = {
  lasso: { ridge: 0, bounded: false, dependent: false },
  'elastic net': { ridge: 0.4, bounded: false, dependent: false },
  'lasso within bounds': { ridge: 0, bounded: true, dependent: false },
  'ridge within bounds': { ridge: 1, bounded: true, dependent: false },
  'lasso on dependent columns': { ridge: 0, bounded: false, dependent: true },
  'elastic net on dependent columns within bounds': { ridge: 0.1, bounded: true, dependent: true },
};

const SIZES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 64, 65, 130];

describe('the restricted quadratic problem', () => {
  for (const [name, kind] of Object.entries(KINDS)) {
    it(`is solved along a path, compiled or not: ${name}`, () => {
      for (const size of SIZES) {
        const given = randomCase(size, kind, 100 + size);
        const violation = 1e-10 * (1 + largest(given.q));
        for (const make of TWINS) {
          const { points, sweeps } = walk(make(), given, violation, 100_000);
          points.forEach((b, k) => {
            expect(sweeps[k]).to.be.below(100_000);
            expect(distance(given, given.penalties[k], b)).to.be.at.most(2 * violation);
          });
        }
      }
    });

    if (!kind.dependent) {
      it(`is decided alike by both: ${name}`, () => {
        for (const size of SIZES) {
          const given = randomCase(size, kind, 300 + size);
          const violation = 1e-9 * (1 + largest(given.q));
          const [plain, compiled] = TWINS.map((make) => walk(make(), given, violation, 1000));
          expect(compiled.sweeps).to.deep.equal(plain.sweeps);
          plain.points.forEach((b, k) => {
            const other = compiled.points[k];
            expect(Array.from(other, Math.sign)).to.deep.equal(Array.from(b, Math.sign));
            // Conditions are below 1e3 here, and both are within the violation of the one solution.
            const apart = 1e3 * Math.max(size, 1) * (violation * (kind.ridge > 0 ? 1 : 1e-3));
            b.forEach((value, j) => {
              expect(Math.abs(value - other[j])).to.be.at.most(apart);
            });
            plain.gradients[k].forEach((value, j) => {
              expect(Math.abs(value - compiled.gradients[k][j])).to.be.at.most(apart * 10);
            });
          });
        }
      });
    }
  }

  it('stops after as many sweeps as it is given', () => {
    const given = randomCase(30, KINDS.lasso, 7);
    for (const make of TWINS) {
      for (const most of [0, 1, 2, 3, 5]) {
        const { sweeps } = walk(make(), given, 0, most);
        for (const count of sweeps) expect(count).to.be.at.most(most);
      }
    }
  });

  it('gives up where only rounding is left, long before the sweeps are spent', () => {
    for (const kind of [KINDS.lasso, KINDS['elastic net on dependent columns within bounds']]) {
      const whole = randomCase(12, kind, 7);
      const given = { ...whole, penalties: whole.penalties.slice(5, 8) };
      for (const make of TWINS) {
        const { sweeps } = walk(make(), given, 0, 100_000);
        for (const count of sweeps) expect(count).to.be.below(10_000);
      }
    }
  });

  it('comes back onto a bound that it begins beyond, and takes the others along', () => {
    // A solution in the scale of all rows may lie beyond a bound in the scale of a fold.
    const given: Case = {
      gram: [
        [1, 0.5],
        [0.5, 1],
      ],
      q: Float64Array.of(5, 2),
      penalties: [],
    };
    const [none, upper] = [new Float64Array(2), Float64Array.of(1, Infinity)];
    const penalty = { l1: none, l2: none, lower: Float64Array.of(-Infinity, -Infinity), upper };
    for (const make of TWINS) {
      const h = make();
      h.resize(2);
      for (const [i, j] of [
        [0, 0],
        [1, 0],
        [1, 1],
      ])
        h.set(i, j, given.gram[i][j]);
      const b = Float64Array.of(3, 1);
      const c = h.vector(0);
      c.set([5 - 3.5, 2 - 2.5]);
      solverOn(h)(penalty, { b, c }, 1e-12, 1);
      expect(b[0]).to.equal(1);
      expect(b[1]).to.be.closeTo(1.5, 1e-12);
      expect(c[1]).to.be.closeTo(0, 1e-12);
    }
  });

  it('lets the cheaper of columns that say the same take over at once', () => {
    // Sweeps alone would hand over a ten-thousandth at a time.
    const size = 3;
    for (const cheaper of [0, 1, 2]) {
      const l1 = new Float64Array(size).fill(2e-4);
      l1[cheaper] = 1e-4;
      const penalty = {
        ...{ l1, l2: new Float64Array(size) },
        ...{ lower: new Float64Array(size).fill(-Infinity), upper: new Float64Array(size).fill(Infinity) },
      };
      for (const make of TWINS) {
        const h = make();
        h.resize(size);
        for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) h.set(i, j, 1);
        const b = Float64Array.of(0.2, 0.3, 0.4);
        const c = h.vector(0);
        c.fill(0.1);
        const sweeps = solverOn(h)(penalty, { b, c }, 1e-9, 100_000);
        expect(sweeps).to.be.below(20);
        b.forEach((value, j) => {
          expect(value).to.be.closeTo(j === cheaper ? 1 - 1e-4 : 0, 1e-12);
        });
      }
    }
  });

  it('ends where the gradient is not a number', () => {
    const given = randomCase(5, KINDS.lasso, 8);
    given.q.fill(Number.NaN);
    for (const make of TWINS) expect(walk(make(), given, 1e-9, 50).sweeps[0]).to.equal(50);
  });

  it('goes on with a matrix that has grown', () => {
    for (const size of [9, 60, 100]) {
      const given = randomCase(size, KINDS['elastic net'], 9);
      const small = Math.floor(size / 2);
      const penalty = given.penalties[6];
      for (const make of TWINS) {
        const h = make();
        const solve = solverOn(h);
        let b = new Float64Array(0);
        for (const now of [small, size]) {
          const from = h.size;
          h.resize(now);
          for (let i = from; i < now; i++) for (let j = 0; j <= i; j++) h.set(i, j, given.gram[i][j]);
          const start = new Float64Array(now);
          start.set(b);
          b = start;
          const c = h.vector(0);
          for (let i = 0; i < now; i++)
            c[i] = given.q[i] - b.reduce((s, v, j) => s + v * given.gram[i][j], 0);
          const part = Object.fromEntries(
            Object.entries(penalty).map(([key, v]) => [key, v.subarray(0, now)]),
          ) as unknown as Separable;
          solve(part, { b, c }, 1e-10, 1000);
        }
        expect(distance(given, penalty, b)).to.be.at.most(1e-9);
      }
    }
  });
});
