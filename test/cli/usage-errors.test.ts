import { expect } from 'chai';
import { flagsOf } from '../../src/cli/command.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { runCli } from './run-cli.js';

const FILE = 'fixtures/diabetes.csv';

/** Words after `shrinkfit`, and what the one line of the message must name. */
const CASES: readonly (readonly [line: readonly string[], ...named: string[]])[] = [
  [['fti'], '"fti"', 'did you mean fit?'],
  [['predcit', 'm.json'], '"predcit"', 'shrinkfit --help'],
  [['--lambda', '3'], '--lambda', 'follow the command'],
  [['data.csv', '-t', 'y'], '"data.csv"', 'shrinkfit fit FILE'],
  [['fit'], 'FILE'],
  [['fit', ''], 'FILE'],
  [['fit', FILE], '--target'],
  [['fit', FILE, 'other.csv', '-t', 'target'], '"other.csv"', 'quote names that contain spaces'],
  ...(
    [
      [['--lamda', '1'], '"--lamda"', 'did you mean --lambda?', 'shrinkfit fit --help'],
      [['--cv', '1'], '--cv', '"1"'],
      [['--select', 'cv'], '--select cv', '--cv 10'],
      [['--group', 'a'], '"--group"'],
      [['--fold-column', 'a'], '"--fold-column"'],
      [['--split-column', 'a'], '"--split-column"'],
      [['--__proto__', 'a'], '"--__proto__"'],
      [['--no-target'], '"--no-target"'],
      [['-qz'], 'unknown option', '"-qz"'],
      [['-penalty', 'ridge'], '"-penalty"', '--penalty'],
      [['--standardize', '--no-standardize'], '--standardize', '--no-standardize', 'leave one of them out'],
      [['--intercept', '--no-intercept'], '--intercept', '--no-intercept', 'leave one of them out'],
      [['-x'], '"-x"'],
      [['--lambda', '1e-400'], '--lambda', '"1e-400"', 'too small'],
      [['--lambda', '1:1e-400:5'], '--lambda', '"1e-400"', 'too small'],
      [['--tolerance', '1e-400'], '--tolerance', '"1e-400"', 'too small'],
      [['--threads', '0'], '--threads', '"0"'],
      [['--seed'], '--seed', 'value'],
      [['--seed='], '--seed', 'empty'],
      [['--seed', 'abc'], '--seed', '"abc"', 'whole number'],
      [['--seed', '-1'], '--seed', '"-1"'],
      [['--seed', '0x10'], '--seed', '"0x10"'],
      [['--seed', '1.5'], '--seed', '"1.5"'],
      [['--seed', '1', '--seed', '2'], '--seed', '2 times'],
      [['--target', 'age'], '--target', '2 times'],
      [['--features', '--json'], '--features', '"--json"', '--features=VALUE'],
      [['--features', 'a,,b'], '--features', 'empty'],
      [['--exclude', 'a,a'], '--exclude', 'twice'],
      [['--features', '"a,b'], '--features', 'quote'],
      [['--json=yes'], '--json', '"yes"'],
      [['--max-levels', '0'], '--max-levels', '"0"'],
      [['--missing', 'median '], '--missing', 'drop, error, mean, median'],
      [['--missing', 'men'], '--missing', 'did you mean'],
      [['--delimiter', ',,'], '--delimiter', '",,"'],
      [['--delimiter', ';', '--quote', ';'], '--quote', '--delimiter'],
      [['--decimal', 'x'], '--decimal', '"x"'],
      [['--encoding', 'utf8'], '--encoding', 'utf-8'],
      [['--weights', 'target'], '--weights', '--target'],
      [['--family', 'poisson'], '--family', '"poisson"', 'gaussian'],
      [['--penalty', 'laso'], '--penalty', 'did you mean lasso?'],
      [['--l1-ratio', '0.5'], '--l1-ratio', '--penalty elasticnet'],
      [['--standardize-target', '-f', 'logistic'], '--standardize-target', 'leave it out'],
      [['--standardize-target', '-p', 'none'], '--standardize-target', '--penalty none', 'leave it out'],
      [['-p', 'elasticnet', '--l1-ratio', '1.1'], '--l1-ratio', '"1.1"', '0 to 1'],
      [['-p', 'none', '--lambda', '1'], '--lambda', '--penalty none'],
      [['-p', 'none', '--lambda-count', '9'], '--lambda-count', '--penalty none'],
      [['--positive', '1', '-f', 'gaussian'], '--positive', '--family gaussian'],
      [['--penalty-factor', 'age'], '--penalty-factor', 'COL=NUMBER'],
      [['--penalty-factor', 'age=-1'], '--penalty-factor', '"age=-1"'],
      [['--penalty-factor', 'age=1', '--penalty-factor', 'age=2'], '--penalty-factor', 'twice'],
      [['--lower', 'age=1'], '--lower', '"age=1"', 'at most 0'],
      [['--upper', 'age=-1'], '--upper', '"age=-1"', 'at least 0'],
      [['--lower', 'age=-1', '--nonnegative'], '--nonnegative', '--lower'],
      [['--lambda', '1,x'], '--lambda', '"x" is not a number'],
      [['--lambda', '1,1e400'], '--lambda', '"1e400" is too large'],
      [['--lambda', '1,-2'], '--lambda', '"-2" is below 0'],
      [['--lambda', '1,,2'], '--lambda', 'empty'],
      [['--lambda', '1,1.0'], '--lambda', 'twice'],
      [['--lambda', '-1'], '--lambda', '"-1"'],
      [['--lambda', '0:1:5'], '--lambda', 'above 0'],
      [['--lambda', '1:0.1:1'], '--lambda', 'COUNT'],
      [['--lambda', '1:0.1'], '--lambda', 'FROM:TO:COUNT'],
      [['--lambda', '1e999'], '--lambda', '"1e999"'],
      [['--lambda', '1', '--lambda-count', '3'], '--lambda', '--lambda-count'],
      [['--lambda', '1', '--lambda-min-ratio', '0.1'], '--lambda-min-ratio'],
      [['--lambda-count', '0'], '--lambda-count', '"0"'],
      [['--lambda-min-ratio', '1'], '--lambda-min-ratio', '"1"'],
      [['--tolerance', '0'], '--tolerance', '"0"'],
      [['--max-iterations', 'Infinity'], '--max-iterations', '"Infinity"'],
      [['--holdout', '1.5'], '--holdout', '"1.5"'],
      [['--holdout', '-0.1'], '--holdout', '"-0.1"'],
      [['--holdout', '0.2', '--test-file', FILE], '--holdout', '--test-file'],
      [['--stratify', '--no-stratify'], '--stratify', '--no-stratify'],
      [['--stratify', '--holdout', '0'], '--stratify', '--holdout 0'],
      [['--select', 'bic'], '--select', 'test, cv, cv-1se, aicc'],
      [['--select', 'test', '--holdout', '0'], '--select test', '--holdout 0'],
      [['--format', 'xml'], '--format', 'table, markdown, csv, json'],
      [['--json', '--format', 'csv'], '--json', '--format'],
      [['--json', '--table', 'path'], '--table', 'json'],
      [['--table', 'all'], '--table', 'path, coefficients'],
      [['--rows', '0'], '--rows', '"0"', 'all'],
      [['--color', 'sometimes'], '--color', 'always'],
      [['--color', 'always', '--no-color'], '--color', '--no-color'],
      [['--progress', 'yes'], '--progress', 'always'],
      [['--require', 'test.rmse'], '--require', 'character 10'],
      [['--require', 'test.rmse<='], '--require', 'too early'],
      [['--require', 'test.rmse=3'], '--require', '"="'],
      [['--require', 'test.rsme<3'], '"test.rsme"', 'did you mean test.rmse?'],
      [['--require', '1<2'], '--require', 'no figure'],
      [['-f', 'binomial', '--require', 'test.rmse<3'], '"test.rmse"', 'binomial', 'test.logLoss'],
    ] as const
  ).map(([words, ...named]) => [['fit', FILE, '-t', 'target', ...words], ...named] as const),
];

