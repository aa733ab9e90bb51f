import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Table } from '../../src/csv/columns/table.js';
import { readCsv } from '../../src/csv/read-csv.js';
import { UsageError } from '../../src/errors.js';
import { fit } from '../../src/fit/fit.js';
import type { FitOptions } from '../../src/options/options.js';
import { codes, fitAll, fitAt, named, regression } from './fit-helpers.js';

/** By fixtures/reference/glmnet-gaussian.R. */
interface Reference {
  data: string;
  target: string;
  alpha: number;
  lambda: number;
  intercept: boolean;
  standardize: boolean;
  weighted: boolean;
  a0: number;
  beta: number[];
}
const REFERENCE: Reference[] = JSON.parse(readFileSync('fixtures/reference/glmnet-gaussian.json', 'utf8'));

/** The table with weights 1, 2, 3, 4, 1, ... */
function weighted(table: Table): Table {
  const values = Float64Array.from({ length: table.rows }, (_, i) => 1 + (i % 4));
  return { ...table, columns: [...table.columns, { kind: 'numeric', name: 'weights', values, missing: 0 }] };
}

describe('a standardized target', () => {
  for (const { data, target, alpha, lambda, a0, beta, ...given } of REFERENCE) {
    const how = [
      given.intercept ? '' : ', no intercept',
      given.standardize ? '' : ', not standardized',
      given.weighted ? ', weighted' : '',
    ].join('');
    it(`gives the numbers of glmnet: ${data}, alpha ${alpha}, lambda ${lambda}${how}`, async () => {
      const table = await readCsv(`fixtures/${data}`);
      const report = await fit(given.weighted ? weighted(table) : table, {
        ...{ target, penalty: 'elasticnet', l1Ratio: alpha, standardizeTarget: true, holdout: 0 },
        ...{ intercept: given.intercept, standardize: given.standardize },
        weights: given.weighted ? 'weights' : null,
        lambda: { kind: 'list', values: [lambda] },
      });
      const [point] = report.path;
      expect(report.model.standardizeTarget).to.equal(true);
      expect(point.certified).to.equal(true);
      // glmnet without an intercept scales columns by their deviations as we do, and leaves them where they are.
      const largest = Math.max(...beta.map((b, j) => Math.abs(b * report.featureScale[j])));
      beta.forEach((b, j) => {
        const apart = Math.abs(point.coefficients[j] - b) * report.featureScale[j];
        expect(apart / largest, report.features[j]).to.be.below(2e-7);
      });
      expect(Math.abs(point.intercept - a0)).to.be.below(1e-6 * Math.max(1, Math.abs(a0)));
    });
  }

  const { x, y } = regression(60, 5, 3);
  const columns = named(x, y);
  const scaled = (unit: number) =>
    named(
      x,
      y.map((value) => value * unit),
    );
  const at = (unit: number, values: readonly number[]) =>
    ({
      lambda: { kind: 'list', values: values.map((value) => value * unit) },
      standardizeTarget: true,
    }) as const;

  for (const [what, options] of [
    ['elastic net', { penalty: 'elasticnet', l1Ratio: 0.3 }],
    ['ridge', { penalty: 'ridge' }],
    [
      'elastic net with factors and bounds',
      { penalty: 'elasticnet', penaltyFactor: [['x2', 3]], lower: [['x1', -0.1]] },
    ],
  ] as [string, Partial<FitOptions>][]) {
    it(`makes the path free of the target's unit, folds and degrees of freedom too: ${what}`, async () => {
      const given = { ...options, cv: 5, holdout: 0 } as const;
      const bounds = (unit: number) =>
        options.lower === undefined
          ? {}
          : { lower: options.lower.map(([name, b]) => [name, b * unit] as const) };
      const one = await fitAll(columns, { ...given, ...at(1, [0.5, 0.05]) });
      for (const unit of [1e4, 1e-4]) {
        const other = await fitAll(scaled(unit), { ...given, ...bounds(unit), ...at(unit, [0.5, 0.05]) });
        other.path.forEach((point, k) => {
          expect(point.certified).to.equal(true);
          expect(point.df).to.be.closeTo(one.path[k].df, 1e-6);
          expect(point.cv!.mean / unit ** 2).to.be.closeTo(one.path[k].cv!.mean, 1e-7 * one.path[k].cv!.mean);
          point.coefficients.forEach((b, j) => {
            expect(b / unit).to.be.closeTo(one.path[k].coefficients[j], 1e-7);
          });
        });
      }
    });
  }

  it('is, for one lambda, the same problem with the quadratic part divided by the deviation', async () => {
    const mean = y.reduce((s, value) => s + value, 0) / y.length;
    const deviation = Math.sqrt(y.reduce((s, value) => s + (value - mean) ** 2, 0) / y.length);
    const ridge = await fitAt(columns, 0.7, { penalty: 'ridge', standardizeTarget: true });
    const plain = await fitAt(columns, 0.7 / deviation, { penalty: 'ridge' });
    ridge.coefficients.forEach((b, j) => {
      expect(b).to.be.closeTo(plain.coefficients[j], 1e-9);
    });
    const [sizes, squares] = [0.7 * 0.3, (0.7 * 0.7) / deviation];
    const net = await fitAt(columns, 0.7, { penalty: 'elasticnet', l1Ratio: 0.3, standardizeTarget: true });
    const l1Ratio = sizes / (sizes + squares);
    const mixed = await fitAt(columns, sizes + squares, { penalty: 'elasticnet', l1Ratio });
    net.coefficients.forEach((b, j) => {
      expect(b).to.be.closeTo(mixed.coefficients[j], 1e-9);
    });
  });

  it("learns the deviation from each fold's training rows", async () => {
    const options = { penalty: 'elasticnet', standardizeTarget: true, holdout: 0 } as const;
    const lambda = { kind: 'list', values: [0.4] } as const;
    const { path } = await fitAll(columns, { ...options, lambda, cv: 3 });
    // The same folds by a fit each.
    const { drawFolds } = await import('../../src/features/split.js');
    const foldOf = drawFolds(60, 3, 1, null);
    let total = 0;
    for (let fold = 0; fold < 3; fold++) {
      const rest = (c: number[]) => c.filter((_, i) => foldOf[i] !== fold);
      const held = (c: number[]) => c.filter((_, i) => foldOf[i] === fold);
      const { coefficients, intercept } = await fitAt(named(x.map(rest), rest(y)), 0.4, options);
      const fitted = held(y).map((_, i) =>
        x.reduce((s, c, j) => s + coefficients[j] * held(c)[i], intercept),
      );
      total += fitted.reduce((s, value, i) => s + (held(y)[i] - value) ** 2, 0);
    }
    expect(path[0].cv!.mean).to.be.closeTo(total / 60, 1e-7 * total);
  });

  it("has glmnet's grid inside that of ridge, in glmnet's units", async () => {
    const lasso = await fitAll(columns);
    const { path } = await fitAll(columns, { penalty: 'ridge', standardizeTarget: true });
    expect(path[0].lambda).to.be.at.least(1000 * lasso.lambdaMax * (1 - 1e-9));
    expect(path[99].lambda).to.be.at.most(0.1 * lasso.lambdaMax);
    const net = { penalty: 'elasticnet', l1Ratio: 0.5, standardizeTarget: true } as const;
    expect((await fitAll(columns, net)).lambdaMax / lasso.lambdaMax).to.be.closeTo(2, 1e-12);
  });

  it('is refused for classes and without a penalty', async () => {
    const classes = named(
      x,
      y.map((value) => (value > 2 ? 'yes' : 'no')),
    );
    const attempt = (given: Partial<FitOptions>, data = columns) =>
      fitAll(data, { standardizeTarget: true, ...given }).catch((e: Error) => e);
    const binomial = await attempt({}, classes);
    expect(binomial).to.be.instanceOf(UsageError);
    expect((binomial as Error).message).to.include('two classes ("no" and "yes"), which have no unit');
    expect(await attempt({ penalty: 'none' })).to.be.instanceOf(UsageError);
  });

  it('is proposed where the smallest lambda of an elastic net was selected', async () => {
    const exact = named(
      x,
      x[0].map((value, i) => 1e6 * (value - x[1][i])),
    );
    const report = await fitAll(exact, { penalty: 'elasticnet', holdout: 0.25 });
    expect(codes(report)).to.include('selected-smallest-lambda');
    expect(report.warnings.map(({ message }) => message).join()).to.include('--standardize-target');
  });
});
