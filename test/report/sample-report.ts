import type {
  BinomialMetrics,
  FitReport,
  GaussianMetrics,
  Metrics,
  PathPoint,
} from '../../src/fit/fit-report.js';
import type { GateResult } from '../../src/gates/gate.js';
import type { FitViewOptions } from '../../src/report/options.js';
import { renderFit } from '../../src/report/render.js';

/** Names that break a naive terminal, table, spreadsheet, object or CI log. */
export const HOSTILE_NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  '=cmd()',
  '+1',
  '@user',
  '-2',
  "'=already guarded",
  '</script><script>alert(1)</script>',
  'a|b',
  'two\nlines',
  'cr\rhere',
  'tab\there',
  '\u001b[31mred\u001b[0m',
  '\u009b2J',
  '\u202egnp.exe',
  'zero\u200bwidth',
  '::error ::x',
  '##[error]x',
  '`code` *bold* _it_ [link](javascript:alert(1))',
  'back\\slash\\|',
  'quote " comma , end',
  ' spaced ',
  '日本語の列名',
  'emoji 🙂',
  'Z\u0351\u0352\u0353\u0354\u0355\u0356a\u0301lgo',
  '\ud800lone',
  '| --- |',
];

const gaussian = (mse: number): GaussianMetrics => ({
  mse,
  rmse: Math.sqrt(mse),
  mae: 0.8 * Math.sqrt(mse),
  r2: 1 - mse / 6000,
});

const binomial = (logLoss: number): BinomialMetrics => ({
  logLoss,
  auc: Math.max(0.5, 1 - 0.7 * logLoss),
  accuracy: 1 - 0.5 * logLoss,
  brier: logLoss / 3,
});

/** How a sample is made; every field has a default. */
export interface Sample {
  readonly family?: 'gaussian' | 'binomial';
  readonly penalty?: 'ridge' | 'lasso' | 'elasticnet' | 'none';
  readonly l1Ratio?: number;
  readonly names?: readonly string[];
  readonly lambdas?: number;
  readonly tested?: boolean;
  readonly selected?: number;
  readonly lambdaMax?: number;
  readonly source?: string;
  readonly changes?: (point: PathPoint, index: number) => Partial<PathPoint>;
}

const DIABETES = ['age', 'sex', 'bmi', 'bp', 's1', 's2', 's3', 's4', 's5', 's6'];

/** Feature j of p enters after a share of the path; the last of more than three never does. Signs alternate. */
function coefficient(j: number, p: number, step: number, dense: boolean): number {
  const start = dense ? -0.1 : (((j * 7) % p) / p) * 0.9;
  if (p > 3 && j === p - 1) return 0;
  return step <= start ? 0 : (j % 2 === 0 ? 1 : -1) * 40 * (step - start) * (1 + j / p);
}

function errors(sample: Sample, step: number): { train: Metrics; test: Metrics | null } {
  const shape = sample.family === 'binomial' ? (x: number) => binomial(x / 9000) : gaussian;
  const train = shape(6000 - 3200 * (1 - (1 - step) ** 3));
  const test = shape(6100 - 3300 * (1 - (1 - step) ** 3) + 250 * Math.max(0, step - 0.5));
  return { train, test: sample.tested === false ? null : test };
}

function point(sample: Sample, index: number, count: number, names: readonly string[]): PathPoint {
  const step = count === 1 ? 1 : index / (count - 1);
  const p = names.length;
  const dense = sample.penalty === 'ridge' || sample.penalty === 'none';
  const coefficients = Float64Array.from(names, (_, j) => coefficient(j, p, step, dense));
  const nonzero = coefficients.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
  return {
    lambda: sample.penalty === 'none' ? 0 : (sample.lambdaMax ?? 45.16) * 1e-4 ** step,
    intercept: 152.133 + step,
    coefficients,
    nonzero,
    sparsity: 1 - nonzero / p,
    df: dense ? nonzero * (0.1 + 0.9 * step) : nonzero,
    dfError: 0,
    l1Norm: coefficients.reduce((sum, value) => sum + Math.abs(value), 0),
    l2Norm: Math.hypot(...coefficients.slice(0, 100)),
    ...errors(sample, step),
    cv: null,
    kkt: 1e-12 + 3e-9 * step,
    certified: true,
    iterations: 1 + index,
  };
}

/** A report of the shape that a fit gives, made by hand: plausible figures, no mathematics behind them. */
export function sampleReport(sample: Sample = {}): FitReport {
  const names = sample.names ?? DIABETES;
  const count = sample.lambdas ?? 100;
  const isBinomial = sample.family === 'binomial';
  const path = Array.from({ length: count }, (_, index) => {
    const made = point(sample, index, count, names);
    return { ...made, ...sample.changes?.(made, index) };
  });
  const index = sample.selected ?? Math.floor(count * (sample.tested === false ? 0.5 : 0.83));
  const tested = sample.tested !== false;
  return {
    version: '0.1.0',
    model: {
      family: sample.family ?? 'gaussian',
      penalty: sample.penalty ?? 'lasso',
      l1Ratio: sample.l1Ratio ?? (sample.penalty === 'ridge' ? 0 : 1),
      standardize: true,
      standardizeTarget: false,
      intercept: true,
    },
    data: { source: sample.source ?? 'diabetes.csv', rows: 442, rowsUsed: 440, rowsDropped: 2 },
    target: {
      name: 'target',
      classes: isBinomial ? ['no', 'yes'] : null,
      positive: isBinomial ? 'yes' : null,
    },
    features: names,
    split: {
      method: tested ? (isBinomial ? 'stratified' : 'random') : 'none',
      seed: tested ? 1 : null,
      train: tested ? 352 : 440,
      test: tested ? 88 : 0,
    },
    baseline: errors(sample, 0),
    lambdaMax: sample.lambdaMax ?? 45.16,
    path,
    selected: { rule: tested ? 'test' : 'aicc', index, lambda: path[index].lambda },
    warnings: [{ code: 'rows-dropped', message: '2 rows have a missing cell' }],
    featureScale: Float64Array.from(names, (_, j) => 0.5 + j / names.length),
    penaltyFactor: new Float64Array(names.length).fill(1),
    tolerance: 1e-6,
  };
}

/** A gate's result with the usual rest. */
export function gateResult(fields: Partial<GateResult> & Pick<GateResult, 'expression'>): GateResult {
  return {
    level: 'require',
    name: fields.expression,
    value: 1,
    bound: 0,
    passed: false,
    remedy: 'see what changed',
    ...fields,
  };
}

export const GATES: readonly GateResult[] = [
  gateResult({ expression: 'test.rmse<=60', value: 55.2, bound: 60, passed: true }),
  gateResult({ expression: 'nonzero<=3', value: null, bound: 3, passed: false }),
];

/** The whole output as one string, with the defaults of the command line. */
export async function rendered(report: FitReport, options: Partial<FitViewOptions> = {}): Promise<string> {
  return [...(await chunks(report, options))].join('');
}

/** The output as it is streamed. */
export function chunks(report: FitReport, options: Partial<FitViewOptions> = {}): Promise<Iterable<string>> {
  return renderFit(report, {
    format: 'table',
    table: 'both',
    rows: 20,
    colorLevel: 0,
    width: 80,
    gates: [],
    ...options,
  });
}
