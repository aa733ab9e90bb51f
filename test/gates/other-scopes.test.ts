import { expect } from 'chai';
import type { DiffReport } from '../../src/comparison/compare.js';
import type { ColumnCheck, EvaluateReport } from '../../src/evaluation/evaluate-report.js';
import { diffScope } from '../../src/gates/diff-scope.js';
import { evaluateNames, evaluateScope } from '../../src/gates/evaluate-scope.js';
import type { GateScope } from '../../src/gates/scope.js';

/** All figures of a result, read. */
const read = ({ figures }: GateScope) =>
  Object.fromEntries([...figures].map(([name, figure]) => [name, figure()]));

/** All figures of each of its functions. */
const functions = (scope: GateScope) =>
  Object.fromEntries(
    [...scope.functions].map(([name, { argument, values }]) => [
      name,
      { argument, ...Object.fromEntries(values) },
    ]),
  );

describe('the figures of a comparison', () => {
  it('are those of both sides, their changes and counts, and 0 for a feature that is 0 on both sides', () => {
    const side = { source: 'a.json', kind: 'model', lambda: 1 } as const;
    const change = { status: 'size', base: 1, new: 3, change: 2, beyond: true } as const;
    const report: DiffReport = {
      version: '0.1.0',
      base: { ...side, nonzero: 7, certified: true },
      new: { ...side, nonzero: 8, certified: false },
      tolerance: { atol: 0, rtol: 0 },
      settings: [],
      figures: [{ name: 'test.rmse', base: 5, new: 4, change: -1, beyond: true }],
      features: [{ feature: 'age', ...change }],
      names: ['age', 'bmi'],
      columns: [{ column: 'sex', code: 'column-removed', detail: null }],
      entered: 11,
      left: 12,
      signChanged: 13,
      sizeChanged: 14,
      beyond: 15,
    };
    const scope = diffScope(report);
    expect(scope.subject).to.equal('a comparison');
    expect(read(scope)).to.deep.equal({
      'test.rmse': 4,
      'base.test.rmse': 5,
      'change.test.rmse': -1,
      entered: 11,
      left: 12,
      signChanged: 13,
      sizeChanged: 14,
      beyond: 15,
      nonzero: 8,
      'base.nonzero': 7,
      certified: 0,
      columns: 1,
    });
    expect(functions(scope)).to.deep.equal({
      coef: { argument: 'feature', age: 3, bmi: 0 },
      base: { argument: 'feature', age: 1, bmi: 0 },
      change: { argument: 'feature', age: 2, bmi: 0 },
    });
  });
});

const column = (name: string, role: ColumnCheck['role'], figures: Partial<ColumnCheck>): ColumnCheck => ({
  name,
  role,
  needed: true,
  type: 'numeric',
  found: 'numeric',
  missingShare: null,
  missingShareTraining: null,
  psi: null,
  psiChance: null,
  rangeExcess: null,
  rangeDistance: null,
  unseen: null,
  ...figures,
});

const finding = (severity: 'error' | 'warning' | 'info') =>
  ({
    code: 'extra-column',
    severity,
    column: 'a',
    value: null,
    bound: null,
    detail: '',
    message: '',
  }) as const;

const EVALUATION: EvaluateReport = {
  version: '0.1.0',
  model: {
    family: 'gaussian',
    penalty: 'lasso',
    l1Ratio: 1,
    standardize: true,
    standardizeTarget: false,
    intercept: true,
    source: 'model.json',
    lambda: 1,
  },
  data: {
    source: 'a.csv',
    rows: 10,
    rowsUsed: 7,
    rowsUnlabelled: 2,
    rowsUnscored: 1,
    isTrainingFile: false,
  },
  target: { name: 'y', classes: null, positive: null },
  weights: null,
  metrics: { mse: 1, rmse: 2, mae: 3, r2: 4 },
  baseline: { mse: 5, rmse: 6, mae: 7, r2: 8 },
  training: { train: { mse: 9, rmse: 10, mae: 11, r2: 12 }, test: { mse: 13, rmse: 14, mae: 15, r2: 16 } },
  confusion: null,
  calibration: null,
  roc: null,
  columns: [
    column('a', 'feature', { psi: 0.3, missingShare: 0.1 }),
    column('b', 'feature', { psi: 0.2, rangeExcess: 0.4 }),
    // Only features count in the figure of all columns.
    column('y', 'target', { psi: 0.9, unseen: 0.8, missingShare: 0.5, rangeExcess: 0.6 }),
  ],
  findings: [
    ...Array<ReturnType<typeof finding>>(1).fill(finding('error')),
    ...Array<ReturnType<typeof finding>>(2).fill(finding('warning')),
    ...Array<ReturnType<typeof finding>>(3).fill(finding('info')),
  ],
  warnings: [],
  refusal: null,
};

