// Draws commands at random: shapes over orders of magnitude, and options in every combination that makes sense.
import { sfc32, uniform } from '../random.js';

/** Keeps the draws of neighbouring seeds apart. */
const STRIDE = 1_000_003;
const FEWEST_ROWS = 40;
/** A fold is a path of its own, so cross-validated problems are this much smaller. */
const FOLD_SHRINKS = 4;
/** Indicators cost no cells of the file, so a table with text columns may become so many times more features. */
const LEVELS_GROW = 8;

/**
 * @typedef {object} Draw
 * @property {number} index
 * @property {import('../generate.js').Description} data
 * @property {import('../problem.js').Problem} problem
 * @property {number} folds of the cross-validation, 0 for none
 * @property {boolean} testRows is a fifth of the rows kept for testing?
 */

/**
 * The command with number `index` of a hunt. It depends on its arguments alone, so it can be drawn again by itself.
 * @param {number} seed
 * @param {number} index
 * @param {number} mostCells rows times features
 * @returns {Draw}
 */
export function draw(seed, index, mostCells) {
  const dice = new Dice(sfc32((seed * STRIDE + index) | 0));
  const folds = dice.chance(0.15) ? dice.of([3, 5, 10]) : 0;
  const cells = mostCells / (folds > 0 ? FOLD_SHRINKS : 1);
  const data = { ...drawTable(dice, cells), seed: dice.whole(1, 1e6) };
  const problem = drawProblem(dice, data, folds);
  return { index, data, problem, folds, testRows: dice.chance(0.2) };
}

function drawTable(dice, mostCells) {
  const family = dice.of(['gaussian', 'binomial']);
  const shape = dice.chance(0.2) ? drawLevels(dice, mostCells) : drawNumbers(dice, mostCells);
  const { features } = shape;
  return {
    family,
    ...shape,
    rho: dice.of([0, 0, 0.2, 0.5, 0.9, 0.99]),
    ...dice.maybe(0.25, 'active', () => dice.of([1, Math.max(1, Math.round(features / 2)), features])),
    ...(family === 'gaussian'
      ? dice.maybe(0.3, 'noise', () => dice.of([0.01, 0.1, 3]))
      : dice.maybe(0.3, 'logit', () => dice.of([0.3, 10]))),
    ...dice.maybe(0.1, 'duplicates', () => dice.whole(1, Math.max(1, Math.floor(features / 2)))),
    ...dice.maybe(0.1, 'units', () => true),
    ...dice.maybe(0.1, 'zeros', () => dice.of([0.5, 0.95])),
    ...dice.maybe(0.15, 'weights', () => true),
  };
}

/** Columns of numbers: from a hundred times as wide as tall to ten thousand times as tall as wide. */
function drawNumbers(dice, mostCells) {
  const cells = dice.logarithmic(2000, mostCells);
  const aspect = dice.logarithmic(0.01, 1e4);
  const rows = Math.max(FEWEST_ROWS, Math.round(Math.sqrt(cells * aspect)));
  return { rows, features: Math.max(2, Math.floor(cells / rows)) };
}

/** One to three columns of text, with their levels, and a few of numbers. */
function drawLevels(dice, mostCells) {
  const levels = Array.from({ length: dice.whole(1, 3) }, () => Math.round(dice.logarithmic(2, 500)));
  const features = dice.whole(2, 20);
  const all = features + levels.reduce((a, b) => a + b);
  // Ten rows a level and more, or the column would not be taken for categories.
  const most = mostCells * Math.min(1 / (features + levels.length), LEVELS_GROW / all);
  const rows = Math.round(dice.logarithmic(200, most));
  return { rows: Math.max(rows, 10 * Math.max(...levels)), features, levels };
}

function drawProblem(dice, data, folds) {
  const penalty = dice.of(['lasso', 'ridge', 'elasticnet']);
  return {
    penalty,
    ...(penalty === 'elasticnet' ? { l1Ratio: dice.rounded(0.01, 1) } : {}),
    ...drawGrid(dice, penalty, folds),
    ...(data.weights ? { weights: true } : {}),
    ...(dice.chance(0.2) ? drawBounds(dice, data) : {}),
    ...(dice.chance(0.15) ? { factors: drawFactors(dice, data) } : {}),
    ...(dice.chance(0.15) ? { standardize: false } : {}),
    ...(dice.chance(0.1) ? { intercept: false } : {}),
  };
}

/** The default grid, a sparse or a dense one, or one lambda. glmnet validates no single lambda. */
function drawGrid(dice, penalty, folds) {
  const kind = dice.next();
  if (kind < 0.45) return {};
  if (kind < 0.65) return { lambdaCount: dice.whole(2, 6) };
  if (kind < 0.75 || folds > 0) return { lambdaCount: dice.of([30, 200]) };
  return { lambdas: [penalty === 'ridge' ? dice.rounded(1e-3, 100) : dice.rounded(3e-4, 0.5)] };
}

function drawBounds(dice, { features }) {
  const kind = dice.next();
  if (kind < 0.4) return { nonnegative: true };
  const columns = dice.columns(kind < 0.8 ? dice.whole(1, 3) : Math.min(features, 100), features);
  const bounds = (sign) => Object.fromEntries(columns.map((name) => [name, sign * dice.rounded(1e-3, 0.1)]));
  if (kind < 0.7) return { upper: bounds(1) };
  return { lower: bounds(-1), upper: bounds(1) };
}

/** A few columns that are not penalised, or less, or more; at least one is as it was. */
function drawFactors(dice, { features }) {
  const names = dice.columns(Math.min(dice.whole(1, 3), features - 1), features);
  return Object.fromEntries(names.map((name) => [name, dice.of([0, 0, 0.1, 10])]));
}

/** Random choices from a source of integers. */
class Dice {
  constructor(source) {
    this.next = () => uniform(source);
  }

  chance(share) {
    return this.next() < share;
  }

  of(choices) {
    return choices[Math.floor(this.next() * choices.length)];
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from, to) {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** Between `from` and `to`, evenly in the logarithm. */
  logarithmic(from, to) {
    return from * (to / from) ** this.next();
  }

  /** The same with two digits, as a user would write it. */
  rounded(from, to) {
    return Number(this.logarithmic(from, to).toPrecision(2));
  }

  maybe(share, key, value) {
    return this.chance(share) ? { [key]: value() } : {};
  }

  /** Names of different columns of numbers. */
  columns(count, features) {
    const chosen = new Set();
    while (chosen.size < Math.min(count, features)) chosen.add(`x${this.whole(1, features)}`);
    return [...chosen];
  }
}
