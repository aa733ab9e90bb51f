import { expect } from 'chai';
import { binCounts } from '../../../src/model/learn/schema.js';
import type { NumericSchema, TextSchema } from '../../../src/model/model.js';
import { fitted, fixture, mixedTable, tableOf } from '../model-helpers.js';

describe('the input schema', () => {
  it('has range, mean, deviation and deciles of the training rows', async () => {
    const rows = Array.from({ length: 101 }, (_, i) => `${i},${i % 7}`).join('\n');
    const { model } = await fitted(await tableOf(`x,y\n${rows}\n`), { target: 'y', holdout: 0 });
    const x = model.columns[0] as NumericSchema;
    // 0..100: mean 50, deviation sqrt((101^2 - 1) / 12), deciles 10, 20, ..., 90 by any definition of the quantile.
    expect(x).to.include({ name: 'x', type: 'numeric', missingShare: 0, mean: 50, min: 0, max: 100 });
    expect(x.deviation).to.be.closeTo(Math.sqrt((101 ** 2 - 1) / 12), 1e-13);
    expect(x.edges).to.deep.equal([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(x.shares).to.deep.equal([11, 10, 10, 10, 10, 10, 10, 10, 10, 10].map((n) => n / 101));
  });

  it('has as many bins as a column with ties can fill', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 4 === 0 ? 1 : 0},7,${i % 3}`).join('\n');
    const { model } = await fitted(await tableOf(`flag,same,y\n${rows}\n`), { target: 'y', holdout: 0 });
    const [flag, same] = model.columns as NumericSchema[];
    expect([flag.edges, flag.shares]).to.deep.equal([[0], [0.75, 0.25]]);
    expect([same.edges, same.shares, same.deviation]).to.deep.equal([[], [1], 0]);
  });

  it('has the levels of the training rows with shares that sum to 1, and the share of missing cells', async () => {
    const table = await mixedTable();
    const { model } = await fitted(table, { target: 'price', exclude: ['sold'], missing: 'mean' });
    const [size, colour] = model.columns as [NumericSchema, TextSchema];
    expect(colour.levels).to.deep.equal([...colour.levels].sort());
    expect(colour.levels).to.include('__proto__');
    expect(colour.shares.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-14);
    expect(colour.missingShare).to.equal(5 / 60);
    expect(size.missingShare).to.equal(7 / 60);
  });

  it('puts an edge into the bin below it', () => {
    expect(binCounts([0, 1, 1.5, 2, 3, Number.NaN], [1, 2])).to.deep.equal([2, 2, 1]);
  });

  it('has the distribution of the target, two classes as 1 and 0, and the model that knows nothing else', async () => {
    const table = await fixture('birthwt');
    const { outcome, model } = await fitted(table, { target: 'low' });
    const { y } = outcome.parts.train;
    const rate = y.reduce((a, b) => a + b) / y.length;
    expect(model.target.training).to.include({ min: 0, max: 1 });
    expect(model.target.training.edges).to.deep.equal([0]);
    expect(model.target.training.shares[1]).to.be.closeTo(rate, 1e-15);
    expect(model.baselineIntercept).to.be.closeTo(Math.log(rate / (1 - rate)), 1e-9);
  });

  it('gives no row of the data away', async () => {
    const table = await fixture('diabetes');
    const { model } = await fitted(table, { target: 'target' });
    const numeric = table.columns.filter((column) => column.kind === 'numeric');
    for (const { cells } of model.selfTest) {
      const same = [...Array(table.rows).keys()].filter((row) =>
        cells.every((cell, j) => numeric[j].values[row] === cell),
      );
      expect(same).to.deep.equal([]);
    }
  });
});
