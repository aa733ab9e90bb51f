// The value that a solution gives to the problem, from the file alone: the judge of two tools that share no code with it.
import { readFileSync } from 'node:fs';

/**
 * The columns of a generated file, which has no quotes.
 * @returns {Map<string, Float64Array | string[]>} numbers, or the cells of a text column
 */
export function readColumns(file) {
  const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  const columns = names.map((name) =>
    /^c\d/.test(name) ? new Array(lines.length) : new Float64Array(lines.length),
  );
  lines.forEach((line, i) => {
    line.split(',').forEach((cell, j) => {
      columns[j][i] = cell;
    });
  });
  return new Map(names.map((name, j) => [name, columns[j]]));
}

/** The values of a feature: a column of numbers, or the indicator of a level (`COL=LEVEL`). */
function featureValues(columns, name) {
  const numbers = columns.get(name);
  if (numbers !== undefined) return numbers;
  const [column, level] = name.split('=');
  return Float64Array.from(columns.get(column), (cell) => (cell === level ? 1 : 0));
}

/**
 * A judge of the training rows in a file.
 * @param {Map<string, Float64Array | string[]>} columns
 * @param {{family: string, problem: import('../problem.js').Problem}} work
 * @returns {{baseline: number, objective: (point: Point) => number}} baseline: the loss of the mean or the class rate
 *
 * @typedef {object} Point
 * @property {number} lambda
 * @property {number} intercept
 * @property {string[]} features
 * @property {ArrayLike<number>} coefficients on the original scale
 */
export function judgeOf(columns, { family, problem }) {
  const y = columns.get('y');
  const w = problem.weights ? columns.get('w') : new Float64Array(y.length).fill(1);
  const total = w.reduce((a, b) => a + b, 0);
  const mean = (values) => values.reduce((sum, value, i) => sum + w[i] * value, 0) / total;
  const loss = (eta) => mean(y.map((value, i) => lossAt(family, value, eta[i])));
  const scales = new Map();
  const scaleOf = (name, x) => {
    if (problem.standardize === false) return 1;
    if (!scales.has(name)) scales.set(name, deviation(x, mean));
    return scales.get(name);
  };
  return {
    baseline: loss(new Float64Array(y.length).fill(restingPoint(family, mean(y), problem.intercept))),
    objective: ({ lambda, intercept, features, coefficients }) => {
      const eta = new Float64Array(y.length).fill(intercept);
      let penalty = 0;
      features.forEach((name, j) => {
        const b = coefficients[j];
        if (b === 0) return;
        const x = featureValues(columns, name);
        for (let i = 0; i < eta.length; i++) eta[i] += b * x[i];
        penalty += (problem.factors?.[name] ?? 1) * penaltyOf(problem, scaleOf(name, x) * b);
      });
      return loss(eta) + lambda * penalty;
    },
  };
}

function lossAt(family, y, eta) {
  if (family === 'gaussian') return (y - eta) ** 2 / 2;
  return Math.log1p(Math.exp(-Math.abs(eta))) + Math.max(eta, 0) - y * eta;
}

/** The predictor of a model that knows nothing but the target. */
function restingPoint(family, mean, intercept) {
  if (intercept === false) return 0;
  return family === 'gaussian' ? mean : Math.log(mean / (1 - mean));
}

function penaltyOf({ penalty, l1Ratio }, b) {
  const ratio = { lasso: 1, ridge: 0, elasticnet: l1Ratio }[penalty];
  return ((1 - ratio) / 2) * b * b + ratio * Math.abs(b);
}

function deviation(x, mean) {
  const centre = mean(x);
  return Math.sqrt(mean(x.map((value) => (value - centre) ** 2)));
}

/**
 * How much worse one solution is than another, as a share of what there is to explain.
 * @returns {number} above 0: `ours` is worse
 */
export function excess(judge, ours, theirs) {
  return (judge.objective(ours) - judge.objective(theirs)) / judge.baseline;
}
