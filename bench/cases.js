// What is measured: data sets, and the work done on each.
import { join } from 'node:path';

/** The benchmark's folder, and the project's. */
export const BENCH = import.meta.dirname;
export const ROOT = join(BENCH, '..');

/** Shapes of the generated data: full size, and `quick`, which only shows that every part works. */
const SHAPES = [
  { name: 'tall', rows: 100_000, features: 50, rho: 0.2, seed: 1, quick: { rows: 2000, features: 20 } },
  { name: 'mid', rows: 20_000, features: 500, rho: 0.3, seed: 2, quick: { rows: 1000, features: 100 } },
  { name: 'wide', rows: 500, features: 10_000, rho: 0.2, seed: 3, quick: { rows: 100, features: 500 } },
  { name: 'huge', rows: 1_000_000, features: 50, rho: 0.2, seed: 4, quick: { rows: 5000, features: 20 } },
  { name: 'short', rows: 120, features: 2000, rho: 0.2, seed: 5, quick: { rows: 50, features: 200 } },
  {
    ...{ name: 'levels', rows: 50_000, features: 2, rho: 0.2, seed: 6, levels: [500, 243, 98] },
    quick: { rows: 2000, levels: [30, 20, 10] },
  },
  {
    ...{ name: 'weighted', rows: 100_000, features: 50, rho: 0.2, seed: 7, weights: true },
    quick: { rows: 2000, features: 20 },
  },
];

/** Shapes with a target of numbers alone, and those whose whole lasso and ridge paths are not measured. */
const ONLY_GAUSSIAN = ['huge', 'short'];
const ONLY_OTHERS = ['short'];

/** Data sets on which 10-fold cross-validation of the lasso is measured too. */
const CROSS_VALIDATED = ['tall-gaussian', 'mid-gaussian', 'tall-binomial', 'wide-binomial'];

const ELASTIC_NET = { penalty: 'elasticnet', l1Ratio: 0.5 };
const lassoAt = (lambda) => ({ penalty: 'lasso', lambdas: [lambda] });
const SPARSE = { penalty: 'lasso', lambdaCount: 3 };

/** What else is measured: on which data, under which name, and the problem. */
const OTHERS = [
  ['tall-gaussian', 'elasticnet', ELASTIC_NET],
  ['tall-binomial', 'elasticnet', ELASTIC_NET],
  ['mid-gaussian', 'elasticnet', ELASTIC_NET],
  ['mid-binomial', 'elasticnet', ELASTIC_NET],
  ['wide-gaussian', 'elasticnet', ELASTIC_NET],
  ['wide-binomial', 'elasticnet', ELASTIC_NET],
  ['wide-gaussian', 'one-0.01', lassoAt(0.01)],
  ['wide-gaussian', 'one-0.02', lassoAt(0.02)],
  ['wide-binomial', 'one-0.0015', lassoAt(0.0015)],
  ['wide-gaussian', 'grid-3', SPARSE],
  ['mid-binomial', 'grid-3', SPARSE],
  ['short-gaussian', 'upper', { penalty: 'ridge', upper: { x1: 0.05 } }],
  ['short-gaussian', 'nonnegative', { penalty: 'ridge', nonnegative: true }],
];

/** Takes minutes and half a gigabyte of disk: run only when named. */
const ON_REQUEST = ['huge'];

/**
 * @typedef {object} Data
 * @property {string} name
 * @property {string} file absolute path of the CSV file
 * @property {boolean} fixture is the file part of the project?
 * @property {'gaussian' | 'binomial'} family
 * @property {string} target name of the target column
 * @property {number} rows
 * @property {number} features columns of numbers
 * @property {number[]} [levels] of the text columns; each becomes a feature
 *
 * @typedef {object} Case
 * @property {string} name `data-penalty`, `data-cv`, or `data-` and the name of another problem
 * @property {Data} data
 * @property {import('./problem.js').Problem} problem
 * @property {number} folds of the cross-validation, 0 for none
 * @property {boolean} onRequest run only when named?
 */

/**
 * Every case, in the order of the table.
 * @param {boolean} quick at the small size?
 * @returns {Case[]}
 */
export function allCases(quick) {
  const sets = dataSets(quick);
  const whole = sets.filter(({ shape }) => !ONLY_OTHERS.includes(shape));
  const paths = whole.flatMap((data) => ['lasso', 'ridge'].map((penalty) => pathCase(data, penalty)));
  const validations = sets.filter(({ name }) => CROSS_VALIDATED.includes(name)).map(validationCase);
  const others = OTHERS.map(([of, name, problem]) =>
    otherCase(
      sets.find((data) => data.name === of),
      name,
      problem,
    ),
  );
  const [usual, onRequest] = [false, true].map((wanted) => paths.filter((c) => c.onRequest === wanted));
  return [...usual, ...validations, ...others, ...onRequest];
}

/**
 * The cases that the names ask for: a name stands for itself and for all that it begins (`tall`, `tall-gaussian`).
 * @param {string[]} names none means all but those on request
 * @throws Error for a name that stands for nothing
 */
export function chooseCases(cases, names) {
  if (names.length === 0) return cases.filter((c) => !c.onRequest);
  const stray = names.find((name) => !cases.some((c) => begins(c.name, name)));
  if (stray !== undefined) throw new Error(`no case is called ${stray}; --list shows them`);
  return cases.filter((c) => names.some((name) => begins(c.name, name)));
}

function begins(whole, name) {
  return whole === name || whole.startsWith(`${name}-`);
}

function dataSets(quick) {
  const generated = SHAPES.flatMap((shape) =>
    families(shape).map((family) => describe(shape, family, quick)),
  );
  return [diabetes(), ...generated];
}

function families({ name }) {
  return ONLY_GAUSSIAN.includes(name) ? ['gaussian'] : ['gaussian', 'binomial'];
}

function describe({ quick: small, ...shape }, family, quick) {
  const name = `${shape.name}-${family}`;
  const file = join(dataFolder(quick), `${name}.csv`);
  const kind = { shape: shape.name, onRequest: ON_REQUEST.includes(shape.name) };
  return { ...shape, ...(quick ? small : {}), ...kind, name, file, fixture: false, family, target: 'y' };
}

function diabetes() {
  const file = join(ROOT, 'fixtures', 'diabetes.csv');
  const size = { rows: 442, features: 10 };
  const kind = { shape: 'diabetes', family: 'gaussian', fixture: true, onRequest: false };
  return { name: 'diabetes', file, target: 'target', ...kind, ...size };
}

function pathCase(data, penalty) {
  return {
    name: `${data.name}-${penalty}`,
    data,
    problem: { penalty, weights: data.weights },
    folds: 0,
    onRequest: data.onRequest,
  };
}

function validationCase(data) {
  return { name: `${data.name}-cv`, data, problem: { penalty: 'lasso' }, folds: 10, onRequest: false };
}

function otherCase(data, name, problem) {
  return { name: `${data.name}-${name}`, data, problem, folds: 0, onRequest: false };
}

function dataFolder(quick) {
  return quick ? join(BENCH, 'data', 'quick') : join(BENCH, 'data');
}

/** Where the peers' answers to checks are kept. */
export function answerFolder() {
  return join(BENCH, 'data', 'answers');
}

/** Where results go. Those of a quick run mean nothing, so they stay with its data, outside version control. */
export function resultFolder(quick) {
  return quick ? join(dataFolder(quick), 'results') : join(BENCH, 'results');
}
