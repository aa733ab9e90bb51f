// Correctness before time: every solution certified, and the peers' test errors at the same lambdas and rows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutFile } from './data.js';
import * as ours from './ours.js';
import * as peers from './peers.js';
import { relativeDifference, thin } from './statistics.js';

const TRAIN_SHARE = 0.8;
const MATCHED_LAMBDAS = 10;

/**
 * How far test errors may be apart, relatively. A test error moves in proportion to the error of the coefficients, and
 * glmnet's goes with the square root of its threshold: 1e-12 left up to 1e-3 on the worst case here (a lasso with more
 * columns than rows, near saturation), and each factor of 100 took away one of 10. The scripts ask glmnet for 1e-18 and
 * scikit-learn for a duality gap of 1e-8, which leaves this bound a factor of ten and more. What it is there to find,
 * a wrong lambda, scaling, row or penalty, shows at 1e-2.
 */
const LARGEST_DIFFERENCE = 1e-4;

/**
 * @returns {{certified: number, solutions: number, largestKkt: number, differences: Record<string, number>}}
 *   differences: by peer, the largest relative difference of a test error
 * @throws Error where a solution is not certified or a peer disagrees; CommandError where a command fails
 */
export function check(bin, work, present) {
  const { path } = ours.report(bin, work);
  const certified = countCertified(path);
  const largestKkt = Math.max(...path.map(({ kkt }) => kkt));
  const lambdas = thin(path.length, MATCHED_LAMBDAS).map((index) => path[index].lambda);
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
    const rows = { train: join(folder, 'train.csv'), test: join(folder, 'test.csv'), lambdas };
    cutFile(work.data.file, Math.round(work.data.rows * TRAIN_SHARE), rows.train, rows.test);
    const expected = ours.matched(bin, work, rows);
    countCertified(expected);
    const found = able.map((peer) => [
      peer.name,
      largestDifference(expected, peers.matched(peer, work, rows), peer),
    ]);
    return Object.fromEntries(found);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The largest relative difference between the test errors of two tools at the same lambdas.
 * @throws Error where it is too large, or the lambdas are not the same
 */
export function largestDifference(expected, actual, { name }) {
  const worst = expected.reduce(
    (largest, point, i) => Math.max(largest, differenceAt(point, actual[i], name)),
    0,
  );
  if (worst <= LARGEST_DIFFERENCE && actual.length === expected.length) return worst;
  throw new Error(
    `test errors differ from ${name}'s by ${worst.toExponential(1)}, over ${LARGEST_DIFFERENCE}`,
  );
}

function differenceAt(point, other, name) {
  if (other === undefined || relativeDifference(other.lambda, point.lambda) > 1e-9) {
    throw new Error(`${name} has no solution at lambda ${point.lambda}`);
  }
  return relativeDifference(other.test, point.test);
}
