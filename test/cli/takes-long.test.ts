import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { takesLong } from '../../src/cli/thread/takes-long.js';

const MB = 1024 * 1024;

describe('a command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-long-'));
  const at = (name: string) => join(folder, name);
  before(() => {
    for (const [name, size] of [
      ['small.csv', 25_000],
      ['one.csv', MB],
      ['large.csv', 100 * MB],
    ] as const) {
      writeFileSync(at(name), '');
      truncateSync(at(name), size);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  const cases: [string, boolean, string[]][] = [
    ['of no file', false, ['--help']],
    ['of a file that is not there', false, ['fit', at('none.csv'), '-t', 'y']],
    ['of a small file', false, ['fit', at('small.csv'), '-t', 'y', '--cv', '10', '--lambda', '1:0.1:200']],
    ['of a large file', true, ['evaluate', at('small.csv'), at('large.csv')]],
    [
      'with a large file in an option',
      true,
      ['fit', at('small.csv'), '-t', 'y', `--test-file=${at('large.csv')}`],
    ],
    ['that repeats its work for folds', true, ['fit', at('one.csv'), '-t', 'y', '--cv', '20']],
    ['that repeats its work for lambdas', true, ['fit', at('one.csv'), '-t', 'y', '--lambda-count=5000']],
    ['with a long grid of lambdas', true, ['fit', at('one.csv'), '-t', 'y', '-l', '1:0.1:5000']],
    ['with a long grid in the same word', true, ['fit', at('one.csv'), '-t', 'y', '-l1:0.1:5000']],
    ['with a long grid behind =', true, ['fit', at('one.csv'), '-t', 'y', '-l=1:0.1:5000']],
    ['with a list of lambdas', false, ['fit', at('one.csv'), '-t', 'y', '-l', '1,0.1']],
    ['with options that are wrong', false, ['fit', at('one.csv'), '--cv', 'x', '--lambda-count']],
  ];
  for (const [what, long, args] of cases) {
    it(`${what} is taken for ${long ? 'long' : 'short'}`, () => expect(takesLong(args)).to.equal(long));
  }
});
