import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from './run-cli.js';

const FIT = ['fit', 'fixtures/diabetes.csv', '-t', 'target'] as const;

describe('gates of fit', () => {
  let directory: string;
  const at = (name: string) => join(directory, name);
  const file = (name: string, content: unknown) => {
    writeFileSync(at(name), JSON.stringify(content));
    return at(name);
  };
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'shrinkfit-gates-'));
  });
  after(() => rmSync(directory, { recursive: true }));

  it('see single features and the baseline, and the JSON has level, bound and remedy', async () => {
    const rules = [
      'coef("bmi") > 0',
      'test.rmse <= 0.9 * baseline',
      "selected('age') == 0",
      'abs(standardized("s5")) > 5',
    ];
    const { code, stdout, stderr } = await runCli([
      ...FIT,
      '--json',
      ...rules.flatMap((rule) => ['--require', rule]),
    ]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const { gates, baseline } = JSON.parse(stdout);
    expect(gates.map(({ passed }: { passed: boolean }) => passed)).to.deep.equal([true, true, true, true]);
    expect(gates[1]).to.deep.include({ level: 'require', name: rules[1], bound: 0.9 * baseline.test.rmse });
  });

  it('of the level warn leave the exit code at 0 and say so, but for --quiet', async () => {
    const { code, stderr } = await runCli([...FIT, '--warn', 'nonzero <= 5', '--warn', 'nonzero <= 50']);
    expect({ code, stderr }).to.deep.equal({
      code: 0,
      stderr: 'shrinkfit: warning: gate does not hold: nonzero <= 5 (the figure is 6, the bound 5)\n',
    });
    expect(await runCli([...FIT, '-q', '--warn', 'nonzero <= 5'])).to.deep.include({ code: 0, stderr: '' });
  });

  it('may come from files, which add to those that are typed', async () => {
    const gates = file('gates.json', {
      require: [{ expression: 'nonzero <= 5', name: 'sparse', remedy: 'a larger lambda' }],
      warn: ['kkt < 0'],
    });
    const settings = file('package.json', { name: 'x', shrinkfit: { gates: { require: ['lambda > 0'] } } });
    const { code, stdout, stderr } = await runCli([
      ...[...FIT, '--json', '--require', 'certified == true'],
      ...['--gates', gates, '--gates', settings],
    ]);
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^shrinkfit: gate failed: sparse: nonzero <= 5 .*6.*5\)\nshrinkfit: warning: gate does not hold: kkt < 0 .*\n$/,
    );
    const { gates: results } = JSON.parse(stdout);
    expect(results.map(({ name }: { name: string }) => name)).to.deep.equal([
      'certified == true',
      'sparse',
      'kkt < 0',
      'lambda > 0',
    ]);
    expect(results[1].remedy).to.equal('a larger lambda');
  });

  it('that are wrong end in 2 before the file is read, with the near name', async () => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['--warn', 'test.rsme < 1'], '--warn "test.rsme < 1": there is no figure "test.rsme"'],
      [['--gates', file('a.json', { require: ['nonzeros < 1'] })], 'a.json, require[0] "nonzeros < 1"'],
      [['--gates', file('b.json', { requires: ['nonzero < 1'] })], 'did you mean require?'],
      [['--gates', file('c.json', { require: [] })], 'is empty'],
      [['--gates', '-'], 'only be read from a file'],
    ];
    for (const [args, words] of cases) {
      const { code, stdout, stderr } = await runCli(['fit', 'no-such-file.csv', '-t', 'y', ...args]);
      expect(stderr).to.include(words);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    }
  });

  it('on a column that is not there, or not in the fit, end in 2 with the near one', async () => {
    for (const [args, words] of [
      [['--require', 'coef("bmii") > 0'], 'there is no column "bmii"; did you mean bmi?'],
      [['--warn', 'coef("bmi") > 0', '--exclude', 'bmi'], 'there is no feature "bmi" in a gaussian fit'],
      [['--require', 'coef("target") > 0'], 'there is no feature "target" in a gaussian fit'],
    ] as const) {
      const { code, stdout, stderr } = await runCli([...FIT, ...args]);
      expect(stderr).to.include(words);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    }
    const level = await runCli([
      'fit',
      'fixtures/birthwt.csv',
      '-t',
      'low',
      '--require',
      'coef("race=whte") > 0',
    ]);
    expect(level.stderr).to.include('did you mean race=white?');
    expect(level.code).to.equal(2);
  });

  it('in a file that cannot be read end in 3', async () => {
    const { code, stderr } = await runCli([...FIT, '--gates', at('none.json')]);
    expect(stderr).to.include('none.json": cannot be read (ENOENT)');
    expect(code).to.equal(3);
  });
});
