import { expect } from 'chai';
import { Blocks } from '../../src/design/blocks.js';
import { errorsAt, gradientsAt } from '../../src/design/evaluate-points.js';
import { LogisticLoss } from '../../src/problem/logistic-loss.js';
import { Engine } from '../../src/runtime/engine.js';
import { CONTROL, STATE } from '../../src/runtime/thread-pool.js';
import { normal } from '../solvers/random-problem.js';

/** Until every worker waits for jobs: one that is still starting does not take part. */
async function started(engine: Engine): Promise<void> {
  const control: Int32Array = Reflect.get(engine.pool, 'control');
  for (let thread = 1; thread < engine.pool.threads; thread++) {
    const state = CONTROL.firstState + thread - 1;
    for (let wait = 0; wait < 3000 && Atomics.load(control, state) === STATE.starting; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(Atomics.load(control, state)).not.to.equal(STATE.starting);
  }
}

/** What every operation gives on one random matrix, as bytes. */
function everything(engine: Engine, rows: number, columns: number): Map<string, string> {
  const random = normal(rows);
  const vector = (length: number) => Float64Array.from({ length }, random);
  const design = Blocks.layOut(engine, rows, columns, (_j, _from, out) => {
    for (let i = 0; i < out.length; i++) out[i] = random();
  });
  const results = new Map<string, string>();
  const keep = (name: string, ...x: readonly Float64Array[]) => {
    const bytes = x.map((a) => Buffer.from(a.slice().buffer).toString('latin1')).join();
    results.set(name, bytes);
  };
  const [r, beta, offset] = [vector(rows), vector(columns), vector(rows)];
  const w = vector(rows).map(Math.abs);
  const y = vector(rows).map((x) => (x > 0 ? 1 : 0));
  const some = Int32Array.from({ length: Math.min(columns, 133) }, (_, k) => (5 * k) % columns);
  const points = Array.from({ length: 9 }, () => ({ intercept: random(), beta: vector(columns) }));

  const gradient = vector(columns);
  design.gradient(r, gradient);
  keep('gradient', gradient);
  const gradients = points.map(() => vector(columns));
  design.gradients(
    points.map(() => vector(rows)),
    gradients,
  );
  if (columns > rows || rows > 256) keep('gradients', ...gradients);
  const eta = r.slice();
  design.addPrediction(beta, eta);
  keep('addPrediction', eta);
  const etas = points.map(() => vector(rows));
  design.addPredictions(
    points.map((p) => p.beta),
    etas,
  );
  keep('addPredictions', ...etas);
  keep('gram of few columns', design.gram(w, some.subarray(0, 9)));
  keep('gram', design.gram(w, some));
  if (columns > rows) keep('outerGram', design.outerGram(beta));

  const state = new LogisticLoss(design, y, w, offset);
  const losses = [
    state.reset(
      0.3,
      beta.map((b) => b / 50),
    ),
  ];
  const part = vector(some.length);
  losses.push(
    state.step(
      some,
      vector(some.length).map((d) => d / 50),
      0.1,
      part,
    ),
  );
  state.fullGradient(gradient);
  keep(
    'logistic',
    Float64Array.of(...losses, state.residualSum(), state.curvatureSum()),
    part,
    gradient,
    state.curvature(),
  );

  for (const family of ['gaussian', 'binomial'] as const) {
    const on = { family, design, y, w, offset };
    for (const { gradient: g, interceptGradient } of gradientsAt(on, points))
      keep(`${family} gradient`, g, Float64Array.of(interceptGradient));
    for (const { sums, area } of errorsAt(on, points))
      keep(`${family} errors`, Float64Array.of(...sums, area));
  }
  return results;
}

describe('the compiled kernels', () => {
  const engines = [1, 2, 3].map((threads) => new Engine(threads).startThreads());
  before(() => Promise.all(engines.map(started)));
  after(() => {
    for (const engine of engines) engine.close();
  });

  for (const [rows, columns] of [
    [257, 3],
    [4999, 40],
    [3000, 140],
    [31, 2500],
    [300, 700],
  ]) {
    it(`give the same bits with one, two and three threads, time after time (${rows} x ${columns})`, () => {
      const [alone, ...rest] = engines;
      const expected = everything(alone, rows, columns);
      for (let round = 0; round < 3; round++) {
        for (const engine of rest) {
          const actual = everything(engine, rows, columns);
          expect([...actual.keys()]).to.deep.equal([...expected.keys()]);
          const differing = [...expected.keys()].filter((name) => actual.get(name) !== expected.get(name));
          expect(differing, `${engine.pool.threads} threads`).to.deep.equal([]);
        }
      }
    });
  }

  it('do not wait for a thread that is slow to wake', async () => {
    const engine = new Engine(2).startThreads();
    await started(engine);
    const control: Int32Array = Reflect.get(engine.pool, 'control');
    const expected = everything(engines[0], 999, 20);
    // A sleeper that is never woken: the worker itself looks at another word.
    const state = CONTROL.firstState + 1;
    Atomics.store(control, state, STATE.asleep);
    Reflect.get(engine.pool, 'workers').push({ terminate: () => {} });
    Reflect.set(engine.pool, 'threads', 3);
    expect(everything(engine, 999, 20)).to.deep.equal(expected);
    expect(Atomics.load(control, state)).to.equal(STATE.idle);
    engine.close();
  });
});
