import { expect } from 'chai';
import { exportModel } from '../../src/export/export-model.js';
import { columnTerms } from '../../src/model/score/terms.js';
import { fittedCase, MODEL_CASES, PENALTIES } from '../model/model-cases.js';
import { answersOf, type Database, openDatabase } from './databases.js';
import { columnsOf, expectedAnswers, worstDifference } from './rows.js';

/** Probabilities may differ in the last digits of exp; all else is the same bit for bit. */
const EXP = 1e-13;

describe('an exported query', () => {
  for (const dialect of ['sqlite', 'duckdb', 'postgres'] as const) {
    describe(`in ${dialect}`, () => {
      let database: Database | null;
      before(async () => {
        database = await openDatabase(dialect);
      });
      after(() => database?.close());

      let loaded = '';
      for (const [title] of MODEL_CASES) {
        for (const penalty of PENALTIES) {
          it(`scores as the model does: ${title}, ${penalty}`, async function () {
            if (database === null) this.skip();
            const { table, model } = await fittedCase(title, penalty);
            const { family } = model.model;
            // A server takes some 1600 terms; PGlite answers nothing, without a word, beyond its stack.
            if (dialect === 'postgres' && columnTerms(model).length > 250) this.skip();
            if (loaded !== title) await database.load('my table', columnsOf(table));
            loaded = title;
            const expected = expectedAnswers(model, table);
            const tolerance = family === 'binomial' ? EXP : 0;
            const request = { to: 'sql', dialect, table: 'my table', expression: false } as const;
            const rows = await database.query(await exportModel(model, request));
            expect(worstDifference(answersOf(rows, family), expected)).to.be.at.most(tolerance);
            const expression = await exportModel(model, { ...request, expression: true });
            const figures = await database.query(
              `SELECT row_number, ${expression} AS figure FROM "my table"`,
            );
            expect(worstDifference(answersOf(figures, 'gaussian'), withoutClass(expected))).to.be.at.most(
              tolerance,
            );
          });
        }
      }
    });
  }
});

const withoutClass = (answers: ReturnType<typeof expectedAnswers>) =>
  answers.map(({ prediction, probability }) => ({ prediction: prediction ?? probability ?? null }));
