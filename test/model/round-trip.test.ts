import { expect } from 'chai';
import { parseModel } from '../../src/model/file/load.js';
import { modelText } from '../../src/model/file/text.js';
import { scoreTable } from '../../src/model/score/table.js';
import { fittedCase, MODEL_CASES, PENALTIES } from './model-cases.js';
import { fitted, mixedTable, tableOf } from './model-helpers.js';

describe('a model file', () => {
  for (const [title] of MODEL_CASES) {
    for (const penalty of PENALTIES) {
      it(`gives back the model, number for number: ${title}, ${penalty}`, async () => {
        const { model } = await fittedCase(title, penalty);
        expect(await parseModel(modelText(model), 'm.json')).to.deep.equal(model);
      });

      it(`scores as the fit does: ${title}, ${penalty}`, async () => {
        const { table, outcome, last } = await fittedCase(title, penalty);
        const loaded = await parseModel(modelText(last), 'm.json');
        const { eta } = scoreTable(loaded, table);
        const { problem } = outcome.prepared;
        const { intercept, beta } = outcome.path[outcome.path.length - 1];
        const expected = problem.offset.map((o) => o + intercept);
        problem.design.addPrediction(beta, expected);
        const scale = expected.reduce((worst, x) => Math.max(worst, Math.abs(x)), 0);
        outcome.parts.train.rows.forEach((row, i) => {
          expect(eta[row]).to.be.closeTo(expected[i], 1e-9 * scale);
        });
      });
    }
  }

  it('scores rows from before and after the file bit for bit alike', async () => {
    const table = await mixedTable();
    const { model } = await fitted(table, { target: 'sold', exclude: ['price'], missing: 'mean' });
    const loaded = await parseModel(modelText(model), 'm.json');
    expect(scoreTable(loaded, table).eta).to.deep.equal(scoreTable(model, table).eta);
  });

  it('keeps the digits of a column whose mean is a billion deviations away', async () => {
    const table = await mixedTable();
    const { model } = await fitted(table, { target: 'price', features: ['year'], penalty: 'none' });
    const [{ origin, centre }] = model.features;
    expect(origin).to.equal(centre);
    expect(Math.abs(model.intercept)).to.be.below(1e4);
  });

  it('counts the part of a mean that one double does not hold', async () => {
    // Doubles near 1e15 are 1/8 apart, and the mean is 1e15 + 7/3.
    const steps = [0, 1, 2, 3, 3, 5];
    const table = await tableOf(`x,y\n${steps.map((k) => `${1e15 + k},${2 * k}`).join('\n')}\n`);
    const options = { target: 'y', penalty: 'none', family: 'gaussian', holdout: 0 } as const;
    const { model } = await fitted(table, options);
    expect(model.features[0].remainder).to.not.equal(0);
    scoreTable(model, table).eta.forEach((eta, i) => {
      expect(eta).to.be.closeTo(2 * steps[i], 1e-9);
    });
  });

  it('counts missing cells and unseen levels by column, and leaves rows without a filled cell unscored', async () => {
    const table = await mixedTable();
    const { model } = await fitted(table, { target: 'price', exclude: ['sold'] }, 'last');
    const known = model.columns.map((column) =>
      column.name === 'colour' && column.type === 'text'
        ? { ...column, levels: column.levels.filter((level) => level !== 'red') }
        : column,
    );
    const features = model.features.filter(({ level }) => level !== 'red');
    const { eta, missing, unseen } = scoreTable({ ...model, columns: known, features }, table);
    expect([...missing]).to.deep.equal([
      ['size', 7],
      ['colour', 5],
    ]);
    expect(unseen.get('colour')).to.be.above(0);
    expect(eta.filter((x) => Number.isNaN(x)).length).to.equal(table.rows - model.training.rowsUsed);
  });
});
