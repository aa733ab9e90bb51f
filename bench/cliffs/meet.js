// One command of a hunt: its data, both tools on the same rows, and what came of it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, limited, output, time } from '../command.js';
import { cutFile, ensureData } from '../data.js';
import { writeFolds } from '../folds.js';
import { commandOn } from '../ours.js';
import { glmnetCommand } from '../peers.js';
import { thin } from '../statistics.js';
import { excess, judgeOf, readColumns } from './objective.js';
import { measureStarts } from './starts.js';
import { slowness, summary, withoutLoading } from './verdict.js';

/** Exit code of a result that is not certified everywhere. */
const UNCERTIFIED = 4;
const TRAIN_SHARE = 0.8;
/** Lambdas at which objectives are compared. */
const COMPARED = 3;
/** A ratio above this is measured again, for a busy machine makes some. */
const SUSPICIOUS = 1;
const REPEATS = 2;

/**
 * @param {import('./draw.js').Draw} drawn
 * @param {{folder: string, limit: number, bin: string | null, starts: object, log: (line: string) => void}} terms
 * @returns what was found, with the commands that show it again
 */
export function meet(drawn, terms) {
  const files = filesOf(drawn, terms);
  const { problem, folds } = drawn;
  const work = { data: { ...drawn.data, file: files.whole, target: 'y' }, problem, folds };
  const mine = commandOn(terms.bin, work, files.train, files.test);
  try {
    return { ...drawn, command: mine, failure: null, ...race(work, mine, files, terms) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { ...drawn, command: mine, failure: error.message, ratio: null };
  } finally {
    rmSync(files.coefficients, { force: true });
  }
}

function filesOf({ index, data, testRows, folds }, { folder, log }) {
  const named = (part) => join(folder, `${index}${part}`);
  const whole = named('.csv');
  ensureData({ ...data, file: whole }, log);
  const files = { whole, train: whole, test: null, folds: null, coefficients: named('-coefficients.csv') };
  if (testRows) {
    files.train = named('-train.csv');
    files.test = named('-test.csv');
    cutFile(whole, Math.round(TRAIN_SHARE * data.rows), files.train, files.test);
  }
  if (folds > 0) {
    const work = { data: { ...data, target: 'y' }, folds };
    files.folds = writeFolds(named('-folds.txt'), files.train, work);
  }
  return files;
}

/** Removes the files of a draw. */
export function removeFiles({ index }, folder) {
  for (const part of ['.csv', '.csv.stamp', '-train.csv', '-test.csv', '-folds.txt'])
    rmSync(join(folder, `${index}${part}`), { force: true });
}

function race(work, mine, files, { limit, starts, bin, folder }) {
  const timeMine = () => time(mine, { allowed: [0, UNCERTIFIED], limit });
  const first = timeMine();
  // Without our lambdas glmnet takes its own, which are nearly the same.
  const report = first.timedOut
    ? null
    : JSON.parse(output(limited([...mine, '--json'], 2 * limit), [0, UNCERTIFIED]));
  const path = report?.path ?? [];
  const lambdas = report === null ? work.problem.lambdas : path.map(({ lambda }) => lambda);
  const given = { ...work, problem: { ...work.problem, lambdas, lambdaCount: undefined } };
  const theirs = glmnetCommand(given, { ...files, at: thin(path.length, COMPARED).map((k) => k + 1) });
  const timeTheirs = () => withoutLoading(time(theirs, { limit }));
  const pairs = [[first, timeTheirs()]];
  let allowed = starts;
  const ratioOf = (clock) => {
    const [ours, glmnet] = [0, 1].map((side) => summary(pairs.map((pair) => pair[side]))[clock]);
    return slowness(ours, glmnet, allowed.ours[clock], allowed.glmnet[clock]);
  };
  if (!first.timedOut && bothRatios(ratioOf) > SUSPICIOUS) {
    for (let k = 0; k < REPEATS; k++) pairs.push([timeMine(), timeTheirs()]);
    // A busy machine takes longer to start as well.
    allowed = measureStarts({ bin, folder, runs: REPEATS + 1 });
  }
  const [ours, glmnet] = [0, 1].map((side) => summary(pairs.map((pair) => pair[side])));
  return {
    glmnetCommand: theirs,
    ours,
    glmnet,
    ...{ ratio: bothRatios(ratioOf), cpuRatio: ratioOf('cpu'), wallRatio: ratioOf('wall') },
    certified: path.filter(({ certified }) => certified).length,
    solutions: path.length,
    warnings: (report?.warnings ?? []).map(({ code }) => code),
    worse: report === null || glmnet.timedOut ? null : compare(work, report, files),
  };
}

/** The smaller ratio of both clocks: V8 compiles on threads that nobody waits for, and others make the wall run on. */
function bothRatios(ratioOf) {
  return Math.min(ratioOf('cpu'), ratioOf('wall'));
}

/** By how much our objective is larger than glmnet's where it is largest, as a share of the baseline; null without any. */
function compare({ data, problem }, { features, path }, { train, coefficients }) {
  const points = glmnetPoints(coefficients);
  if (points.length === 0) return null;
  const judge = judgeOf(readColumns(train), { family: data.family, problem });
  const ours = thin(path.length, COMPARED).map((k) => ({ ...path[k], features }));
  const differences = points.map((point, k) => excess(judge, ours[k], { lambda: ours[k].lambda, ...point }));
  return Math.max(...differences);
}

/** Where glmnet gave up it has fewer lambdas, and the last ones are missing. */
function glmnetPoints(file) {
  if (!existsSync(file)) return [];
  const rows = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  return rows[0].slice(1).map((intercept, k) => ({
    intercept: Number(intercept),
    features: rows.slice(1).map(([name]) => name),
    coefficients: rows.slice(1).map((row) => Number(row[k + 1])),
  }));
}
