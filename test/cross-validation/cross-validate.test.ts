import { expect } from 'chai';
import type { Table } from '../../src/csv/columns/table.js';
import { readCsv } from '../../src/csv/read-csv.js';
import { drawFolds } from '../../src/features/split.js';
import { fit } from '../../src/fit/fit.js';
import type { FitReport } from '../../src/fit/fit-report.js';
import { errorOf } from '../../src/metrics/metrics.js';

/** Some rows of a table as a table of their own. */
function rowsOf(table: Table, rows: readonly number[]): Table {
  const columns = table.columns.map((column) => {
    if (column.kind === 'numeric')
      return { ...column, values: Float64Array.from(rows, (i) => column.values[i]) };
    if (column.kind === 'text') return { ...column, codes: Int32Array.from(rows, (i) => column.codes[i]) };
    return column;
  });
  return { ...table, rows: rows.length, columns };
}

const cases = [
  { file: 'diabetes', target: 'target', classed: false },
  { file: 'birthwt', target: 'low', classed: true },
] as const;

describe('cross-validation', () => {
  for (const { file, target, classed } of cases) {
    it(`is a fit on the other folds, measured on each fold: ${file}`, async () => {
      const table = await readCsv(`fixtures/${file}.csv`);
      const cv = 4;
      const lambda = { kind: 'list', values: classed ? [0.05, 0.01] : [20, 2] } as const;
      const report = await fit(table, { target, cv, lambda, holdout: 0, seed: 5 });
      const column = table.columns.find(({ name }) => name === target);
      const y = column?.kind === 'numeric' ? Int32Array.from(column.values) : new Int32Array(0);
      const foldOf = drawFolds(table.rows, cv, 5, classed ? y : null);
      const folds: { report: FitReport; weight: number }[] = [];
      for (let fold = 0; fold < cv; fold++) {
        const all = Array.from({ length: table.rows }, (_, i) => i);
        const held = rowsOf(
          table,
          all.filter((i) => foldOf[i] === fold),
        );
        const rest = rowsOf(
          table,
          all.filter((i) => foldOf[i] !== fold),
        );
        folds.push({ report: await fit(rest, { target, lambda }, { testTable: held }), weight: held.rows });
      }
      report.path.forEach(({ cv: error }, k) => {
        const errors = folds.map((f) => errorOf(f.report.path[k].test!));
        const mean = folds.reduce((s, f, i) => s + f.weight * errors[i], 0) / table.rows;
        const spread = folds.reduce((s, f, i) => s + f.weight * (errors[i] - mean) ** 2, 0) / table.rows;
        expect(error!.mean).to.be.closeTo(mean, 1e-9 * mean);
        expect(error!.standardError).to.be.closeTo(Math.sqrt(spread / (cv - 1)), 1e-7 * mean);
      });
    });
  }

  it('selects the smallest error, or the largest lambda within a standard error of it, which is the default', async () => {
    const table = await readCsv('fixtures/diabetes.csv');
    const smallest = await fit(table, { target: 'target', cv: 10, select: 'cv' });
    const means = smallest.path.map(({ cv }) => cv!.mean);
    const best = smallest.path[smallest.selected.index].cv!;
    expect(best.mean).to.equal(Math.min(...means));
    const sparse = await fit(table, { target: 'target', cv: 10 });
    expect(sparse.selected.rule).to.equal('cv-1se');
    expect(sparse.selected.index).to.equal(means.findIndex((mean) => mean <= best.mean + best.standardError));
    expect(sparse.selected.index).to.be.below(smallest.selected.index);
  });

  it('never looks at the test rows', async () => {
    const table = await readCsv('fixtures/diabetes.csv');
    const lambda = { kind: 'list', values: [5, 1] } as const;
    const report = await fit(table, { target: 'target', cv: 5, lambda });
    const { train } = await import('../../src/features/split.js').then(({ drawSplit }) =>
      drawSplit(442, 0.2, 1, null),
    );
    const alone = await fit(rowsOf(table, [...train]), { target: 'target', cv: 5, lambda, holdout: 0 });
    expect(report.path.map(({ cv }) => cv)).to.deep.equal(alone.path.map(({ cv }) => cv));
  });

  it('deals folds of equal size, each class in its share, the same for the same seed', () => {
    const classes = Int32Array.from({ length: 103 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const folds = drawFolds(103, 10, 3, classes);
    const count = (fold: number, k: number) =>
      folds.reduce((s, f, i) => s + (f === fold && classes[i] === k ? 1 : 0), 0);
    for (let fold = 0; fold < 10; fold++) {
      expect(count(fold, 0) + count(fold, 1)).to.be.within(10, 11);
      expect(count(fold, 1)).to.be.within(2, 3);
    }
    expect(drawFolds(103, 10, 3, classes)).to.deep.equal(folds);
    expect(drawFolds(103, 10, 4, classes)).to.not.deep.equal(folds);
  });

  it('takes a level, and a factor for it, that some folds do not have', async () => {
    const table = await readCsv({
      name: 'data.csv',
      open: () => [
        Buffer.from(
          `g,x,y\n${Array.from({ length: 30 }, (_, i) => `${i === 3 ? 'rare' : i % 2 ? 'a' : 'b'},${(i * 7) % 11},${i % 5}`).join('\n')}\n`,
        ),
      ],
    });
    const report = await fit(table, { target: 'y', cv: 5, holdout: 0, penaltyFactor: [['g=rare', 2]] });
    expect(report.path.every(({ cv }) => Number.isFinite(cv!.mean))).to.equal(true);
  });

  it('is refused with fewer rows than folds, and its rules without it', async () => {
    const table = await readCsv('fixtures/diabetes.csv');
    const fails = async (options: object, words: string) => {
      const error = await fit(table, { target: 'target', ...options }).catch((e: Error) => e);
      expect((error as Error).message).to.include(words);
    };
    await fails({ cv: 1000 }, '--cv 1000: there are only 354 training rows');
    await fails({ cv: 1 }, 'cv 1');
    await fails({ select: 'cv' }, 'add --cv 10');
  });
});
