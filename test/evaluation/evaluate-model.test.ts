import { expect } from 'chai';
import type { Table } from '../../src/csv/columns/table.js';
import { evaluateModel } from '../../src/evaluation/evaluate-model.js';
import type { EvaluateReport, Finding } from '../../src/evaluation/evaluate-report.js';
import type { Model } from '../../src/model/model.js';
import { textColumns } from '../../src/model/score/reading.js';
import type { FitOptions } from '../../src/options/options.js';
import { fitted, fixture, mixedTable, tableOf } from '../model/model-helpers.js';

const SOURCE = { source: 'm.json' };

/** The rows of a table for which a test holds, as another table. */
function rowsOf(table: Table, keep: (row: number) => boolean): Table {
  const rows = Array.from({ length: table.rows }, (_, i) => i).filter(keep);
  const columns = table.columns.map((column) => {
    if (column.kind === 'dirty') return column;
    const cells = column.kind === 'numeric' ? column.values : column.codes;
    const missing = rows.filter((row) =>
      column.kind === 'numeric' ? Number.isNaN(cells[row]) : cells[row] < 0,
    ).length;
    return column.kind === 'numeric'
      ? { ...column, missing, values: Float64Array.from(rows, (row) => column.values[row]) }
      : { ...column, missing, codes: Int32Array.from(rows, (row) => column.codes[row]) };
  });
  return { source: 'part.csv', rows: rows.length, columns, lineOf: (row) => table.lineOf(rows[row]) };
}

const found = (report: EvaluateReport, code: string): Finding[] =>
  report.findings.filter((f) => f.code === code);

/** A model of `y` on a number, a category and a weightless column, and a way to score other rows with it. */
async function small(options: Partial<FitOptions> = {}): Promise<(text: string) => Promise<EvaluateReport>> {
  const lines = Array.from({ length: 200 }, (_, i) => {
    const x = (i * 37) % 101;
    return `${x},${'abc'[i % 3]},7,${3 * x + 50 * (i % 3) + (i % 7)}`;
  });
  const { model } = await fitted(
    await tableOf(`x,kind,same,y\n${lines.join('\n')}\n`),
    { target: 'y', ...options },
    'last',
  );
  return async (text) => evaluateModel(model, await tableOf(text, textColumns(model)), SOURCE);
}

const plain = (n: number, cells: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => cells(i)).join('\n');

