import { expect } from 'chai';
import { exportModel } from '../../src/export/export-model.js';
import { fittedCase, MODEL_CASES, PENALTIES } from '../model/model-cases.js';
import { canRun, closeEngines, runJs, runPython, runR } from './engines.js';
import { columnsOf, expectedAnswers, worstDifference } from './rows.js';

/** Probabilities may differ in the last digits of exp; all else is the same bit for bit. */
const ENGINES = [
  { to: 'js', run: runJs, isHere: true, exp: 0 },
  { to: 'python', run: runPython, isHere: canRun('python3', '--version'), exp: 1e-14 },
  { to: 'r', run: runR, isHere: canRun('Rscript', '--version'), exp: 1e-14 },
] as const;

describe('an exported program', () => {
  after(closeEngines);

  for (const { to, run, isHere, exp } of ENGINES) {
    for (const [title] of MODEL_CASES) {
      for (const penalty of PENALTIES) {
        it(`scores as the model does: ${to}, ${title}, ${penalty}`, async function () {
          if (!isHere) this.skip();
          const { table, model } = await fittedCase(title, penalty);
          const found = await run(await exportModel(model, { to }), columnsOf(table));
          const tolerance = model.model.family === 'binomial' ? exp : 0;
          expect(worstDifference(found, expectedAnswers(model, table))).to.be.at.most(tolerance);
        });
      }
    }
  }
});