describe('a wrong command line', () => {
  for (const [line, ...named] of CASES) {
    it(`is refused in one line: ${line.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(line);
      expect(stderr).to.match(/^shrinkfit: [^\n]+\n$/);
      for (const word of named) expect(stderr).to.include(word);
      expect(code).to.equal(2);
      expect(stdout).to.equal('');
    });
  }

  it('may hold no contradiction, in any command that has the options', async () => {
    const pairs = [
      ['--json', '--format', 'csv'],
      ['--no-color', '--color', 'always'],
      ['--quiet', '--progress', 'always'],
    ];
    const lines: string[][] = [];
    for (const entry of COMMANDS) {
      const command = await entry.load();
      const known = new Set(flagsOf(command).map(({ name }) => `--${name}`));
      const operands = command.operands.map((word) => `no-such-${word}`);
      for (const pair of pairs) {
        const isKnown = pair.every((word) => !word.startsWith('--') || known.has(word));
        if (isKnown) lines.push([entry.name, ...operands, ...pair]);
      }
    }
    expect(lines).to.have.length(5 + 5 + 2);
    for (const line of lines) {
      const { code, stderr } = await runCli(line);
      const options = line.filter((word) => word.startsWith('--'));
      for (const option of options) expect(stderr, line.join(' ')).to.include(option);
      expect(code, line.join(' ')).to.equal(2);
    }
  });

  it("may hold no contradiction that is a command's own", async () => {
    const [evaluate, inspect, exported] = [
      ['evaluate', 'm', 'f'],
      ['inspect', 'm'],
      ['export', 'm', '--to'],
    ];
    const lines: [string[], ...string[]][] = [
      [[...evaluate, '--json', '--table', 'metrics'], '--table', 'json'],
      [[...evaluate, '--table', 'roc'], '--table roc', 'csv'],
      [[...evaluate, '--check-only', '--threshold', '0.5'], '--check-only', '--threshold'],
      [[...evaluate, '--check-only', '--table', 'confusion'], '--check-only', '--table confusion'],
      [['diff', 'a', 'b', '--table', 'figures'], '--table', 'csv'],
      [[...inspect, '--json', '--table', 'schema'], '--table', 'json'],
      [[...inspect, '--recipe', 'glmnet', '--data', 'f', '--rows', '3'], '--rows', '--recipe'],
      [[...inspect, '--data', 'f'], '--data', '--recipe'],
      [[...exported, 'js', '--dialect', 'sqlite'], '--dialect', '--to sql'],
      [[...exported, 'sql', '--expression', '--table', 'x'], '--expression', '--table'],
      [['select', 'f', '-t', 'y', '--lambda', '1', '--lambda-count', '3'], '--lambda', '--lambda-count'],
      [['predict', '-', '-'], 'MODEL -', 'FILE -'],
      [['diff', '-', '-'], 'BASE -', 'NEW -'],
    ];
    for (const [line, ...named] of lines) {
      const { code, stderr } = await runCli(line);
      for (const word of named) expect(stderr, line.join(' ')).to.include(word);
      expect(code, line.join(' ')).to.equal(2);
    }
  });

  it('of any length is refused, and is no bug', async () => {
    for (const word of [`-${'q'.repeat(100_000)}z`, `--${'x'.repeat(100_000)}`, '('.repeat(100_000)]) {
      const { code, stderr } = await runCli(['fit', FILE, '-t', 'target', word]);
      expect(code, stderr.slice(0, 300)).to.equal(2);
    }
    const deep = await runCli(['fit', FILE, '-t', 'target', '--require', `${'('.repeat(100_000)}1`]);
    expect(deep.code).to.equal(2);
  });

  it('cannot read standard input twice', async () => {
    const { code, stderr } = await runCli(['fit', '-', '-t', 'y', '--test-file', '-']);
    expect(code).to.equal(2);
    expect(stderr).to.include('--test-file -');
  });

  it('is refused before the file is opened', async () => {
    const { code } = await runCli(['fit', 'no-such-file.csv', '-t', 'y', '--require', 'nonsense']);
    expect(code).to.equal(2);
  });

  it('does not depend on the language of the machine', async () => {
    const { stderr } = await runCli(['fit'], { env: { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' } });
    expect(stderr).to.include('FILE is missing');
  });

  it('that is empty gets the help on standard error', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^Usage: shrinkfit COMMAND/);
  });
});
