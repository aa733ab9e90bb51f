import { expect } from 'chai';
import { CodedDesign } from '../../src/design/coded.js';
import type { Learning } from '../../src/design/standardized-columns.js';
import { type Imputation, learnFeatures } from '../../src/features/encode.js';
import { layOutTraining } from '../../src/features/lay-out.js';
import { isMostlyLevels } from '../../src/features/lay-out-levels.js';
import { fit } from '../../src/fit/fit.js';
import type { FitOptions } from '../../src/options/options.js';
import { Engine } from '../../src/runtime/engine.js';
import { type Cell, columnOf, tableOf } from '../features/tables.js';
import { normal } from '../solvers/random-problem.js';

const ROWS = 800;

/** A table with two text columns of many levels, and the same with a column of 0 and 1 for each level. */
function twins() {
  const random = normal(11);
  const texts = [40, 17].map((levels, k) =>
    Array.from({ length: ROWS }, (_, i) => `L${((i * (k + 3)) ^ (i >> 3)) % levels}`),
  );
  const x = Array.from({ length: ROWS }, random);
  const eta = x.map((value, i) => value + (texts[0][i] < 'L2' ? 1 : -1) + (texts[1][i].length - 2.5));
  const targets = {
    gaussian: eta.map((value) => value + random()),
    binomial: eta.map((value) => (value + 1.5 * random() > 0 ? 1 : 0)),
  };
  const indicators = texts.flatMap((cells, k) =>
    [...new Set(cells)]
      .sort()
      .map((level) => [`c${k}=${level}`, cells.map((cell) => (cell === level ? 1 : 0))]),
  );
  const coded = { x, c0: texts[0], c1: texts[1] };
  return { targets, coded, dense: { x, ...(Object.fromEntries(indicators) as Record<string, number[]>) } };
}

