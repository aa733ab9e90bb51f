import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { Table } from '../../src/csv/columns/table.js';
import { parseModel } from '../../src/model/file/load.js';
import { selfTestRows } from '../../src/model/file/self-test.js';
import { modelText } from '../../src/model/file/text.js';
import type { Model } from '../../src/model/model.js';
import type { FitOptions } from '../../src/options/options.js';
import { verifyModel } from '../../src/verification/verify.js';
import { tableOf as csvTable, fitted, fixture, mixedTable } from '../model/model-helpers.js';

const SOURCE = { source: 'm.json' };
const schema = JSON.parse(readFileSync(new URL('../../schema/verify.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

const failures = (model: Model, table: Table) =>
  verifyModel(model, table, SOURCE).checks.flatMap(({ code, passed }) => (passed ? [] : [code]));

/** Someone changes a model and makes its self-test and digest fit again. */
async function resigned(model: Model, change: Partial<Model>): Promise<Model> {
  const changed = { ...model, ...change };
  return parseModel(modelText({ ...changed, selfTest: selfTestRows(changed) }), 'm.json');
}

/** The same table with one cell of a numeric column replaced. */
function withCell(table: Table, name: string, row: number, change: (x: number) => number): Table {
  const columns = table.columns.map((column) => {
    if (column.name !== name || column.kind !== 'numeric') return column;
    return { ...column, values: column.values.map((x, i) => (i === row ? change(x) : x)) };
  });
  return { ...table, columns };
}

const CASES: [title: string, read: () => Promise<Table>, options: FitOptions][] = [
  ['diabetes', () => fixture('diabetes'), { target: 'target' }],
  ['birthwt', () => fixture('birthwt'), { target: 'low' }],
  [
    'categories that look like numbers',
    () => fixture('birthwt', ['ftv']),
    { target: 'low', categorical: ['ftv'] },
  ],
  ['sonar', () => fixture('sonar'), { target: 'Class' }],
  ['quickstart', () => fixture('quickstart'), { target: 'y' }],
  ['more columns than rows', () => fixture('wide'), { target: 'y' }],
  ['weights', () => fixture('birthwt'), { target: 'low', weights: 'lwt' }],
  ['an offset', () => fixture('diabetes'), { target: 'target', offset: 's1' }],
  [
    'no intercept, no standardization',
    () => fixture('diabetes'),
    { target: 'target', intercept: false, standardize: false },
  ],
  [
    'bounds and factors',
    () => fixture('diabetes'),
    { target: 'target', upper: [['bmi', 2]], penaltyFactor: [['sex', 0]] },
  ],
  ['rows dropped', mixedTable, { target: 'price', exclude: ['sold'] }],
  ['cells filled by the mean', mixedTable, { target: 'sold', exclude: ['price'], missing: 'mean' }],
  ['cells filled by the median', mixedTable, { target: 'price', exclude: ['sold'], missing: 'median' }],
  ['no test rows', () => fixture('diabetes'), { target: 'target', holdout: 0 }],
  ['folds', () => fixture('diabetes'), { target: 'target', cv: 5 }],
];

describe('verifyModel', () => {
  for (const [title, read, options] of CASES) {
    for (const penalty of ['ridge', 'lasso', 'elasticnet'] as const) {
      it(`says yes of what a fit saved: ${title}, ${penalty}`, async () => {
        const table = await read();
        const { model } = await fitted(table, { ...options, penalty });
        const loaded = await parseModel(modelText(model), 'm.json');
        const report = verifyModel(loaded, await read(), SOURCE);
        expect(report.checks.filter(({ passed }) => !passed)).to.deep.equal([]);
        expect(report.verified).to.equal(true);
        expect(
          validate({ schema: 'shrinkfit/verify/1', ...report }),
          JSON.stringify(validate.errors),
        ).to.equal(true);
      });
    }
  }

  it('says yes of a fit without a penalty', async () => {
    const table = await fixture('diabetes');
    const { model } = await fitted(table, { target: 'target', penalty: 'none' });
    expect(failures(model, table)).to.deep.equal([]);
  });

  describe('says no and names the check', () => {
    let table: Table;
    let model: Model;
    before(async () => {
      table = await fixture('diabetes');
      ({ model } = await fitted(table, { target: 'target' }));
    });

    it('to a cell changed in its last digit, in a feature or the target, training row or test row', () => {
      const nudge = (x: number) => x + Math.abs(x) * 2 ** -52;
      for (const name of ['bmi', 'age', 'target']) {
        for (const row of [0, 100, 441])
          expect(failures(model, withCell(table, name, row, nudge))).to.include('data');
      }
    });

    it('to two rows that were swapped', () => {
      const swap = (i: number) => (i === 0 ? 1 : i === 1 ? 0 : i);
      const columns = table.columns.map((column) =>
        column.kind === 'numeric'
          ? { ...column, values: column.values.map((_, i, all) => all[swap(i)]) }
          : column,
      );
      expect(failures(model, { ...table, columns })).to.include('data');
    });

    it('to another file, whether its columns are the same or not', async () => {
      expect(failures(model, await fixture('birthwt'))).to.deep.equal(['data', 'problem']);
      const half = table.columns.map((column) =>
        column.kind === 'numeric' ? { ...column, values: column.values.subarray(0, 221) } : column,
      );
      expect(failures(model, { ...table, rows: 221, columns: half })).to.include.members([
        'data',
        'rows',
        'certificate',
      ]);
    });

    it('to another seed, though the model was signed anew', async () => {
      const other = { options: { ...model.options, seed: 2 }, split: { ...model.split, seed: 2 } };
      expect(failures(await resigned(model, other), table)).to.include.members([
        'standardization',
        'certificate',
        'metrics',
      ]);
      expect(failures(await resigned(model, { options: other.options }), table)).to.include('split');
    });

    it('to a coefficient moved by 1e-4, on the one scale, the other, or both', async () => {
      const bmi = model.features.findIndex(({ name }) => name === 'bmi');
      const moved = (coefficient: number, standardized: number) =>
        resigned(model, {
          features: model.features.map((feature, j) =>
            j === bmi
              ? {
                  ...feature,
                  coefficient: feature.coefficient * (1 + coefficient),
                  standardized: feature.standardized * (1 + standardized),
                }
              : feature,
          ),
        });
      expect(failures(await moved(1e-4, 0), table)).to.deep.equal(['coefficients']);
      expect(failures(await moved(0, 1e-4), table)).to.include.members(['coefficients', 'certificate']);
      expect(failures(await moved(1e-4, 1e-4), table)).to.include('certificate');
    });

    it('to lambda, intercept, penalty, a range or an error that was changed', async () => {
      const said = async (change: Partial<Model>) => failures(await resigned(model, change), table);
      expect(await said({ lambda: model.lambda * 1.001 })).to.include.members(['certificate', 'objective']);
      expect(await said({ intercept: model.intercept + 1 })).to.deep.equal(['coefficients']);
      expect(await said({ options: { ...model.options, penalty: 'ridge' } })).to.include.members([
        'target',
        'certificate',
      ]);
      expect(await said({ baselineIntercept: 0 })).to.deep.equal(['metrics']);
      const better = { ...model.metrics, test: { mse: 1, rmse: 1, mae: 1, r2: 0.9 } };
      expect(await said({ metrics: better })).to.deep.equal(['metrics']);
      const columns = model.columns.map((column, j) =>
        j === 0 && column.type === 'numeric' ? { ...column, max: column.max! + 1 } : column,
      );
      expect(await said({ columns })).to.deep.equal(['columns']);
      expect(await said({ training: { ...model.training, rows: 443, rowsDropped: 1 } })).to.deep.equal([
        'rows',
      ]);
    });

    it('to a fit that was content with less, whatever tolerance its file names', async () => {
      const { model: loose } = await fitted(table, {
        ...{ target: 'target', lambda: { kind: 'list', values: [1] } },
        ...{ tolerance: 0.99, maxIterations: 1 },
      });
      expect(loose.certificate).to.deep.include({ certified: true, tolerance: 0.99 });
      const report = verifyModel(loose, table, SOURCE);
      expect(report.checks.filter(({ passed }) => !passed).map(({ code }) => code)).to.deep.equal([
        'certificate',
      ]);
      expect(report.checks.find(({ code }) => code === 'certificate')).to.deep.include({ expected: 1e-6 });
      expect([report.tolerance, report.model.tolerance]).to.deep.equal([1e-6, 0.99]);
      expect(verifyModel(loose, table, { ...SOURCE, tolerance: 0.99 }).verified).to.equal(true);
    });

    it('to a tolerance that a looser fit does not meet', async () => {
      expect(verifyModel(model, table, { ...SOURCE, tolerance: 1e-30 }).verified).to.equal(false);
      const uncertified = { ...model.certificate, certified: false };
      expect(failures(await resigned(model, { certificate: uncertified }), table)).to.deep.equal([
        'certificate',
      ]);
    });
  });

  it('verifies the training part of a model that was tested on another file, and says what it left', async () => {
    const table = await fixture('diabetes');
    const { fitOutcome } = await import('../../src/fit/fit.js');
    const { buildModel } = await import('../../src/model/learn/build.js');
    const model = buildModel(await fitOutcome(table, { target: 'target' }, { testTable: table }));
    const report = verifyModel(model, table, SOURCE);
    expect(report.checks.filter(({ passed }) => !passed)).to.deep.equal([]);
    expect(report.notChecked.join()).to.match(/they came from another file/);
  });
});

describe('verifying a model of separated classes', () => {
  it('says no, whatever the model says of its certificate, and why', async () => {
    const lines = ['flag,x,y'];
    for (let i = 0; i < 40; i++)
      lines.push(`${i % 10 === 9 ? 1 : 0},${(i * 17) % 23},${i % 10 === 9 ? 1 : i % 2}`);
    const table = await csvTable(`${lines.join('\n')}\n`);
    const { model } = await fitted(table, { target: 'y', penalty: 'ridge', penaltyFactor: [['flag', 0]] });
    expect(model.certificate.certified).to.equal(false);
    const claimed = await resigned(model, { certificate: { ...model.certificate, kkt: 0, certified: true } });
    const { verified, checks } = verifyModel(claimed, table, SOURCE);
    expect(verified).to.equal(false);
    const failed = checks.filter(({ passed }) => !passed);
    expect(failed.map(({ code }) => code)).to.deep.equal(['certificate']);
    expect(failed[0].meaning).to.include('no optimum exists').and.to.include('"flag"');
  });
});
