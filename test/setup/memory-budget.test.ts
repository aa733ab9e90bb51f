import { expect } from 'chai';
import { DataError } from '../../src/errors.js';
import { type FitOutcome, fit, fitOutcome } from '../../src/fit/fit.js';
import type { FitOptions } from '../../src/options/options.js';
import { resolveOptions } from '../../src/options/resolve-options.js';
import { Engine } from '../../src/runtime/engine.js';
import { memoryNeed } from '../../src/setup/memory-budget.js';
import { fitShape } from '../../src/setup/prepare.js';
import { tableOf } from '../features/tables.js';
import { uniform } from '../solvers/random-problem.js';

interface Case
  extends Pick<FitOptions, 'family' | 'penalty' | 'cv'>,
    Partial<Pick<FitOptions, 'l1Ratio' | 'nonnegative' | 'lower'>> {
  readonly rows: number;
  readonly columns: number;
  /** Of one more column, a text, if there is one. */
  readonly levels?: number;
}

/** Columns of small numbers, and a target that some of them explain. */
function drawn({ rows, columns, family, levels }: Case) {
  const draw = uniform(rows + columns);
  const table: Record<string, Float64Array> = {};
  const eta = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    const x = new Float64Array(rows);
    for (let i = 0; i < rows; i++) x[i] = draw() - draw();
    if (j < 10) for (let i = 0; i < rows; i++) eta[i] += x[i] / (1 + j / 4);
    table[`x${j}`] = x;
  }
  table.y = eta.map((value) =>
    family === 'binomial' ? Number(value + draw() - draw() > 0) : value + draw(),
  );
  const texts = (count: number) => ({ c: Array.from({ length: rows }, (_, i) => `L${(i * 7) % count}`) });
  return tableOf(levels === undefined ? table : { ...table, ...texts(levels) });
}

function optionsOf({ family, penalty, cv = null, l1Ratio, nonnegative, lower }: Case): FitOptions {
  return {
    target: 'y',
    lambda: { kind: 'grid', count: 20, minRatio: null },
    family,
    penalty,
    cv,
    ...(l1Ratio !== undefined && { l1Ratio }),
    ...(nonnegative && { nonnegative }),
    ...(lower && { lower }),
    maxLevels: 400,
  } as FitOptions;
}

async function fitted(task: Case, engine: Engine): Promise<FitOutcome> {
  try {
    return await fitOutcome(drawn(task), optionsOf(task), { engine: () => engine });
  } finally {
    engine.close();
  }
}

/** Bytes beyond an empty memory: what is used, what was predicted to be used in any case, and at most. */
async function bytesOf(task: Case) {
  const engine = new Engine(1);
  const empty = engine.wasm.used;
  const { parts, report, path } = await fitted(task, engine);
  const shape = fitShape(
    parts,
    report.features.length,
    task.levels !== undefined,
    resolveOptions(optionsOf(task)),
  );
  const support = path.reduce((most, point) => Math.max(most, point.support.length), 1);
  // A working set holds some columns more than get a coefficient.
  const working = Math.min(report.features.length, 2 * support + 50);
  return {
    taken: engine.wasm.highWater - empty,
    least: memoryNeed(shape, 0, 0),
    most: memoryNeed(shape, 0, working),
  };
}

const CASES: Case[] = [
  { rows: 4000, columns: 60, family: 'gaussian', penalty: 'ridge' },
  { rows: 4000, columns: 60, family: 'gaussian', penalty: 'lasso', cv: 5 },
  { rows: 9000, columns: 30, family: 'gaussian', penalty: 'elasticnet' },
  { rows: 1100, columns: 300, family: 'gaussian', penalty: 'lasso' },
  { rows: 150, columns: 1500, family: 'gaussian', penalty: 'ridge', cv: 3 },
  { rows: 150, columns: 1500, family: 'gaussian', penalty: 'lasso', cv: 3 },
  { rows: 500, columns: 600, family: 'gaussian', penalty: 'ridge' },
  { rows: 20_000, columns: 12, family: 'binomial', penalty: 'ridge' },
  { rows: 6000, columns: 40, family: 'binomial', penalty: 'lasso', cv: 4 },
  { rows: 150, columns: 1500, family: 'binomial', penalty: 'ridge' },
  { rows: 150, columns: 1500, family: 'binomial', penalty: 'lasso' },
  { rows: 500, columns: 600, family: 'binomial', penalty: 'ridge' },
  { rows: 150, columns: 1500, family: 'gaussian', penalty: 'ridge', nonnegative: true },
  { rows: 150, columns: 1500, family: 'binomial', penalty: 'ridge', nonnegative: true },
  { rows: 500, columns: 600, family: 'gaussian', penalty: 'ridge', nonnegative: true },
  { rows: 150, columns: 1500, family: 'gaussian', penalty: 'ridge', lower: [['x1', 0]] },
  { rows: 150, columns: 1500, family: 'binomial', penalty: 'ridge', lower: [['x1', 0]] },
  { rows: 240, columns: 1500, family: 'gaussian', penalty: 'elasticnet', l1Ratio: 0.02 },
  { rows: 240, columns: 1500, family: 'binomial', penalty: 'elasticnet', l1Ratio: 0.02 },
  { rows: 20_000, columns: 2, levels: 200, family: 'gaussian', penalty: 'lasso', cv: 3 },
  { rows: 20_000, columns: 2, levels: 200, family: 'binomial', penalty: 'ridge' },
  { rows: 40_000, columns: 2, levels: 130, family: 'binomial', penalty: 'lasso', cv: 3 },
];

