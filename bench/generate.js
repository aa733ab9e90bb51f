// Makes the rows of a generated data set: equicorrelated gaussian columns, a sparse signal, six significant digits.
import { normals, sfc32, uniform } from './random.js';

/** Raised when the same description gives other bytes than before: files made by an older one are made again. */
export const GENERATOR_VERSION = 1;

const DIGITS = 6;
const MOST_ACTIVE = 20;
/** Standard deviation of the logit, so that the classes overlap: the best accuracy is near 0.8. */
const LOGIT_SCALE = 2;

/**
 * The lines of the file, header first, without line ends.
 *
 *     x_ij = sqrt(rho) u_i + sqrt(1 - rho) e_ij        u, e standard normal: every pair of columns correlates by rho
 *     s_i  = sum_j x_ij b_j                            scaled to unit variance
 *     gaussian: y_i = s_i + noise, noise standard normal: half of the variance can be explained
 *     binomial: y_i = 1 with probability 1 / (1 + exp(-2 s_i)), else 0
 *
 * @param {{family: string, rows: number, features: number, rho: number, seed: number}} data
 * @returns {Generator<string>}
 */
export function* lines(data) {
  const next = sfc32(data.seed);
  const normal = normals(next);
  const target = data.family === 'binomial' ? drawClass(next) : drawValue(normal);
  const signal = sparseSignal(data.features, data.rho);
  const x = new Float64Array(data.features);
  yield header(data.features);
  for (let i = 0; i < data.rows; i++) {
    fillRow(x, data.rho, normal);
    const sum = signal.reduce((total, [j, weight]) => total + weight * x[j], 0);
    yield `${cells(x)},${target(sum)}`;
  }
}

/**
 * The non-zero coefficients: evenly spread over the columns, signs in turn, sizes from 1 to 2, then scaled so that the
 * signal has variance 1, which for equicorrelated columns is (1 - rho) sum b^2 + rho (sum b)^2.
 * @returns {[number, number][]} pairs of column index and coefficient
 */
export function sparseSignal(features, rho) {
  const count = Math.min(MOST_ACTIVE, Math.ceil(features / 5));
  const raw = Array.from({ length: count }, (_, k) => (k % 2 === 0 ? 1 : -1) * (1 + k / count));
  const squares = raw.reduce((total, b) => total + b * b, 0);
  const sum = raw.reduce((total, b) => total + b, 0);
  const deviation = Math.sqrt((1 - rho) * squares + rho * sum * sum);
  return raw.map((b, k) => [Math.floor((k * features) / count), b / deviation]);
}

function header(features) {
  return `${Array.from({ length: features }, (_, j) => `x${j + 1}`).join(',')},y`;
}

function fillRow(x, rho, normal) {
  const common = Math.sqrt(rho) * normal();
  const own = Math.sqrt(1 - rho);
  for (let j = 0; j < x.length; j++) x[j] = common + own * normal();
}

function cells(x) {
  let text = x[0].toPrecision(DIGITS);
  for (let j = 1; j < x.length; j++) text += `,${x[j].toPrecision(DIGITS)}`;
  return text;
}

function drawValue(normal) {
  return (signal) => (signal + normal()).toPrecision(DIGITS);
}

function drawClass(next) {
  return (signal) => (uniform(next) < 1 / (1 + Math.exp(-LOGIT_SCALE * signal)) ? '1' : '0');
}
