import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runShell } from './run-cli.js';

describe('from a CSV file to an exit code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-pipeline-'));
  after(() => rmSync(folder, { recursive: true }));

  const line =
    '"$S" select fixtures/diabetes.csv -t target -q | "$S" fit - -t target -q --save "$M" > /dev/null && ' +
    '"$S" predict "$M" fixtures/diabetes.csv | "$S" evaluate "$M" - --require "$RULE"';
  for (const [rule, code] of [
    ['rmse <= 60', 0],
    ['rmse <= 6', 1],
  ] as const) {
    it(`selects, fits, predicts and evaluates without a file but the model: ${rule}`, async () => {
      const outcome = await runShell(line, { M: join(folder, 'model.json'), RULE: rule });
      expect(outcome.code).to.equal(code);
      expect(readdirSync(folder)).to.deep.equal(['model.json']);
    });
  }
});
