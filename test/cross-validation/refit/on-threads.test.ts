import { expect } from 'chai';
import type { Folds } from '../../../src/cross-validation/folds.js';
import { foldsOnThreads } from '../../../src/cross-validation/refit/on-threads.js';
import { foldByRows, foldsByRows, sourceOf } from '../../../src/cross-validation/refit/refit.js';
import { packFolds, unpackFolds } from '../../../src/cross-validation/refit/task.js';
import { DataError } from '../../../src/errors.js';
import { Engine } from '../../../src/runtime/engine.js';
import { regression } from '../../fit/fit-helpers.js';
import { foldsOf, messy, without } from '../folds.js';

/** More columns than rows, some of them categories, with weights and an offset. */
function wide(family: 'gaussian' | 'binomial', engine: Engine): Folds {
  const rows = 60;
  const { x, y } = regression(rows, 90, 5);
  const columns = { ...messy(rows, 3), ...Object.fromEntries(x.map((column, j) => [`z${j}`, column])) };
  const target = family === 'gaussian' ? y : y.map((value) => Number(value > 2));
  const given = { weights: 'w', offset: 'o', penaltyFactor: [['g', 2]] } as const;
  return foldsOf({ ...without(columns, 'y'), y: target }, 5, given, engine);
}

describe('cross-validation with folds on threads', () => {
  for (const family of ['gaussian', 'binomial'] as const) {
    it(`has the digits of one thread: ${family}`, async () => {
      const engines = [new Engine(1), new Engine(4).startThreads()];
      const [one, four] = engines.map((engine) => wide(family, engine));
      const expected = foldsByRows(one, () => {});
      const calls: number[] = [];
      expect(await foldsOnThreads(four, (done) => calls.push(done))).to.deep.equal(expected);
      expect(calls).to.deep.equal([1, 2, 3, 4, 5]);
      expect(await foldsOnThreads(one, () => {})).to.deep.equal(expected);
      for (const engine of engines) engine.close();
    });
  }

  it('sends all that a fold needs as plain data', () => {
    const engine = new Engine(1);
    const folds = wide('binomial', engine);
    const task = structuredClone(packFolds(sourceOf(folds), new Int32Array(new SharedArrayBuffer(4))));
    // An engine of its own, on which nothing has been reserved or laid out before.
    const other = new Engine(1);
    const errors = foldByRows(unpackFolds(task, other), 2);
    expect(errors).to.deep.equal(foldsByRows(folds, () => {})[2]);
    for (const used of [engine, other]) used.close();
  });

  it('throws here what a thread failed with', async () => {
    const engine = new Engine(3).startThreads();
    const folds = wide('gaussian', engine);
    // Two features of one name are refused when a fold is laid out, there and here.
    const [first] = folds.parts.train.features;
    const train = { ...folds.parts.train, features: [first, ...folds.parts.train.features] };
    const broken = { ...folds, parts: { ...folds.parts, train } };
    const failure = await foldsOnThreads(broken, () => {}).catch((error: unknown) => error);
    engine.close();
    expect(failure).to.be.instanceOf(DataError);
  });
});
