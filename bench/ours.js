// shrinkfit's commands for each case.
import { join, resolve } from 'node:path';
import { ROOT } from './cases.js';
import { CommandError, output } from './command.js';
import { problemArguments } from './problem.js';

const USAGE = 2;
const UNCERTIFIED = 4;

/** The command whose time is taken: it prints the tables, as a user sees them. */
export function command(bin, { data, problem, folds }) {
  const validation = folds > 0 ? ['--cv', String(folds)] : [];
  // More levels than this need the user's word.
  const levels = data.levels === undefined ? [] : ['--max-levels', String(Math.max(...data.levels))];
  const options = [...problemArguments(problem), ...levels, ...validation];
  return [...program(bin), 'fit', data.file, '--target', data.target, ...options];
}

/** node and the script to run: the project's own, unless there is another. */
function program(bin) {
  return [process.execPath, bin === null ? join(ROOT, 'bin', 'shrinkfit.js') : resolve(bin)];
}

/** The command for given training rows, and given test rows or none. */
export function commandOn(bin, work, train, test) {
  const rows = test === null ? ['--holdout', '0'] : ['--test-file', test];
  return [...command(bin, { ...work, data: { ...work.data, file: train } }), ...rows];
}

/** The same as JSON, parsed. Uncertified solutions are no error here: the caller counts them. */
export function report(bin, work) {
  return JSON.parse(output([...command(bin, work), '--json'], [0, UNCERTIFIED]));
}

/** Test errors, and cross-validated ones, at given lambdas, fitted to and tested on given files. */
export function matched(bin, work, { train, test, lambdas }) {
  const given = { ...work, problem: { ...work.problem, lambdas, lambdaCount: undefined } };
  const { path } = JSON.parse(output([...commandOn(bin, given, train, test), '--json'], [0, UNCERTIFIED]));
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
