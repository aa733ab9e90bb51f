// Makes the rows of a generated data set: equicorrelated gaussian columns, a sparse signal, six significant digits.
import { normals, sfc32, uniform } from './random.js';

/** Raised when the same description gives other bytes than before: files made by an older one are made again. */
export const GENERATOR_VERSION = 1;

const DIGITS = 6;
const MOST_ACTIVE = 20;
/** Standard deviation of the logit, so that the classes overlap: the best accuracy is near 0.8. */
const LOGIT_SCALE = 2;
/** Standard deviation of what a level adds to the signal. */
const LEVEL_EFFECT = 0.5;

/**
 * @typedef {object} Description what the rows of a file are like; what is left out is not there
 * @property {'gaussian' | 'binomial'} family
 * @property {number} rows
 * @property {number} features columns of numbers
 * @property {number} rho correlation of every pair of them
 * @property {number} seed
 * @property {number} [active] columns of numbers with a coefficient, by default at most 20
 * @property {number} [noise] standard deviation of the gaussian noise, by default 1
 * @property {number} [logit] standard deviation of the logit, by default 2
 * @property {number} [duplicates] how many of the last columns of numbers repeat the first ones
 * @property {boolean} [units] are the columns in units from a thousandth to a thousand?
 * @property {number} [zeros] share of the cells that are 0
 * @property {number[]} [levels] a text column for each, with so many levels: a few are frequent, many are rare
 * @property {boolean} [weights] is there a column `w` of observation weights, from 0.5 to 2?
 */

/**
 * The lines of the file, header first, without line ends.
 *
 *     x_ij = sqrt(rho) u_i + sqrt(1 - rho) e_ij        u, e standard normal: every pair of columns correlates by rho
 *     s_i  = sum_j x_ij b_j                            scaled to unit variance; plus half a normal for each level
 *     gaussian: y_i = s_i + noise, noise standard normal: half of the variance can be explained
 *     binomial: y_i = 1 with probability 1 / (1 + exp(-2 s_i)), else 0
 *
 * @param {Description} data
 * @returns {Generator<string>}
 */
export function* lines(data) {
  const next = sfc32(data.seed);
  const normal = normals(next);
  const target = data.family === 'binomial' ? drawClass(next, data.logit) : drawValue(normal, data.noise);
  const signal = sparseSignal(data.features, data.rho, data.active);
  const texts = (data.levels ?? []).map((count) => textColumn(count, normal));
  const x = new Float64Array(data.features);
  yield header(data);
  for (let i = 0; i < data.rows; i++) {
    fillRow(x, data.rho, normal);
    if (data.zeros !== undefined) for (let j = 0; j < x.length; j++) if (uniform(next) < data.zeros) x[j] = 0;
    if (data.duplicates !== undefined) x.copyWithin(x.length - data.duplicates, 0, data.duplicates);
    const drawn = texts.map(({ effects }) => Math.floor(effects.length * uniform(next) ** 2));
    const weight = data.weights ? [(0.5 * 4 ** uniform(next)).toPrecision(DIGITS)] : [];
    const sum = signal.reduce((total, [j, b]) => total + b * x[j], 0);
    const effect = drawn.reduce((total, level, k) => total + texts[k].effects[level], 0);
    if (data.units) for (let j = 0; j < x.length; j++) x[j] *= 10 ** ((j % 7) - 3);
    yield [...cells(x), ...drawn.map((level) => `L${level + 1}`), ...weight, target(sum + effect)].join(',');
  }
}

function textColumn(count, normal) {
  return { effects: Float64Array.from({ length: count }, () => LEVEL_EFFECT * normal()) };
}

/**
 * The non-zero coefficients: evenly spread over the columns, signs in turn, sizes from 1 to 2, then scaled so that the
 * signal has variance 1, which for equicorrelated columns is (1 - rho) sum b^2 + rho (sum b)^2.
 * @returns {[number, number][]} pairs of column index and coefficient
 */
export function sparseSignal(features, rho, active = Math.min(MOST_ACTIVE, Math.ceil(features / 5))) {
  const count = Math.min(active, features);
  const raw = Array.from({ length: count }, (_, k) => (k % 2 === 0 ? 1 : -1) * (1 + k / count));
  const squares = raw.reduce((total, b) => total + b * b, 0);
  const sum = raw.reduce((total, b) => total + b, 0);
  const deviation = Math.sqrt((1 - rho) * squares + rho * sum * sum);
  return raw.map((b, k) => [Math.floor((k * features) / count), b / deviation]);
}

function header({ features, levels = [], weights = false }) {
  const numbers = Array.from({ length: features }, (_, j) => `x${j + 1}`);
  const texts = levels.map((_, k) => `c${k + 1}`);
  return [...numbers, ...texts, ...(weights ? ['w'] : []), 'y'].join(',');
}

function fillRow(x, rho, normal) {
  const common = Math.sqrt(rho) * normal();
  const own = Math.sqrt(1 - rho);
  for (let j = 0; j < x.length; j++) x[j] = common + own * normal();
}

function cells(x) {
  return Array.from(x, (value) => value.toPrecision(DIGITS));
}

function drawValue(normal, noise = 1) {
  return (signal) => (signal + noise * normal()).toPrecision(DIGITS);
}

function drawClass(next, logit = LOGIT_SCALE) {
  return (signal) => (uniform(next) < 1 / (1 + Math.exp(-logit * signal)) ? '1' : '0');
}
