import { crossValidate } from '../cross-validation/cross-validate.js';
import { dealFolds } from '../cross-validation/deal-folds.js';
import type { Table } from '../csv/columns/table.js';
import { degreesOfFreedom } from '../degrees-of-freedom/degrees-of-freedom.js';
import { UsageError } from '../errors.js';
import { metricsAlong, metricsOfTraining, ranksTraining, type WantedMetrics } from '../metrics/along-path.js';
import { errorOf } from '../metrics/metrics.js';
import type { FitOptions } from '../options/options.js';
import { type ResolvedOptions, resolveOptions } from '../options/resolve-options.js';
import type { SelectionRule } from '../options/vocabulary.js';
import { defaultMinRatio, lambdaMaxAt, logSpaced, nullModel } from '../path/lambda-grid.js';
import { type GridEnds, ridgeEnds } from '../path/ridge-grid.js';
import { selectByAicc, selectByCv, selectByCv1se, selectByTest } from '../path/select-lambda.js';
import { type CertifiedSolution, solveGrid } from '../path/solve-path.js';
import type { Problem } from '../problem/problem.js';
import type { Engine } from '../runtime/engine.js';
import { LazyEngine } from '../runtime/lazy-engine.js';
import { withRows } from '../setup/memory-budget.js';
import { type Prepared, prepare } from '../setup/prepare.js';
import { engineFor, readData } from '../setup/read-data.js';
import type { Parts } from '../setup/read-parts.js';
import { Warnings } from '../setup/warnings.js';
import type { Solver } from '../solvers/solver.js';
import { VERSION } from '../version.js';
import { baselineOf } from './baseline.js';
import type { FitReport, Metrics, PathPoint } from './fit-report.js';
import { pathPoint } from './path-point.js';
import { warnAboutSolutions } from './solution-warnings.js';
import { warnAtEnds } from './warn-at-ends.js';
import { classNotInTest, warnOfClasses } from './warn-of-classes.js';

