// shrinkfit's commands for each case.
import { join, resolve } from 'node:path';
import { ROOT } from './cases.js';
import { CommandError, output } from './command.js';

const USAGE = 2;
const UNCERTIFIED = 4;

/** The command whose time is taken: it prints the tables, as a user sees them. */
export function command(bin, { data, penalty, folds }) {
  const validation = folds > 0 ? ['--cv', String(folds)] : [];
  const program = [process.execPath, bin === null ? join(ROOT, 'bin', 'shrinkfit.js') : resolve(bin)];
  return [...program, 'fit', data.file, '--target', data.target, '--penalty', penalty, ...validation];
}

/** The same as JSON, parsed. Uncertified solutions are no error here: the caller counts them. */
export function report(bin, work) {
  return JSON.parse(output([...command(bin, work), '--json'], [0, UNCERTIFIED]));
}

/** Test errors, and cross-validated ones, at given lambdas, fitted to and tested on given files. */
export function matched(bin, work, { train, test, lambdas }) {
  const given = { ...work, data: { ...work.data, file: train } };
  const rows = ['--test-file', test, '--lambda', lambdas.join(',')];
  const { path } = JSON.parse(output([...command(bin, given), ...rows, '--json'], [0, UNCERTIFIED]));
  return path.map((point) => ({
    lambda: point.lambda,
    test: testError(point),
    cv: point.cv?.mean ?? null,
    certified: point.certified,
  }));
}

function testError({ test }) {
  return test.mse ?? test.logLoss;
}

/** Is this the refusal of an option that the measured version does not have? */
export function isRefusal(error) {
  return error instanceof CommandError && error.status === USAGE;
}