describe('the memory that a fit takes', () => {
  for (const task of CASES) {
    const { rows, columns, levels, family, penalty, cv, l1Ratio, nonnegative, lower } = task;
    const texts = levels ? ` and ${levels} levels` : '';
    const kind = `${family} ${penalty}${l1Ratio === undefined ? '' : ` ${l1Ratio}`}${nonnegative ? ' not below 0' : ''}${lower ? ' with a bound' : ''}`;
    it(`is predicted by its shape: ${rows} x ${columns}${texts}, ${kind}${cv ? `, ${cv} folds` : ''}`, async () => {
      const { taken, least, most } = await bytesOf(task);
      expect(least).to.be.below(1.01 * taken);
      expect(most).to.be.above(taken);
      // How large a wide problem's working set becomes is guessed.
      expect(most).to.be.below((columns > rows ? 2 : 1.5) * taken);
    });
  }

  it('counts no cells of a design that is kept as codes', async () => {
    const engine = new Engine(1, 16 * 2 ** 20);
    const draw = uniform(3);
    const c = Array.from({ length: 8000 }, (_, i) => `L${(i * 7) % 367}`);
    const y = c.map((level) => Number(draw() + level.length / 10 > 0.8));
    try {
      const options = {
        target: 'y',
        lambda: { kind: 'grid', count: 5, minRatio: null },
        maxLevels: 400,
      } as FitOptions;
      const { path, features } = await fit(tableOf({ c, y }), options, { engine: () => engine });
      // As doubles they would take more than there is.
      expect(8 * 6400 * features.length).to.be.above(engine.wasm.most);
      expect(path.every(({ certified }) => certified)).to.equal(true);
    } finally {
      engine.close();
    }
  });

  it('is refused before the work where it is more than there is, with its size and what helps', async () => {
    const engine = new Engine(1, 16 * 2 ** 20);
    const { used } = engine.wasm;
    const task: Case = { rows: 4000, columns: 500, family: 'gaussian', penalty: 'ridge' };
    const error = await fitted(task, engine).then(
      () => null,
      (thrown) => thrown,
    );
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.match(
      /^data\.csv: 3200 training and 800 test rows with 500 features take 0\.0[2-9] GB of memory, and there are 0\.02 GB; use fewer rows, or fewer columns \(--features, --exclude, a lower --max-levels\)$/,
    );
    expect(engine.wasm.highWater).to.equal(used);
  });

  it('is a fault of the data where it turns out to be too much, and names rows and columns', async () => {
    const task: Case = { rows: 900, columns: 400, family: 'binomial', penalty: 'lasso' };
    const { least, most } = await bytesOf(task);
    const engine = new Engine(1);
    const empty = engine.wasm.used;
    engine.close();
    const error = await fitted(task, new Engine(1, empty + least + (most - least) / 8)).then(
      () => null,
      (thrown) => thrown,
    );
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.match(
      /^data\.csv: 720 training and 180 test rows of 400 columns: not enough memory: 0\.0\d GB are needed at once, of 0\.0\d GB; use fewer rows/,
    );
  });

  for (const family of ['gaussian', 'binomial'] as const) {
    it(`does not grow with the threads, so that what fits for one fits for many: ${family}`, async () => {
      const task: Case = {
        rows: 60_000,
        columns: 3,
        family,
        penalty: 'lasso',
        cv: family === 'gaussian' ? 4 : null,
      };
      const alone = new Engine(1);
      const one = await fitted(task, alone);
      const many = await fitted(task, new Engine(8, alone.wasm.highWater).startThreads());
      expect(many.report).to.deep.equal(one.report);
    });
  }
});