/** What a fit can be given besides its options. */
export interface FitContext {
  /** Test rows from another table; `holdout` and `stratify` are then ignored. */
  readonly testTable?: Table | null;
  /** Threads to use for large problems; never changes a digit of the result. Default: 1. */
  readonly threads?: number;
  /** The compiled kernels to use for large problems, instead of own ones; not closed here. */
  readonly engine?: () => Engine;
  /**
   * 'shown' omits costly metrics that no table shows: for large problems the mean absolute error, and the area under the ROC curve of
   * training rows if there are test rows. They are then null; nothing else changes. Not for reports that become a model or are checked by
   * gates. Default: 'all'.
   */
  readonly metrics?: WantedMetrics;
  /** Called after each lambda. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Fits the whole path of lambdas and measures each solution on training and test rows.
 *
 *     minimise  1/W sum_i w_i loss(y_i, eta_i) + lambda * sum_j factor_j ((1 - l1Ratio)/2 b_j^2 + l1Ratio |b_j|)
 *
 * @throws UsageError for options that are wrong, DataError for data that cannot support the fit
 */
export async function fit(table: Table, options: FitOptions, context: FitContext = {}): Promise<FitReport> {
  return (await fitOutcome(table, options, context)).report;
}

/** A report with the data it was made from, for callers that keep the model. */
export interface FitOutcome {
  readonly report: FitReport;
  readonly table: Table;
  readonly options: ResolvedOptions;
  readonly parts: Parts;
  /** Its designs may be in the memory of a closed engine; everything else remains valid. */
  readonly prepared: Prepared;
  /** In standardized coordinates, aligned with the report's path. */
  readonly path: readonly CertifiedSolution[];
  /** eta of the model that knows only the mean, or the class rate, of the training rows; the offset comes on top. */
  readonly baselineIntercept: number;
}

/** `fit`, with everything that the report was made from. */
export async function fitOutcome(
  table: Table,
  options: FitOptions,
  context: FitContext = {},
): Promise<FitOutcome> {
  if (context.engine !== undefined) return outcomeOf(table, options, context);
  const own = new LazyEngine(context.threads ?? 1);
  try {
    return await outcomeOf(table, options, { ...context, engine: own.get });
  } finally {
    own.close();
  }
}

async function outcomeOf(table: Table, options: FitOptions, context: FitContext): Promise<FitOutcome> {
  const resolved = resolveOptions(options);
  const warnings = new Warnings();
  const parts = readData(table, context.testTable ?? null, resolved, warnings);
  try {
    return await outcomeOn(parts, table, resolved, context, warnings);
  } catch (error) {
    throw withRows(parts, error);
  }
}

async function outcomeOn(
  parts: Parts,
  table: Table,
  resolved: ResolvedOptions,
  context: FitContext,
  warnings: Warnings,
): Promise<FitOutcome> {
  const rule = selectionRule(resolved, parts);
  warnOfClasses(parts, rule === 'test', warnings);
  const { cv } = resolved;
  const folds = cv === null ? null : dealFolds(parts, { ...resolved, cv });
  const engine = engineFor(parts, context);
  const prepared = prepare(parts, resolved, warnings, engine);
  const { tolerance, maxIterations } = resolved;
  const choose = gridOf(prepared.problem, resolved, warnings);
  const { grid, path } = solveGrid(prepared.problem, choose, {
    tolerance,
    maxIterations,
    onProgress: context.onProgress,
    errors: { w: parts.train.w, ranked: ranksTraining(parts.test, context.metrics ?? 'all') },
  });
  warnAboutSolutions(path, prepared, tolerance, warnings);
  const errors =
    folds === null
      ? null
      : await crossValidate(parts, prepared, folds, resolved, path, engine, context.onProgress);
  const points = measured(path, prepared, parts, context.metrics ?? 'all').map((point, k) => ({
    ...point,
    cv: errors?.[k] ?? null,
  }));
  const index = selectIndex(rule, points, prepared.problem, warnings);
  warnAtEnds(points, index, { ...resolved, family: parts.coding.family.name }, warnings);
  const baseline = baselineOf(prepared, parts, resolved);
  const report = {
    ...describe(table, resolved, parts, prepared),
    baseline: { train: baseline.train, test: baseline.test },
    lambdaMax: grid.largest,
    path: points,
    selected: { rule, index, lambda: points[index].lambda },
    warnings: warnings.list,
  };
  return { report, table, options: resolved, parts, prepared, path, baselineIntercept: baseline.intercept };
}

/** The requested rule, or the default for the available errors. @throws UsageError where its figures are missing */
function selectionRule({ select, cv }: ResolvedOptions, parts: Parts): SelectionRule {
  const { test } = parts;
  const canTest = test !== null && classNotInTest(parts) === null;
  const rule = select ?? (cv !== null ? 'cv-1se' : canTest ? 'test' : 'aicc');
  if (rule === 'test' && test === null) {
    throw new UsageError(
      '--select test: there are no test rows; give a holdout or a test file, or --select aicc',
    );
  }
  if ((rule === 'cv' || rule === 'cv-1se') && cv === null) {
    throw new UsageError(`--select ${rule}: there is no cross-validation; add --cv 10`);
  }
  return rule;
}

/** The parts of the report that follow from the data and the options. */
function describe(
  table: Table,
  options: ResolvedOptions,
  parts: Parts,
  { problem, features, featureScale, penaltyFactor }: Prepared,
) {
  const { penalty, standardize, standardizeTarget, intercept, tolerance } = options;
  const family = problem.family.name;
  const { coding, rowsUsed, rowsDropped, split } = parts;
  return {
    version: VERSION,
    model: {
      ...{ family, penalty, l1Ratio: problem.penalty.l1Ratio },
      ...{ standardize, standardizeTarget, intercept },
    },
    data: { source: table.source, rows: table.rows, rowsUsed, rowsDropped },
    target: { name: options.target, classes: coding.classes, positive: coding.classes?.[1] ?? null },
    features: features.map(({ name }) => name),
    split,
    featureScale,
    penaltyFactor,
    tolerance,
  };
}

/** Each solution on the original scale, with its errors on training and test rows. */
function measured(
  path: readonly CertifiedSolution[],
  prepared: Prepared,
  { coding, train, test }: Parts,
  wanted: WantedMetrics,
): PathPoint[] {
  const { problem, testDesign } = prepared;
  const onTrain = metricsOfTraining(coding.family, train, problem.design, path, wanted);
  const onTest =
    test === null || testDesign === null ? [] : metricsAlong(coding.family, test, testDesign, path);
  const freedom = degreesOfFreedom(problem, path);
  return path.map((solution, k) =>
    pathPoint(solution, prepared, freedom[k], onTrain[k] as Metrics, onTest[k] ?? null),
  );
}

/** The lambdas to solve, decreasing, and the one at which a default grid begins. */
interface Grid {
  readonly largest: number;
  readonly lambdas: readonly number[];
}

const UNPENALISED: Grid = { largest: 0, lambdas: [0] };

/** Fits the null model, and returns a function that chooses the lambdas once there is a solver. */
function gridOf(
  problem: Problem,
  { penalty, lambda, tolerance, maxIterations }: ResolvedOptions,
  warnings: Warnings,
): (solver: () => Solver) => Grid {
  if (penalty === 'none') return () => UNPENALISED;
  const violation = 1e-4 * tolerance * problem.gradientScale;
  const nothing = nullModel(problem, { violation, maxIterations });
  const borrowed = lambdaMaxAt(problem, nothing);
  return (solver) => {
    const ends = (): GridEnds => {
      if (problem.penalty.l1Ratio === 0 && borrowed > 0) return ridgeEnds(problem, nothing, solver());
      return { from: borrowed, to: borrowed * defaultMinRatio(problem) };
    };
    if (lambda.kind === 'list') {
      return { largest: ends().from, lambdas: [...lambda.values].sort((a, b) => b - a) };
    }
    // Below this it only reflects the accuracy of the null model, not a relation to the target.
    if (!(borrowed > violation)) {
      warnings.add(
        'no-penalised-feature',
        'no penalised feature is related to the target, so the only lambda is 0',
      );
      return { largest: borrowed, lambdas: [0] };
    }
    const { from, to } = ends();
    const end = lambda.minRatio === null ? to : from * lambda.minRatio;
    return { largest: from, lambdas: logSpaced(from, end, lambda.count) };
  };
}

/** The index of the lambda that the rule selects: of certified solutions, if there are any. */
function selectIndex(
  rule: SelectionRule,
  all: readonly PathPoint[],
  problem: Problem,
  warnings: Warnings,
): number {
  const certified = all.filter((point) => point.certified);
  const points = certified.length > 0 ? certified : all;
  return all.indexOf(points[ruleIndex(rule, points, problem, warnings)]);
}

function ruleIndex(
  rule: SelectionRule,
  points: readonly PathPoint[],
  problem: Problem,
  warnings: Warnings,
): number {
  const candidates = points.map(({ train, test, df }) => ({
    trainError: errorOf(train),
    testError: test === null ? null : errorOf(test),
    df,
  }));
  if (rule === 'test') return selectByTest(candidates);
  const errors = points.flatMap(({ cv }) => (cv === null ? [] : [cv]));
  if (rule === 'cv') return selectByCv(errors);
  if (rule === 'cv-1se') return selectByCv1se(errors);
  const rows = problem.v.reduce((count, v) => count + (v > 0 ? 1 : 0), 0);
  const index = selectByAicc(candidates, problem.family, rows, problem.intercept);
  if (index !== null) return index;
  warnings.add(
    'aicc-undefined',
    `with ${rows} training rows the aicc is undefined at every lambda; the largest lambda is selected`,
  );
  return 0;
}
