// The files that are read: generated ones are made once, and kept while they are what their description says.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { GENERATOR_VERSION, lines } from './generate.js';

const CHUNK = 1 << 20;
const NEWLINE = 10;

/** Makes the file of a data set, unless it is a fixture or is there already. */
export function ensureData(data, log) {
  if (data.fixture || isFresh(data)) return;
  log(`making ${data.file} (${data.rows} x ${data.features})`);
  mkdirSync(dirname(data.file), { recursive: true });
  // Renamed when whole: an interrupted run leaves no file that looks finished.
  const partial = `${data.file}.partial`;
  writeLines(partial, lines(data));
  renameSync(partial, data.file);
  writeFileSync(stampFile(data), `${JSON.stringify(stamp(data))}\n`);
}

/** Is the file there, of the size and from the description in its stamp? */
export function isFresh(data) {
  if (!existsSync(data.file) || !existsSync(stampFile(data))) return false;
  return readFileSync(stampFile(data), 'utf8') === `${JSON.stringify(stamp(data))}\n`;
}

function stampFile(data) {
  return `${data.file}.stamp`;
}

function stamp({ file, family, rows, features, rho, seed, ...rest }) {
  const { active, noise, logit, duplicates, units, zeros, levels, weights } = rest;
  const special = { active, noise, logit, duplicates, units, zeros, levels, weights };
  // JSON leaves out what is undefined.
  const shape = { generator: GENERATOR_VERSION, family, rows, features, rho, seed, ...special };
  return { ...shape, bytes: statSync(file).size };
}

/** Writes lines in large pieces: neither the file nor a stream's backlog is ever in memory. */
export function writeLines(file, source) {
  const output = openSync(file, 'w');
  let chunk = '';
  for (const line of source) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK) continue;
    writeSync(output, chunk);
    chunk = '';
  }
  writeSync(output, chunk);
  closeSync(output);
}

/**
 * Cuts a file in two, both with its header, so that two tools can be given the very same rows. The rows are in no
 * order, so the last ones serve as test rows.
 * @param {number} trainRows rows of the first part
 */
export function cutFile(file, trainRows, trainFile, testFile) {
  const input = openSync(file, 'r');
  const train = openSync(trainFile, 'w');
  const test = openSync(testFile, 'w');
  const headerEnd = copyLines(input, 0, 1, [train, test]);
  const trainEnd = copyLines(input, headerEnd, trainRows, [train]);
  copyLines(input, trainEnd, Number.POSITIVE_INFINITY, [test]);
  for (const descriptor of [input, train, test]) closeSync(descriptor);
}

/** Copies `count` lines from `position`, or all there are; returns the position after them. */
function copyLines(input, position, count, outputs) {
  const buffer = Buffer.alloc(CHUNK);
  let left = count;
  let at = position;
  while (left > 0) {
    const length = readSync(input, buffer, 0, CHUNK, at);
    if (length === 0) break;
    let end = 0;
    while (left > 0 && end < length) if (buffer[end++] === NEWLINE) left--;
    for (const output of outputs) writeSync(output, buffer, 0, end);
    at += end;
  }
  return at;
}
