import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readCsv } from '../../src/csv/read-csv.js';
import { fit } from '../../src/fit/fit.js';
import type { FitReport } from '../../src/fit/fit-report.js';
import { errorOf } from '../../src/metrics/metrics.js';
import type { PenaltyName } from '../../src/options/vocabulary.js';

interface Reference {
  data: string;
  target: string;
  family: 'gaussian' | 'binomial';
  positive: string | null;
  features: string[];
  lambdaMaxLasso: number;
  solutions: {
    penalty: PenaltyName;
    l1Ratio: number;
    lambda: number;
    intercept: number;
    coefficients: number[];
    train: { mse?: number; logLoss?: number };
  }[];
}

const load = (name: string): Reference => JSON.parse(readFileSync(`fixtures/reference/${name}.json`, 'utf8'));

/** loss + lambda P(b) from a training error and standardized coefficients. */
function objective(
  reference: Reference,
  lambda: number,
  l1Ratio: number,
  error: number,
  b: number[],
): number {
  const loss = reference.family === 'gaussian' ? error / 2 : error;
  const l1 = b.reduce((s, x) => s + Math.abs(x), 0);
  const l2 = b.reduce((s, x) => s + x * x, 0);
  return loss + lambda * (((1 - l1Ratio) / 2) * l2 + l1Ratio * l1);
}

function standardized(report: FitReport, coefficients: ArrayLike<number>): number[] {
  return Array.from(coefficients, (b, j) => b * report.featureScale[j]);
}

for (const name of ['diabetes', 'quickstart', 'wide', 'birthwt', 'sonar']) {
  describe(`the reference solutions of ${name}.csv`, () => {
    const reference = load(name);
    for (const solution of reference.solutions) {
      const { penalty, l1Ratio, lambda } = solution;
      it(`are reproduced: ${penalty} ${l1Ratio} at lambda ${lambda}`, async () => {
        const table = await readCsv(`fixtures/${reference.data}`);
        const report = await fit(table, {
          target: reference.target,
          positive: reference.positive,
          penalty,
          l1Ratio: penalty === 'elasticnet' ? l1Ratio : 0.5,
          lambda: { kind: 'list', values: [lambda] },
          holdout: 0,
        });
        expect(report.features).to.deep.equal(reference.features);
        const [point] = report.path;
        expect(point.certified).to.equal(true);
        const ours = standardized(report, point.coefficients);
        const theirs = standardized(report, solution.coefficients);
        const theirError = solution.train.mse ?? (solution.train.logLoss as number);
        const value = objective(reference, lambda, l1Ratio, errorOf(point.train), ours);
        const best = objective(reference, lambda, l1Ratio, theirError, theirs);
        expect(Math.abs(value - best) / best).to.be.below(1e-12);
        const largest = Math.max(...theirs.map(Math.abs));
        ours.forEach((b, j) => {
          expect(Math.abs(b - theirs[j]) / largest, report.features[j]).to.be.below(1e-7);
        });
        expect(ours.filter((b) => b !== 0).length).to.equal(theirs.filter((b) => b !== 0).length);
      });
    }

    it('agree on lambdaMax, where every coefficient is zero and below which one is not', async () => {
      const table = await readCsv(`fixtures/${reference.data}`);
      const options = { target: reference.target, positive: reference.positive, holdout: 0 };
      const report = await fit(table, options);
      expect(Math.abs(report.lambdaMax / reference.lambdaMaxLasso - 1)).to.be.below(1e-12);
      expect(report.path[0].nonzero).to.equal(0);
      expect(report.path[1].nonzero).to.be.above(0);
    });

    for (const penalty of ['ridge', 'lasso', 'elasticnet', 'none'] as const) {
      it(`and the default ${penalty} path is certified at every lambda`, async () => {
        const table = await readCsv(`fixtures/${reference.data}`);
        const report = await fit(table, { target: reference.target, penalty });
        const separable = penalty === 'none' && name === 'sonar';
        expect(report.path.length).to.equal(penalty === 'none' ? 1 : 100);
        expect(report.path.every(({ kkt }) => kkt <= 1e-6)).to.equal(
          !separable || report.path[0].kkt <= 1e-6,
        );
        if (separable) expect(report.warnings.map(({ code }) => code)).to.include('separation');
        else expect(report.path.every(({ certified }) => certified)).to.equal(true);
      });
    }
  });
}
