// Correctness before time: every solution certified, and the peers' errors at the same lambdas, rows and folds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutFile } from './data.js';
import { writeFolds } from './folds.js';
import * as ours from './ours.js';
import * as peers from './peers.js';
import { relativeDifference, thin } from './statistics.js';

const TRAIN_SHARE = 0.8;
const MATCHED_LAMBDAS = 10;
const VALIDATED_LAMBDAS = 5;

/**
 * How far errors may be apart, relatively, and the threshold that glmnet is given for it. An error on other rows moves in
 * proportion to the error of the coefficients, and glmnet's goes with the square root of its threshold. Measured against its
 * own solutions at a hundredth of the threshold or less, 1e-10 leaves up to 6e-5 with more rows than columns and 1.3e-3 with
 * fewer. So the thresholds below leave a tenth of the bound or less, at a cost of about a minute: with 16,000 x 500 a logistic
 * ridge takes minutes for each digit more. scikit-learn is asked for a duality gap of 1e-8. What the check is there to find,
 * a wrong lambda, scaling, row or penalty, shows at 1e-2.
 *
 * In a cross-validation every fold pays, so the threshold is a hundred times larger and the distance ten times; with fewer rows
 * than columns ten thousand times, which leaves 1e-4 of a bound of 1e-3.
 */
function precision({ data, problem, folds }) {
  const wide = data.rows < data.features;
  const looser = folds === 0 ? 1 : wide ? 1e4 : 100;
  if (wide) return { bound: 1e-3, threshold: looser * (problem.penalty === 'ridge' ? 1e-14 : 1e-16) };
  return { bound: 1e-4, threshold: data.family === 'gaussian' ? looser * 1e-14 : 1e-11 };
}

/**
 * @returns {{certified: number, solutions: number, largestKkt: number, differences: Record<string, number>}}
 *   differences: by peer, the largest relative difference of an error on other rows
 * @throws Error where a solution is not certified or a peer disagrees; CommandError where a command fails
 */
export function check(bin, work, present) {
  const { path } = ours.report(bin, work);
  const certified = countCertified(path);
  const largestKkt = Math.max(...path.map(({ kkt }) => kkt));
  const lambdas = thin(path.length, work.folds > 0 ? VALIDATED_LAMBDAS : MATCHED_LAMBDAS).map(
    // Any lambda will do; few digits, so that what peers answered stays good when the last digits of ours change.
    (index) => Number(path[index].lambda.toPrecision(6)),
  );
  const able = present.filter((peer) => peer.does(work));
  const differences = able.length === 0 ? {} : compare(bin, work, able, lambdas);
  return { certified, solutions: path.length, largestKkt, differences };
}

function countCertified(path) {
  const certified = path.filter((point) => point.certified).length;
  if (certified < path.length) throw new Error(`only ${certified} of ${path.length} solutions are certified`);
  return certified;
}

function compare(bin, work, able, lambdas) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const { bound, threshold } = precision(work);
    const rows = {
      train: join(folder, 'train.csv'),
      test: join(folder, 'test.csv'),
      lambdas,
      threshold,
      folds: null,
    };
    cutFile(work.data.file, Math.round(work.data.rows * TRAIN_SHARE), rows.train, rows.test);
    if (work.folds > 0) rows.folds = writeFolds(join(folder, 'folds.txt'), rows.train, work);
    const expected = ours.matched(bin, work, rows);
    countCertified(expected);
    const found = able.map((peer) => [
      peer.name,
      largestDifference(expected, peers.matched(peer, work, rows), peer, bound),
    ]);
    return Object.fromEntries(found);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The largest relative difference between the test errors, and the cross-validated ones, of two tools at the same lambdas.
 * @param {number} bound
 * @throws Error where it is larger, or the lambdas are not the same
 */
export function largestDifference(expected, actual, { name }, bound) {
  const worst = expected.reduce(
    (largest, point, i) => Math.max(largest, differenceAt(point, actual[i], name)),
    0,
  );
  if (worst <= bound && actual.length === expected.length) return worst;
  throw new Error(`errors differ from ${name}'s by ${worst.toExponential(1)}, over ${bound}`);
}

function differenceAt(point, other, name) {
  if (other === undefined || relativeDifference(other.lambda, point.lambda) > 1e-9) {
    throw new Error(`${name} has no solution at lambda ${point.lambda}`);
  }
  const test = relativeDifference(other.test, point.test);
  return point.cv === null ? test : Math.max(test, relativeDifference(other.cv, point.cv));
}