const COUNTS = {
  'data.rows': 10,
  'data.rowsUsed': 7,
  'data.rowsUnlabelled': 2,
  'data.rowsUnscored': 1,
  'findings.error': 1,
  'findings.warning': 2,
  'findings.info': 3,
  'columns.psi': 0.3,
  'columns.missingShare': 0.1,
  'columns.rangeExcess': 0.4,
  'columns.unseen': 0,
};

/** The metrics of a family under the four names that each has, in the order of the report's fields. */
const metricFigures = (names: readonly string[], values: readonly (readonly (number | null)[])[]) =>
  Object.fromEntries(
    ['', 'baseline.', 'training.train.', 'training.test.'].flatMap((prefix, part) =>
      names.map((name, k) => [`${prefix}${name}`, values[part][k]]),
    ),
  );

describe('the figures of an evaluation', () => {
  it('are metrics, baseline, those of training, counts, and the largest of all features', () => {
    const scope = evaluateScope(EVALUATION);
    expect(scope.subject).to.equal('an evaluation of a gaussian model');
    const names = ['mse', 'rmse', 'mae', 'r2'];
    const values = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 11, 12],
      [13, 14, 15, 16],
    ];
    expect(read(scope)).to.deep.equal({ ...metricFigures(names, values), ...COUNTS });
    const argument = 'column';
    expect(functions(scope)).to.deep.equal({
      psi: { argument, a: 0.3, b: 0.2, y: 0.9 },
      missingShare: { argument, a: 0.1, b: null, y: 0.5 },
      rangeExcess: { argument, a: null, b: 0.4, y: 0.6 },
      unseen: { argument, a: null, b: null, y: 0.8 },
    });
  });

  it('are those of confusion and calibration too for two classes, and null where nothing was measured', () => {
    const model = { ...EVALUATION.model, family: 'binomial' } as const;
    const confusion = {
      threshold: 0.5,
      truePositive: 1,
      falsePositive: 2,
      trueNegative: 3,
      falseNegative: 4,
      accuracy: 5,
      sensitivity: 6,
      specificity: 7,
      precision: 8,
      f1: 9,
      balancedAccuracy: 10,
      mcc: 11,
    };
    const calibration = { intercept: 12, slope: 13, expectedCalibrationError: 14, bins: [] };
    const metrics = { logLoss: 1, auc: 2, accuracy: 3, brier: 4 };
    const names = Object.keys(metrics);
    const measured = (shown: typeof confusion | null, calibrated: typeof calibration | null) => ({
      ...EVALUATION,
      model,
      metrics: shown && metrics,
      baseline: shown && metrics,
      training: { train: metrics, test: null },
      confusion: shown as EvaluateReport['confusion'],
      calibration: calibrated as unknown as EvaluateReport['calibration'],
    });
    const { threshold, ...counts } = confusion;
    const { bins, ...calibrated } = calibration;
    const keyed = (prefix: string, values: object, value?: null) =>
      Object.fromEntries(Object.entries(values).map(([name, own]) => [`${prefix}.${name}`, value ?? own]));
    const all = [1, 2, 3, 4];
    const none = [null, null, null, null];
    expect(read(evaluateScope(measured(confusion, calibration)))).to.deep.equal({
      ...metricFigures(names, [all, all, all, none]),
      ...keyed('confusion', counts),
      ...keyed('calibration', calibrated),
      ...COUNTS,
    });
    const unmeasured = read(evaluateScope(measured(null, null)));
    for (const name of [...names, 'baseline.auc', 'confusion.mcc', 'calibration.slope']) {
      expect(unmeasured[name], name).to.equal(null);
    }
  });

  it('can be named before the evaluation, and no others', () => {
    for (const family of ['gaussian', 'binomial'] as const) {
      const names = evaluateNames(family);
      const scope = evaluateScope({ ...EVALUATION, model: { ...EVALUATION.model, family } });
      expect(names.subject).to.equal(`an evaluation of a ${family} model`);
      expect([...names.figures.keys()]).to.deep.equal([...scope.figures.keys()]);
      expect([...names.functions.keys()]).to.deep.equal([...scope.functions.keys()]);
    }
  });
});