describe('evaluateModel', () => {
  for (const [title, read, options] of [
    ['gaussian', () => fixture('diabetes'), { target: 'target' }],
    ['binomial', () => fixture('birthwt'), { target: 'low' }],
    ['with weights', () => fixture('birthwt'), { target: 'low', weights: 'lwt' }],
    ['with an offset', () => fixture('diabetes'), { target: 'target', offset: 's1' }],
    ['with filled cells', mixedTable, { target: 'price', exclude: ['sold'], missing: 'mean' }],
    ['with dropped rows', mixedTable, { target: 'sold', exclude: ['price'] }],
  ] as [string, () => Promise<Table>, FitOptions][]) {
    it(`finds on training and test rows what the fit found, the baseline too: ${title}`, async () => {
      const table = await read();
      const { outcome, model } = await fitted(table, options);
      const { train, test } = outcome.parts;
      for (const part of ['train', 'test'] as const) {
        const rows = new Set((part === 'train' ? train : test!).rows);
        const { metrics, baseline } = evaluateModel(
          model,
          rowsOf(table, (row) => rows.has(row)),
          SOURCE,
        );
        const close = (a: object | null, b: object | null) => {
          for (const [name, value] of Object.entries(b!)) {
            expect((a as Record<string, number>)[name], name).to.be.closeTo(
              value,
              1e-9 * Math.max(1, Math.abs(value)),
            );
          }
        };
        close(metrics, model.metrics[part]);
        close(baseline, model.metrics.baseline[part]);
      }
    });
  }

  it('knows its training file, and says that its rows are no judge', async () => {
    const table = await fixture('diabetes');
    const { model } = await fitted(table, { target: 'target' });
    const report = evaluateModel(model, table, SOURCE);
    expect(report.data.isTrainingFile).to.equal(true);
    expect(report.warnings.map(({ code }) => code)).to.deep.equal(['training-file']);
    expect(
      evaluateModel(
        model,
        rowsOf(table, (row) => row !== 3),
        SOURCE,
      ).data.isTrainingFile,
    ).to.equal(false);
  });

  it('counts rows without a label, and rows without a cell that the model needs, and measures the others', async () => {
    const evaluate = await small();
    const rows = plain(20, (i) => (i === 3 ? '1,a,7,' : i === 5 ? ',a,7,10' : `${i},a,7,${i}`));
    const { data, warnings, refusal } = await evaluate(`x,kind,same,y\n${rows}\n`);
    expect(data).to.include({ rows: 20, rowsUsed: 18, rowsUnlabelled: 1, rowsUnscored: 1 });
    expect(warnings.map(({ code }) => code)).to.deep.equal(['rows-unlabelled', 'rows-unscored']);
    expect(refusal).to.equal(null);
  });

  it('refuses a missing cell by line where the model was trained to', async () => {
    const evaluate = await small({ missing: 'error' });
    const { refusal, metrics } = await evaluate('x,kind,same,y\n1,a,7,2\n,b,7,3\n');
    expect(refusal).to.match(/inline\.csv:3: column "x": a cell is missing/);
    expect(metrics).to.equal(null);
  });

  it('goes on without the weights, with a word', async () => {
    const table = await fixture('birthwt');
    const { model } = await fitted(table, { target: 'low', weights: 'lwt', exclude: ['age'] });
    const without: Table = { ...table, columns: table.columns.filter(({ name }) => name !== 'lwt') };
    const report = evaluateModel(model, without, SOURCE);
    expect(report.weights).to.equal(null);
    expect(report.metrics).to.not.equal(null);
    expect(found(report, 'column-missing')[0]).to.include({ column: 'lwt', severity: 'warning' });
  });

  it('compares the columns though nothing can be measured', async () => {
    const evaluate = await small();
    const report = await evaluate('x,same,y\n1,7,3\n2,7,4\n');
    expect(report.refusal).to.match(/"kind" is missing/);
    expect(found(report, 'column-missing')[0]).to.include({ column: 'kind', severity: 'error' });
  });

  it('offers a near name for a missing column, but never one that the model knows as another', async () => {
    const table = await fixture('diabetes');
    const { model } = await fitted(table, { target: 'target' }, 'last');
    const renamed = (to: string): Table => ({
      ...table,
      columns: table.columns.map((column) => (column.name === 's6' ? { ...column, name: to } : column)),
    });
    expect(evaluateModel(model, renamed('glucose'), SOURCE).refusal).to.match(/"s6" is missing.*; add it$/);
    expect(evaluateModel(model, renamed('S6'), SOURCE).refusal).to.match(/is it "S6"\? Rename it/);
  });

  it('does without the target where only the columns are to be compared', async () => {
    const { model } = await fitted(await fixture('diabetes'), { target: 'target' });
    const table = await fixture('diabetes');
    const unlabelled: Table = { ...table, columns: table.columns.filter(({ name }) => name !== 'target') };
    expect(evaluateModel(model, unlabelled, SOURCE).refusal).to.match(/--check-only/);
    const report = evaluateModel(model, unlabelled, { ...SOURCE, checkOnly: true });
    expect([report.refusal, report.metrics]).to.deep.equal([null, null]);
    expect(report.findings.filter(({ severity }) => severity !== 'info')).to.deep.equal([]);
  });
});

