import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inspectCommand } from '../../src/cli/commands/inspect/command.js';
import { commandHelp } from '../../src/cli/help.js';
import { runCli } from './run-cli.js';

describe('inspect', () => {
  let folder: string;
  let model: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-inspect-'));
    model = join(folder, 'model.json');
    await runCli(['fit', 'fixtures/birthwt.csv', '-t', 'low', '--save', model]);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('has a help within 80 columns', () => {
    const lines = commandHelp(inspectCommand).split('\n');
    expect(lines.filter((line) => line.length > 80 || line !== line.trimEnd())).to.deep.equal([]);
  });

  for (const words of ['', '--format markdown', '--format csv', '--format csv --table schema', '--json']) {
    it(`gives the same bytes on standard output and in a file: ${words}`, async () => {
      const file = join(folder, 'out');
      const args = ['inspect', model, ...words.split(' ').filter((word) => word !== '')];
      const { code, stdout, stderr } = await runCli(args);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(stdout.length).to.be.above(100);
      expect(await runCli([...args, '-o', file])).to.deep.equal({ code: 0, stdout: '', stderr: '' });
      expect(readFileSync(file, 'utf8')).to.equal(stdout);
    });
  }

  it('fits its table to 80 columns, and gives back the file as JSON', async () => {
    const { stdout } = await runCli(['inspect', model]);
    expect(stdout.split('\n').filter((line) => [...line].length > 80)).to.deep.equal([]);
    expect((await runCli(['inspect', model, '--json'])).stdout).to.equal(readFileSync(model, 'utf8'));
  });

  it('refuses what is no model, and options without effect', async () => {
    const result = await runCli(['inspect', 'package.json']);
    expect(result.code).to.equal(3);
    expect(result.stderr).to.match(/is not a model/);
    expect((await runCli(['inspect', model, '--json', '--table', 'schema'])).code).to.equal(2);
    expect((await runCli(['inspect', model, '--table', 'path'])).stderr).to.match(/coefficients, schema/);
  });
});

describe('inspect --recipe', () => {
  let folder: string;
  let model: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-recipe-'));
    model = join(folder, 'model.json');
    await runCli(['fit', 'fixtures/birthwt.csv', '-t', 'low', '--save', model]);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const tool of ['sklearn', 'glmnet']) {
    it(`gives the same bytes on standard output, in a file and again: ${tool}`, async () => {
      const file = join(folder, 'out');
      const args = ['inspect', model, '--recipe', tool, '--data', 'fixtures/birthwt.csv'];
      const { code, stdout, stderr } = await runCli(args);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(stdout).to.match(/sha256:[0-9a-f]{64}/);
      await runCli([...args, '-o', file]);
      expect(readFileSync(file, 'utf8')).to.equal(stdout);
    });
  }

  const wrong: [string[], number, RegExp][] = [
    [['--recipe', 'glmnet'], 2, /--recipe needs --data FILE/],
    [['--recipe', 'glmnet', '--data', '-'], 2, /give it by name/],
    [['--recipe', 'spss', '--data', 'x.csv'], 2, /expected one of sklearn, glmnet/],
    [['--data', 'x.csv'], 2, /--data is for --recipe/],
    [['--recipe', 'glmnet', '--data', 'x.csv', '--json'], 2, /--json has no meaning with --recipe/],
    [['--recipe', 'glmnet', '--data', 'fixtures/diabetes.csv'], 3, /diabetes\.csv/],
  ];
  for (const [args, code, message] of wrong) {
    it(`ends with ${code}: ${args.join(' ')}`, async () => {
      const result = await runCli(['inspect', model, ...args]);
      expect({ code: result.code, stdout: result.stdout }).to.deep.equal({ code, stdout: '' });
      expect(result.stderr).to.match(message);
    });
  }
});
