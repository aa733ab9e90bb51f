import { expect } from 'chai';
import { fit } from '../../src/fit/fit.js';
import { tableOf } from '../features/tables.js';
import { fitAll } from './fit-helpers.js';

const ROWS = 60;
const x = Array.from({ length: ROWS }, (_, i) => Math.sin(i));
/** `of` rows of the class yes, the first ones. */
const target = (of: number) => x.map((_, i) => (i < of ? 'yes' : 'no'));
const LAMBDA = { lambda: { kind: 'list', values: [0.1, 0.01] } } as const;
const about = (warnings: readonly { code: string; message: string }[]) =>
  warnings.filter(({ code }) => /class/.test(code)).map(({ code, message }) => `${code}: ${message}`);

describe('rows of a class', () => {
  it('are warned of below eight in the training rows, with their number', async () => {
    const few = await fitAll({ x, y: target(7) }, { ...LAMBDA, holdout: 0 });
    expect(about(few.warnings)).to.deep.equal([
      'few-rows-of-a-class: only 7 training rows have the class "yes", so the model depends on single rows; find more of them',
    ]);
    const one = await fitAll({ x, y: target(1) }, { ...LAMBDA, holdout: 0 });
    expect(about(one.warnings)[0]).to.include('only 1 training row has the class "yes"');
    expect(about((await fitAll({ x, y: target(8) }, { ...LAMBDA, holdout: 0 })).warnings)).to.deep.equal([]);
  });

  it('without a weight do not count', async () => {
    const w = x.map((_, i) => (i < 3 ? 0 : 1));
    const report = await fitAll({ x, y: target(9), w }, { ...LAMBDA, holdout: 0, weights: 'w' });
    expect(about(report.warnings)[0]).to.include('only 6 training rows have');
  });

  it('that no test row has leave the choice of lambda to the training rows, unless the test is asked for', async () => {
    const table = tableOf({ x, y: target(20) });
    const testTable = tableOf({ x: [1, 2, 3], y: ['no', 'no', 'no'] }, 'test.csv');
    const report = await fit(table, { target: 'y', ...LAMBDA }, { testTable });
    expect(report.selected.rule).to.equal('aicc');
    expect(about(report.warnings)).to.have.length(1);
    expect(about(report.warnings)[0])
      .to.include('class-not-in-test: no test row has the class "yes"')
      .and.include('so it does not select lambda');
    const asked = await fit(table, { target: 'y', select: 'test', ...LAMBDA }, { testTable });
    expect(asked.selected.rule).to.equal('test');
    expect(about(asked.warnings)[0]).to.include('selects a lambda by chance');
    const both = tableOf({ x: [1, 2, 3], y: ['no', 'yes', 'no'] }, 'test.csv');
    const sound = await fit(table, { target: 'y', ...LAMBDA }, { testTable: both });
    expect(sound.selected.rule).to.equal('test');
    expect(about(sound.warnings)).to.deep.equal([]);
  });
});
