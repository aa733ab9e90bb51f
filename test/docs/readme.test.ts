import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { flagsOf } from '../../src/cli/command.js';
import { fitCommand } from '../../src/cli/commands/fit/command.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { EXIT_CODE_TABLE } from '../../src/cli/exit-codes.js';
import { onFixtures } from '../cli/example-files.js';
import { ROOT, runCli, runShell } from '../cli/run-cli.js';
import { recipesIn, runRecipe } from './recipes.js';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The lines from a heading to the next one of its kind. */
function section(heading: string): string {
  const found = new RegExp(`^## ${heading}$(.*?)(?=^## |$(?![\\s\\S]))`, 'ms').exec(README);
  if (found === null) throw new Error(`README.md has no section ${heading}`);
  return found[1];
}

const optionsIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/(?<![\w-])--[a-z][a-z0-9-]*/g)].map(([option]) => option));

describe('an example in the README', function () {
  this.timeout(60_000);
  const recipes = recipesIn(README);

  it('is there to be run: five recipes, the first table and a program at least', () => {
    expect(recipes.length).to.be.at.least(7);
    expect(recipes.map(({ kind }) => kind)).to.include('js');
  });

  for (const recipe of recipes) {
    it(`prints what it shows (line ${recipe.line}: ${recipe.steps[0].code.split('\n')[0]})`, async function () {
      // The recipes are written for a shell that Windows does not have.
      if (process.platform === 'win32' && recipe.kind === 'console') this.skip();
      const printed = await runRecipe(recipe);
      expect(printed, 'run node scripts/update-readme.js and read the difference').to.deep.equal(
        recipe.steps.map(({ output }) => output),
      );
    });
  }
});

describe('the README', () => {
  it('lists every option of fit, and no other', () => {
    const flags = flagsOf(fitCommand).map(({ name }) => `--${name}`);
    expect([...optionsIn(section('Options').split('\n\n')[2])].sort()).to.deep.equal(flags.sort());
  });

  it('names no option that no command has', async () => {
    const commands = await Promise.all(COMMANDS.map((entry) => entry.load()));
    const prose = README.replace(/^```sh$.*?^```$/gms, '');
    const known = new Set(commands.flatMap(flagsOf).map(({ name }) => `--${name}`));
    expect([...optionsIn(prose)].filter((option) => !known.has(option))).to.deep.equal([]);
  });

  it('has the exit codes of the help', () => {
    const codes = [...section('Exit codes').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => code);
    expect(codes).to.deep.equal(EXIT_CODE_TABLE.map(([code]) => code));
  });
});

describe('an example in fit --help', function () {
  this.timeout(60_000);

  it('ends with 0 and without a word on standard error', async () => {
    const { stdout } = await runCli(['fit', '--help']);
    const examples = /^Examples:\n((?: {2}.*\n)+)/m.exec(stdout)![1].trim().split(/\n\s*/);
    expect(examples).to.have.length(fitCommand.examples.length);
    for (const example of examples) {
      // The file that one of them writes is not wanted here.
      const line = onFixtures(example)
        .replace(/^shrinkfit/, '"$S"')
        .replace(/ > \S+$/, ' > /dev/null');
      const { code, stderr } = await runShell(line);
      expect({ example, code, stderr }).to.deep.equal({ example, code: 0, stderr: '' });
    }
  });
});
