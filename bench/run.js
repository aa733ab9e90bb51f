// npm run bench: is shrinkfit right, and how fast is it next to its peers?
import { statSync } from 'node:fs';
import { HELP, parseArguments } from './arguments.js';
import { allCases, chooseCases, resultFolder } from './cases.js';
import { check } from './check.js';
import { ensureData } from './data.js';
import { installPeers } from './install-peers.js';
import { describeMachine, load } from './machine.js';
import { measure } from './measure.js';
import { isRefusal } from './ours.js';
import { findPeers } from './peers.js';
import { render, saveResult } from './results.js';

/** Progress; standard output holds the table and nothing else. */
const log = (message) => console.error(`bench: ${message}`);

try {
  main(parseArguments(process.argv.slice(2)));
} catch (error) {
  log(error.message);
  process.exitCode = 2;
}

function main(options) {
  const cases = allCases(options.quick);
  const chosen = chooseCases(cases, options.names);
  if (options.help) process.stdout.write(HELP);
  else if (options.list) list(cases);
  else run(options, cases, chosen);
}

function list(cases) {
  for (const { name, onRequest } of cases) console.log(onRequest ? `${name} (only when named)` : name);
}

function run(options, cases, chosen) {
  if (options.install && options.peers?.length !== 0) installPeers(log);
  const peers = findPeers(options.peers, log);
  const machine = describeMachine(Object.fromEntries(peers.map(({ name, version }) => [name, version])));
  const results = chosen.flatMap((work) => runCase(options, work, peers, machine, cases) ?? []);
  if (results.length > 0) process.stdout.write(render(results));
}

/** The result of one case, or null where it was skipped or failed; one failure does not stop the others. */
function runCase(options, work, peers, machine, cases) {
  try {
    ensureData(work.data, log);
    log(`${work.name}: checking`);
    const checked = check(options.bin, work, peers);
    log(`${work.name}: ${describeCheck(checked)}`);
    const result = { ...facts(work, machine), check: checked, ...timeCase(options, work, peers) };
    if (options.runs > 0) saveResult(resultFolder(options.quick), cases, result);
    return result;
  } catch (error) {
    if (work.folds > 0 && isRefusal(error)) log(`${work.name}: skipped, this shrinkfit has no --cv`);
    else fail(work, error);
    return null;
  }
}

function timeCase(options, work, peers) {
  if (options.runs === 0) return { ours: null, peers: {} };
  log(`${work.name}: timing`);
  return measure(options.bin, work, peers, options.runs);
}

function facts({ name, data, problem, folds }, machine) {
  const { family, rows } = data;
  const features = (data.levels ?? []).reduce((count, levels) => count + levels, data.features);
  const csvMB = statSync(data.file).size / 1e6;
  return { case: name, family, problem, folds, rows, features, csvMB, machine, loadBefore: load() };
}

function describeCheck({ certified, solutions, largestKkt, differences }) {
  const agreements = Object.entries(differences).map(
    ([name, difference]) => `errors on other rows within ${difference.toExponential(1)} of ${name}'s`,
  );
  return [`${certified} of ${solutions} certified (${largestKkt.toExponential(1)})`, ...agreements].join(
    ', ',
  );
}

function fail({ name }, error) {
  log(`${name}: FAILED, no time taken: ${error.message}`);
  process.exitCode = 1;
}
