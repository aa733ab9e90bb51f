import { expect } from 'chai';
import { fitted, fixture } from '../model-helpers.js';

describe('the objective of a model', () => {
  for (const [name, target] of [
    ['diabetes', 'target'],
    ['birthwt', 'low'],
  ] as const) {
    for (const [penalty, l1Ratio] of [
      ['ridge', 0],
      ['lasso', 1],
      ['elasticnet', 0.3],
    ] as const) {
      it(`is the loss and lambda times the penalty of its coefficients: ${name}, ${penalty}`, async () => {
        const mix = penalty === 'elasticnet' ? { l1Ratio } : {};
        const { model } = await fitted(await fixture(name), { target, penalty, holdout: 0, ...mix });
        const b = model.features.map(({ standardized }) => standardized);
        const absolute = b.reduce((sum, x) => sum + Math.abs(x), 0);
        const squares = b.reduce((sum, x) => sum + x * x, 0);
        const { train } = model.metrics;
        // Half the mean squared error, or the mean logistic loss.
        const loss = 'mse' in train ? train.mse / 2 : train.logLoss;
        const value = l1Ratio * absolute + ((1 - l1Ratio) / 2) * squares;
        expect(model.objective.loss).to.be.closeTo(loss, 1e-12 * loss);
        expect(model.objective.penalty).to.be.closeTo(value, 1e-10 * value);
        expect(model.objective.value).to.be.closeTo(loss + model.lambda * value, 1e-10 * loss);
      });
    }
  }
});
