import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { UsageError } from '../../src/errors.js';
import { fit, fitOutcome } from '../../src/fit/fit.js';
import { revisit } from '../../src/fit/revisit.js';
import type { FitOptions } from '../../src/options/options.js';
import { Engine } from '../../src/runtime/engine.js';
import { tableOf } from '../features/tables.js';
import { named, regression } from './fit-helpers.js';

/** Linux shows the threads of a process as folders. */
const THREADS = '/proc/self/task';
const running = () => readdirSync(THREADS).length;

/** Large enough for the compiled kernels. */
const [ROWS, COLUMNS] = [10_000, 20];
const { x, y } = regression(ROWS, COLUMNS, 3);
const TABLE = tableOf(named(x, y));

/** Options that are found wrong when the kernels have been started. */
const FAILS: Partial<FitOptions> = { penaltyFactor: [['no such column', 2]] };

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return null;
}

/** Waits until no more threads run than before: they end a little after they are told to. */
async function endedTo(before: number): Promise<number> {
  for (let look = 0; look < 500 && running() > before; look++) await sleep(20);
  return running();
}

describe('the threads of a fit', () => {
  before(function () {
    if (!existsSync(THREADS)) this.skip();
    const engine = new Engine(2).startThreadsFor(0.8 * ROWS, COLUMNS);
    engine.close();
    expect(engine.pool.threads, 'the problem is too small to start a thread').to.equal(2);
  });

  const calls: [string, (options: FitOptions) => unknown][] = [
    ['fit', (options) => fit(TABLE, options, { threads: 3 })],
    ['fitOutcome', (options) => fitOutcome(TABLE, options, { threads: 3 })],
    ['revisit', (options) => revisit(TABLE, options, { threads: 3 }, () => null)],
  ];
  for (const [name, call] of calls) {
    it(`end when ${name} throws`, async () => {
      const before = running();
      for (let k = 0; k < 3; k++) {
        const error = await thrownBy(() =>
          call({ target: 'y', lambda: { kind: 'list', values: [1] }, ...FAILS }),
        );
        expect(error).to.be.instanceOf(UsageError);
      }
      expect(await endedTo(before)).to.be.at.most(before);
    });

    it(`end when ${name} returns`, async () => {
      const before = running();
      await call({ target: 'y', lambda: { kind: 'list', values: [1] } });
      expect(await endedTo(before)).to.be.at.most(before);
    });
  }
});