describe('a table of many levels, kept as codes', () => {
  const { targets, coded, dense } = twins();
  let engine: Engine;
  before(() => {
    engine = new Engine(2).startThreads();
  });
  after(() => engine.close());

  const fitted = (columns: Record<string, ArrayLike<Cell>>, y: number[], options: Partial<FitOptions>) =>
    fit(tableOf({ ...columns, y }), { target: 'y', ...options } as FitOptions, { engine: () => engine });

  const PROBLEMS: [string, Partial<FitOptions>][] = [
    ['lasso', { penalty: 'lasso' }],
    ['ridge', { penalty: 'ridge' }],
    ['elastic net', { penalty: 'elasticnet', l1Ratio: 0.4 }],
    ['lasso without an intercept', { penalty: 'lasso', intercept: false }],
    ['bounded ridge, not standardized', { penalty: 'ridge', nonnegative: true, standardize: false }],
    ['cross-validated lasso', { penalty: 'lasso', cv: 4 }],
    ['cross-validated ridge', { penalty: 'ridge', cv: 4 }],
  ];
  for (const family of ['gaussian', 'binomial'] as const) {
    for (const [name, options] of PROBLEMS) {
      it(`has the ${family} ${name} of a column for each level`, async () => {
        const lambda = { kind: 'grid', count: 8, minRatio: 1e-3 } as const;
        const all = { ...options, lambda, tolerance: 1e-9 };
        const [a, b] = [await fitted(coded, targets[family], all), await fitted(dense, targets[family], all)];
        expect(a.features).to.have.members(b.features);
        expect(a.path.map(({ certified }) => certified)).to.not.include(false);
        a.path.forEach((point, k) => {
          const other = b.path[k];
          expect(point.lambda / other.lambda).to.be.closeTo(1, 1e-9);
          a.features.forEach((feature, j) => {
            const same = other.coefficients[b.features.indexOf(feature)];
            expect(point.coefficients[j]).to.be.closeTo(same, 1e-6, feature);
          });
          expect(point.df).to.be.closeTo(other.df, 1e-4);
          for (const part of ['train', 'test'] as const) expectClose(point[part], other[part]);
          expectClose(point.cv, other.cv);
        });
      });
    }
  }

  function expectClose(actual: object | null, expected: object | null) {
    expect(Object.keys(actual ?? {})).to.deep.equal(Object.keys(expected ?? {}));
    const others = new Map<string, number>(Object.entries(expected ?? {}));
    for (const [key, value] of Object.entries(actual ?? {})) {
      expect(value).to.be.closeTo(others.get(key) as number, 2e-5, key);
    }
  }

  type Centring = Pick<Learning, 'intercept' | 'standardize'>;
  const usual = { intercept: true, standardize: true };

  const laidOut = (imputation: Imputation, weights?: Float64Array, centring: Centring = usual) => {
    const cells = coded.c0.map((cell, i) => (imputation !== 'none' && i % 50 === 0 ? null : cell));
    const column = columnOf('c0', cells);
    const rows = Int32Array.from({ length: ROWS }, (_, i) => i).filter((i) => i % 3 > 0);
    const w = weights ?? new Float64Array(rows.length).fill(1);
    const v = w.map((weight) => weight / w.reduce((a, b) => a + b));
    const features = learnFeatures(column, rows, w, imputation).map((spec) => ({ spec, column }));
    const learn = (more: typeof features) => layOutTraining(more, rows, { v, ...centring }, engine);
    // Beside columns of numbers levels are not most of the features.
    const numbers = columnOf(
      'n',
      Array.from({ length: ROWS }, (_, i) => i),
    );
    const [spec] = learnFeatures(numbers, rows, w, 'none');
    const others = Array.from({ length: 30 }, (_, k) => ({ spec, column: { ...numbers, name: `n${k}` } }));
    const all = [...features, ...others];
    expect([isMostlyLevels(features, rows.length), isMostlyLevels(all, rows.length)]).to.deep.equal([
      true,
      false,
    ]);
    return { features, count: features.length, coded: learn(features), dense: learn(all), rows: rows.length };
  };

  for (const imputation of ['none', 'median'] as const) {
    it(`learns the same standardization and has the same cells (missing cells: ${imputation})`, () => {
      const { count, coded: a, dense: b, rows } = laidOut(imputation);
      expect(a.design).to.be.instanceOf(CodedDesign);
      expect(b.design).not.to.be.instanceOf(CodedDesign);
      for (let j = 0; j < count; j++) {
        expect(a.standardization[j].scale).to.be.closeTo(b.standardization[j].scale, 1e-14);
        expect(a.standardization[j].centre).to.be.closeTo(b.standardization[j].centre, 1e-14);
        const [x, z] = [a, b].map(({ design }) => {
          const eta = new Float64Array(rows);
          design.addPrediction(Float64Array.of(1), eta, Int32Array.of(j));
          return eta;
        });
        for (let i = 0; i < rows; i++) expect(x[i]).to.be.closeTo(z[i], 1e-12);
      }
    });
  }

  for (const intercept of [true, false]) {
    for (const standardize of [true, false]) {
      it(`learns the same scale with intercept ${intercept}, standardize ${standardize}`, () => {
        const weights = Float64Array.from({ length: 533 }, (_, i) => 1 + (i % 5));
        const { count, coded: a, dense: b } = laidOut('none', weights, { intercept, standardize });
        for (let j = 0; j < count; j++) {
          expect(a.standardization[j].scale).to.be.closeTo(b.standardization[j].scale, 1e-14);
          expect(a.standardization[j].centre).to.be.closeTo(b.standardization[j].centre, 1e-14);
        }
      });
    }
  }

  it('keeps test rows as codes too, fewer than features, of a table with other levels in another order', () => {
    const { features, coded: training } = laidOut('median');
    const cells = ['L7', 'new', null, 'L3', 'a', 'L7'];
    const column = columnOf('c0', cells);
    const design = training.layOut(
      features.map(({ spec }) => ({ spec, column })),
      Int32Array.of(5, 1, 2, 3),
    );
    expect(design).to.be.instanceOf(CodedDesign);
    features.forEach(({ spec }, j) => {
      const { scale, centre, remainder } = training.standardization[j];
      const eta = new Float64Array(4);
      design.addPrediction(Float64Array.of(1), eta, Int32Array.of(j));
      const x = [spec.level === 'L7' ? 1 : 0, 0, spec.fill, spec.level === 'L3' ? 1 : 0];
      x.forEach((value, i) => {
        expect(eta[i]).to.be.closeTo((value - centre - remainder) / scale, 1e-12);
      });
    });
  });

  it('learns from rows of some weight alone, and says exactly which levels are constant there', () => {
    const weights = Float64Array.from({ length: 533 }, (_, i) => (i % 7 === 0 ? 0 : 1 + (i % 3)));
    const same = laidOut('none', weights);
    for (let j = 0; j < same.count; j++) {
      expect(same.coded.standardization[j].scale).to.be.closeTo(same.dense.standardization[j].scale, 1e-14);
    }
    // Level L3 is on weightless rows only.
    const only = Float64Array.from({ length: 533 }, (_, i) => (i < 4 ? 1 : 0));
    const few = laidOut('none', only);
    for (let j = 0; j < few.count; j++) {
      expect(few.coded.standardization[j].scale === 0).to.equal(few.dense.standardization[j].scale === 0);
    }
    expect(few.coded.standardization.some(({ scale }) => scale === 0)).to.equal(true);
    expect(few.coded.standardization.some(({ scale }) => scale > 0)).to.equal(true);
  });
});
