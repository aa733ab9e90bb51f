// The folds that our cross-validation draws, for the peers: with the same folds their errors must agree.
import { readFileSync, writeFileSync } from 'node:fs';
import { compiledPath, compileTests } from '../scripts/compile-tests.js';

await compileTests();
const { drawFolds } = await import(`../${compiledPath('src/features/split.ts')}`);

/** The default of `--seed`. */
const SEED = 1;

/**
 * Writes the number of its fold, from 1, for each row of a file of training rows, one a line.
 * @returns the file written
 */
export function writeFolds(file, trainFile, { data, folds }) {
  const y = targets(trainFile, data.target);
  const classes = data.family === 'binomial' ? Int32Array.from(y) : null;
  const foldOf = drawFolds(y.length, folds, SEED, classes);
  writeFileSync(file, `${Array.from(foldOf, (fold) => fold + 1).join('\n')}\n`);
  return file;
}

/** The cells of one column of a generated file, which has no quotes. */
function targets(file, name) {
  const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const column = header.split(',').indexOf(name);
  return lines.map((line) => Number(line.split(',')[column]));
}
