// npm run bench:cliffs: is there a command that takes us much longer than glmnet?
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BENCH } from './cases.js';
import { HELP, parseArguments } from './cliffs/arguments.js';
import { draw } from './cliffs/draw.js';
import { meet, removeFiles } from './cliffs/meet.js';
import { progressLine, renderHunt, shellLine } from './cliffs/render.js';
import { measureStarts } from './cliffs/starts.js';
import { complaints } from './cliffs/verdict.js';
import { installPeers } from './install-peers.js';
import { findPeers } from './peers.js';

/** Runs from which the start-up is taken. */
const STARTS = 5;

/** How many times its processor time a start may take. */
const MOST_WAITING = 2;

/** Progress; standard output holds the list and nothing else. */
const log = (message) => console.error(message);

try {
  const options = parseArguments(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else hunt(options);
} catch (error) {
  log(`bench: ${error.message}`);
  process.exitCode = 2;
}

/** Where starting alone waits for a processor, what is taken off each time would hide any cliff. */
function refuseBusyMachine({ cpu, wall }) {
  if (wall <= MOST_WAITING * cpu) return;
  throw new Error(
    `the machine is busy: a start took ${wall.toFixed(2)} s, ${cpu.toFixed(2)} s of them on a processor; hunt when it is idle`,
  );
}

function hunt(options) {
  if (options.install) installPeers(log);
  if (findPeers(['glmnet'], log).length === 0) throw new Error('there is no hunt without glmnet');
  const folder = relative(process.cwd(), join(BENCH, 'data', 'cliffs', `seed-${options.seed}`));
  mkdirSync(folder, { recursive: true });
  const terms = { ...options, folder, log: () => {} };
  terms.starts = measureStarts({ ...terms, runs: STARTS });
  refuseBusyMachine(terms.starts.ours);
  const results = [];
  for (const index of options.indexes) {
    const result = meet(draw(options.seed, index, options.cells), terms);
    results.push(result);
    log(progressLine(result));
    if (!options.keep && complaints(result).length === 0) removeFiles(result, folder);
    writeFileSync(
      join(folder, `results-${options.indexes[0]}.json`),
      `${JSON.stringify(results, null, 1)}\n`,
    );
  }
  process.stdout.write(renderHunt(results, terms));
  if (options.indexes.length === 1) console.log(`    ${shellLine(results[0].glmnetCommand ?? [])}`);
  if (results.some((result) => complaints(result).length > 0)) process.exitCode = 1;
}