describe('the comparison of columns', () => {
  it('finds nothing in fresh rows of the same kind', async () => {
    const evaluate = await small();
    const rows = plain(150, (i) => `${(i * 29) % 101},${'abc'[(i * 2) % 3]},7,${i}`);
    expect(
      (await evaluate(`x,kind,same,y\n${rows}\n`)).findings.filter((f) => f.column !== 'y'),
    ).to.deep.equal([]);
  });

  it('names unseen levels with their share and examples', async () => {
    const evaluate = await small();
    const rows = plain(100, (i) => `${i},${i < 10 ? 'new' : 'abc'[i % 3]},7,${i}`);
    const [finding] = found(await evaluate(`x,kind,same,y\n${rows}\n`), 'unseen-levels');
    expect(finding).to.include({ column: 'kind', severity: 'warning', value: 0.1, detail: '"new" (10)' });
    expect(finding.message).to.match(/correct the spelling/);
  });

  it('names the most frequent unseen levels first', async () => {
    const evaluate = await small();
    const levels = ['one', ...Array(4).fill('four'), ...Array(3).fill('three'), ...Array(2).fill('two')];
    const rows = plain(10, (i) => `${i},${levels[i]},7,${i}`);
    const [finding] = found(await evaluate(`x,kind,same,y\n${rows}\n`), 'unseen-levels');
    expect(finding.detail).to.equal('"four" (4), "three" (3), "two" (2) and 1 more');
  });

  it('names columns of another type: text, some bad cells, numbers for words', async () => {
    const evaluate = await small();
    const type = async (cells: (i: number) => string) =>
      found(await evaluate(`x,kind,same,y\n${plain(60, cells)}\n`), 'type-changed').map(
        ({ column, severity }) => [column, severity],
      );
    expect(await type((i) => `w${i},a,7,${i}`)).to.deep.equal([['x', 'error']]);
    expect(await type((i) => `${i === 9 ? 'oops' : i},a,7,${i}`)).to.deep.equal([['x', 'error']]);
    expect(await type((i) => `${i},${i % 3},7,${i}`)).to.deep.equal([['kind', 'warning']]);
    // It has no coefficient, so the model does not care.
    expect(await type((i) => `${i},a,w${i},${i}`)).to.deep.equal([['same', 'info']]);
  });

  it('tells more missing cells from chance', async () => {
    const evaluate = await small({ missing: 'mean' });
    const share = async (n: number, missing: number) =>
      found(
        await evaluate(`x,kind,same,y\n${plain(n, (i) => `${i < missing ? '' : i % 101},a,7,${i}`)}\n`),
        'missing-share',
      ).length;
    expect(await share(100, 30)).to.equal(1);
    expect(await share(200, 8)).to.equal(0);
    expect(await share(6, 0)).to.equal(0);
  });

  it('grants few rows as many missing cells as chance may bring, by the normal bound on two shares', async () => {
    const lines = plain(
      200,
      (i) => `${i % 10 === 3 ? '' : (i * 37) % 101},${3 * ((i * 37) % 101) + (i % 7)}`,
    );
    const options: FitOptions = { target: 'y', missing: 'mean', holdout: 0 };
    const { model } = await fitted(await tableOf(`x,y\n${lines}\n`), options, 'last');
    const finding = async (n: number, missing: number) => {
      const rows = plain(n, (i) => `${i < missing ? '' : i % 101},${i}`);
      const report = evaluateModel(model, await tableOf(`x,y\n${rows}\n`), SOURCE);
      return found(report, 'missing-share')[0];
    };
    // A share of 0.1 in training: twice that is chance in 20 rows, and not in 500.
    expect(await finding(20, 4)).to.equal(undefined);
    const { value, bound } = await finding(500, 100);
    // z = 3.0902 (once in a thousand) for the difference of two shares, pooled.
    const all = 200;
    const pooled = (100 + 0.1 * all) / (500 + all);
    const chance = 3.0902 * Math.sqrt(pooled * (1 - pooled) * (1 / 500 + 1 / all));
    expect(value).to.equal(0.2);
    expect(bound).to.be.closeTo(0.1 + chance, 1e-12);
  });

  it('measures how many values lie outside the training range and how far', async () => {
    const evaluate = await small();
    const rows = (far: number) => plain(50, (i) => `${i === 0 ? far : i},a,7,${i}`);
    const [near] = found(await evaluate(`x,kind,same,y\n${rows(101)}\n`), 'range-excess').filter(
      (f) => f.column === 'x',
    );
    expect(near).to.include({ severity: 'info', value: 0.02 });
    const report = await evaluate(`x,kind,same,y\n${rows(400)}\n`);
    expect(found(report, 'range-excess').find((f) => f.column === 'x')).to.include({ severity: 'warning' });
    // Deviation of 0, 1, ..., 100: sqrt((101^2 - 1) / 12); the training rows have nearly that.
    expect(report.columns.find((c) => c.name === 'x')!.rangeDistance).to.be.closeTo(
      300 / Math.sqrt((101 ** 2 - 1) / 12),
      0.3,
    );
  });

  it('finds a distribution that moved, a column that stopped varying, and columns it does not know', async () => {
    const evaluate = await small();
    const moved = await evaluate(`x,kind,same,y,more\n${plain(100, (i) => `${60 + (i % 40)},a,7,${i},1`)}\n`);
    expect(found(moved, 'population-stability-index').map((f) => [f.column, f.severity])).to.deep.include([
      'x',
      'warning',
    ]);
    expect(found(moved, 'constant-now').map((f) => f.column)).to.deep.equal(['kind']);
    expect(found(moved, 'extra-column').map((f) => [f.column, f.severity])).to.deep.equal([['more', 'info']]);
  });

  it('finds classes that the model does not know, and leaves their rows out', async () => {
    const table = await fixture('sonar');
    const { model } = await fitted(table, { target: 'Class' });
    const strange = table.columns.map((column) =>
      column.name === 'Class' && column.kind === 'text'
        ? { ...column, levels: ['Q', column.levels[1]] }
        : column,
    );
    const report = evaluateModel(model, { ...table, columns: strange }, SOURCE);
    expect(found(report, 'unseen-class')[0]).to.include({ severity: 'error', column: 'Class' });
    expect(report.data.rowsUnlabelled).to.be.above(50);
  });

  it('compares columns of any name', async () => {
    const names = ['__proto__', 'constructor', '=cmd()'];
    const text = `${names.join()},y\n${plain(60, (i) => `${i},${(i * 7) % 11},${i % 5},${3 * i + (i % 5)}`)}\n`;
    const { model } = await fitted(await tableOf(text), { target: 'y' });
    const report = evaluateModel(model as Model, await tableOf(text), SOURCE);
    expect(report.columns.map(({ name }) => name)).to.deep.equal(['y', ...names]);
    expect(report.columns.every(({ psi }) => psi !== null && psi < 0.1)).to.equal(true);
  });
});
