// What starting costs each tool: the time of the same command for a file with nothing to do.
import { join } from 'node:path';
import { time } from '../command.js';
import { ensureData } from '../data.js';
import { commandOn } from '../ours.js';
import { glmnetCommand } from '../peers.js';
import { summary, withoutLoading } from './verdict.js';

const TINY = { family: 'gaussian', rows: 20, features: 2, rho: 0, seed: 1 };

/**
 * @returns {{ours: object, glmnet: object}} medians of a few runs in turn, after one that does not count; glmnet's after it has been
 *   loaded
 */
export function measureStarts({ bin, folder, runs }) {
  const data = { ...TINY, file: join(folder, 'tiny.csv'), target: 'y' };
  ensureData(data, () => {});
  const work = { data, problem: { penalty: 'lasso', lambdas: [0.1] }, folds: 0 };
  const files = {
    train: data.file,
    test: null,
    folds: null,
    coefficients: join(folder, 'tiny-coefficients.csv'),
  };
  const commands = [commandOn(bin, work, data.file, null), glmnetCommand(work, { ...files, at: [1] })];
  const pairs = Array.from({ length: runs + 1 }, () => commands.map((command) => time(command))).slice(1);
  return {
    ours: summary(pairs.map(([mine]) => mine)),
    glmnet: summary(pairs.map(([, theirs]) => withoutLoading(theirs))),
  };
}
