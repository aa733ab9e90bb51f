import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { fitCommand } from '../../src/cli/commands/fit/command.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { commandHelp, programHelp } from '../../src/cli/help.js';
import { onFixtures } from './example-files.js';
import { ROOT, runCli, runShell } from './run-cli.js';

describe('help', () => {
  for (const line of [['--help'], ['-h'], ['help']]) {
    it(`of the program is printed for ${line.join(' ')}`, async () => {
      expect(await runCli(line)).to.deep.equal({ code: 0, stdout: programHelp(), stderr: '' });
    });
  }

  for (const line of [
    ['fit', '--help'],
    ['help', 'fit'],
    ['fit', 'a.csv', '--seed', 'x', '-h'],
    ['--help', 'fit'].reverse(),
    ['fit', 'a.csv', '-t', 'y', '-qh'],
  ]) {
    it(`of fit is printed for ${line.join(' ')}`, async () => {
      expect(await runCli(line)).to.deep.equal({ code: 0, stdout: commandHelp(fitCommand), stderr: '' });
    });
  }

  for (const entry of COMMANDS) {
    it(`of ${entry.name} fits 80 columns`, async () => {
      const lines = `${programHelp()}${commandHelp(await entry.load())}`.split('\n');
      expect(lines.filter((line) => line.length > 80 || line !== line.trimEnd())).to.deep.equal([]);
    });
  }

  it('does not offer what is not there yet', () => {
    expect(commandHelp(fitCommand)).to.not.match(/--(fold-column|group|time|hash|split-column)\b/);
  });

  for (const example of fitCommand.examples) {
    it(`shows an example that runs: ${example}`, async () => {
      const line = onFixtures(example)
        .replace(/^shrinkfit/, '"$S"')
        .replace('> path.csv', '');
      const { code, stderr } = await runShell(line);
      expect(stderr).to.not.match(/failed/);
      expect(code).to.equal(0);
    });
  }
});

describe('--version', () => {
  it('is the one of package.json', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const line of [['--version'], ['-V'], ['fit', '--version']]) {
      expect(await runCli(line)).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });
});
