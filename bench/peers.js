// The tools that shrinkfit is compared with: how to run each, and what it can do.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, digest } from './answers.js';
import { answerFolder, BENCH } from './cases.js';
import { output } from './command.js';
import { problemArguments } from './problem.js';

/** Debian's packages belong to its own Python, which need not be the first on the path. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

const R_VERSIONS =
  'cat(as.character(packageVersion("glmnet")), "(R", paste0(getRversion(), ","), "data.table", ' +
  'paste0(packageVersion("data.table"), ")"))';
const PYTHON_VERSIONS =
  'import sklearn, pandas, platform; ' +
  'print(f"{sklearn.__version__} (Python {platform.python_version()}, pandas {pandas.__version__})")';

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {string[]} script program and first arguments
 * @property {string[]} version a command that prints the versions, and fails where something is missing
 * @property {(work: import('./cases.js').Case) => boolean} does can it do this work?
 */

/** @type {Peer[]} */
const PEERS = [
  {
    name: 'glmnet',
    script: ['Rscript', '--vanilla', join(BENCH, 'peers', 'glmnet.R')],
    version: ['Rscript', '--vanilla', '-e', `library(glmnet); library(data.table); ${R_VERSIONS}`],
    does: () => true,
  },
  {
    name: 'sklearn',
    script: [PYTHON, join(BENCH, 'peers', 'scikit_learn.py')],
    version: [PYTHON, '-c', PYTHON_VERSIONS],
    does: ({ data, problem }) => data.family === 'gaussian' && !data.weights && !isBounded(problem),
  },
];

function isBounded({ nonnegative, lower, upper }) {
  return Boolean(nonnegative ?? lower ?? upper);
}

/**
 * The peers that are here, with their versions; says which are not.
 * @param {string[] | null} wanted names, or null for all
 * @throws Error for a name that no peer has
 */
export function findPeers(wanted, log) {
  const stray = wanted?.find((name) => !PEERS.some((peer) => peer.name === name));
  if (stray !== undefined) throw new Error(`no peer is called ${stray}; there are glmnet and sklearn`);
  const chosen = PEERS.filter(({ name }) => wanted === null || wanted.includes(name));
  return chosen.flatMap((peer) => {
    const version = versionOf(peer);
    if (version === null) log(`${peer.name} is not here: its columns stay empty`);
    return version === null ? [] : [{ ...peer, version }];
  });
}

function versionOf(peer) {
  try {
    return output(peer.version).trim();
  } catch {
    return null;
  }
}

/** The command whose time is taken. */
export function command(peer, work) {
  const validation = work.folds > 0 ? ['--cv', String(work.folds)] : [];
  return [...peer.script, '--file', work.data.file, ...objective(work), ...validation];
}

/**
 * glmnet on given rows, to its default threshold, with its coefficients at some lambdas written to a file.
 * @param {{train: string, test: string | null, folds: string | null, coefficients: string, at: number[]}} files and positions in
 *   the path, from 1
 */
export function glmnetCommand(work, { train, test, folds, coefficients, at }) {
  const [glmnet] = PEERS;
  return [
    ...[...glmnet.script, '--train', train, ...objective(work)],
    ...(test === null ? [] : ['--test', test]),
    ...(folds === null ? [] : ['--folds', folds]),
    ...['--coefficients', coefficients, '--at', at.join(',')],
  ];
}

/**
 * Test errors, and those of the given folds, at given lambdas, fitted to and tested on given files, to a tight tolerance. What
 * the same peer has answered about the same files is not asked again.
 */
export function matched(peer, work, { train, test, lambdas, threshold, folds }) {
  const files = [peer.script.at(-1), train, test, folds].filter((file) => file !== null);
  const given = { ...work, problem: { ...work.problem, lambdas, lambdaCount: undefined } };
  const asked = [...objective(given), String(threshold)];
  const question = [peer.version, ...files.map((file) => digest(readFileSync(file))), ...asked];
  return answer(answerFolder(), question, () => ask(peer, given, { train, test, threshold, folds }));
}

function ask(peer, work, { train, test, threshold, folds }) {
  const rows = ['--train', train, '--test', test, '--thresh', String(threshold)];
  const validation = folds === null ? [] : ['--folds', folds];
  const [header, ...table] = output([...peer.script, ...rows, ...objective(work), ...validation])
    .trim()
    .split('\n');
  const columns = header.split(',');
  const [lambda, error, cv] = ['lambda', 'test', 'cv'].map((name) => columns.indexOf(name));
  return table
    .map((line) => line.split(',').map(Number))
    .map((row) => ({ lambda: row[lambda], test: row[error], cv: row[cv] }));
}

function objective({ data, problem }) {
  return ['--target', data.target, '--family', data.family, ...problemArguments(problem)];
}
