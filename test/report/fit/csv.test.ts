import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { standardized } from '../../../src/report/fit/entry-order.js';
import { chunks, HOSTILE_NAMES, rendered, sampleReport } from '../sample-report.js';

const rowsOf = (text: string): string[][] => parse(text, { relax_column_count: false });

/** What a reader does to undo the guard; see csvCell. */
const unguarded = (name: string): string => name.replace(/^'(?='*[=+\-@\t\r\n])/, '');

describe('csv: path', () => {
  it('has a fixed header, with and without test rows', async () => {
    const header =
      'lambda,nonzero,sparsity,df,l1Norm,l2Norm,train_mse,train_rmse,train_mae,train_r2,' +
      'test_mse,test_rmse,test_mae,test_r2,dfError,kkt,certified,selected';
    for (const tested of [true, false]) {
      const text = await rendered(sampleReport({ tested }), { format: 'csv' });
      expect(text.split('\n')[0]).to.equal(header);
    }
    const binomial = await rendered(sampleReport({ family: 'binomial' }), { format: 'csv', table: 'path' });
    expect(binomial.split('\n')[0]).to.equal(
      'lambda,nonzero,sparsity,df,l1Norm,l2Norm,train_logLoss,train_auc,train_accuracy,train_brier,' +
        'test_logLoss,test_auc,test_accuracy,test_brier,dfError,kkt,certified,selected',
    );
  });

  it('reads back to the same numbers, all of them, the selected row marked', async () => {
    const report = sampleReport({ changes: (_, index) => ({ dfError: index / 100 }) });
    const [, ...rows] = rowsOf(await rendered(report, { format: 'csv', rows: 5 }));
    expect(rows).to.have.length(report.path.length);
    rows.forEach((cells, index) => {
      const point = report.path[index];
      expect(Number(cells[0])).to.equal(point.lambda);
      expect(Number(cells[4])).to.equal(point.l1Norm);
      expect(Number(cells[10])).to.equal((point.test as { mse: number }).mse);
      expect(Number(cells[14])).to.equal(point.dfError);
      expect(Number(cells[15])).to.equal(point.kkt);
      expect(cells[16]).to.equal(String(point.certified));
      expect(cells[17]).to.equal(String(index === report.selected.index));
    });
  });

  it('leaves undefined figures empty', async () => {
    const [, first] = rowsOf(await rendered(sampleReport({ tested: false }), { format: 'csv' }));
    expect(first.slice(10, 14)).to.deep.equal(['', '', '', '']);
    const failed = sampleReport({ changes: () => ({ kkt: Number.NaN, certified: false }) });
    const [, broken] = rowsOf(await rendered(failed, { format: 'csv' }));
    expect(broken.slice(15, 17)).to.deep.equal(['', 'false']);
  });
});

describe('csv: coefficients', () => {
  const report = sampleReport({ names: HOSTILE_NAMES });

  it('has a row for each feature in file order, whatever its name', async () => {
    const [header, ...rows] = rowsOf(await rendered(report, { format: 'csv', table: 'coefficients' }));
    expect(header).to.deep.equal(['feature', 'entered', 'coefficient', 'standardized']);
    // A lone surrogate has no UTF-8 of its own.
    const written = HOSTILE_NAMES.map((name) => Buffer.from(name).toString());
    expect(rows.map(([name]) => unguarded(name))).to.deep.equal(written);
    const { index } = report.selected;
    rows.forEach((cells, j) => {
      const entered = report.path.find(({ coefficients }) => coefficients[j] !== 0);
      expect(cells[1]).to.equal(entered === undefined ? '' : String(entered.lambda));
      expect(Number(cells[2])).to.equal(report.path[index].coefficients[j]);
      expect(Number(cells[3])).to.equal(standardized(report, index, j));
    });
    expect(rows.at(-1)![1]).to.equal('');
  });

  it('never starts a cell as a formula, and never prefixes a number', async () => {
    const text = await rendered(report, { format: 'csv', table: 'coefficients' });
    const rows = rowsOf(text).slice(1);
    for (const [name] of rows) expect(name).to.not.match(/^[=+\-@\t\r\n]/);
    expect(rows.some(([, , coefficient]) => /^-\d/.test(coefficient))).to.equal(true);
  });

  it('has a row for each lambda and feature with --rows all', async () => {
    const small = sampleReport({ names: ['a', '=b'], lambdas: 3 });
    const options = { format: 'csv', table: 'coefficients', rows: 'all' } as const;
    const [header, ...rows] = rowsOf(await rendered(small, options));
    expect(header).to.deep.equal(['lambda', 'feature', 'coefficient', 'standardized']);
    expect(rows).to.have.length(6);
    rows.forEach(([lambda, name, coefficient], k) => {
      const index = Math.floor(k / 2);
      expect(Number(lambda)).to.equal(small.path[index].lambda);
      expect(unguarded(name)).to.equal(small.features[k % 2]);
      expect(Number(coefficient)).to.equal(small.path[index].coefficients[k % 2]);
    });
    expect([...(await chunks(small, options))]).to.have.length(4);
  });
});
