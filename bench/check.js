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
 * How far test errors may be apart, relatively. At the optimum the training objective is flat, the test error is not:
 * it moves in proportion to the coefficients' error, which is about the square root of the objective's. Peers stop at
 * 1e-12 of the null deviance, so near 1e-6, times the condition of the problem (some 10 to 100 here). A wrong lambda,
 * scaling or row shows at 1e-2.
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
