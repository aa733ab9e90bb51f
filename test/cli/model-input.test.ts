import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT, runCli } from './run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-model-input-'));
const model = join(folder, 'model.json');
const diabetes = join(ROOT, 'fixtures', 'diabetes.csv');

/** Every command that takes a MODEL, and how. */
const COMMANDS = [
  ['predict', 'MODEL', diabetes],
  ['evaluate', 'MODEL', diabetes, '--json'],
  ['verify', 'MODEL', diabetes, '--json'],
  ['inspect', 'MODEL'],
  ['inspect', 'MODEL', '--recipe', 'sklearn', '--data', diabetes],
  ['export', 'MODEL', '--to', 'js'],
];

const withModel = (words: readonly string[], name: string) =>
  words.map((word) => (word === 'MODEL' ? name : word));

describe('a MODEL', () => {
  before(() => runCli(['fit', diabetes, '-t', 'target', '-q', '--save', model]));
  after(() => rmSync(folder, { recursive: true }));

  for (const words of COMMANDS) {
    it(`may be standard input for ${words[0]} ${words.slice(3).join(' ')}`, async () => {
      const input = readFileSync(model, 'utf8');
      const named = await runCli(withModel(words, model));
      const piped = await runCli(withModel(words, '-'), { input });
      expect(piped.code).to.equal(0);
      const shown = piped.stdout.replace('"source":"-"', '"source":"model.json"');
      expect(shown).to.equal(named.stdout);
    });

    it(`is asked for by ${words[0]} ${words.slice(3).join(' ')} where data stands in its place`, async () => {
      const { code, stderr } = await runCli(withModel(words, diabetes));
      expect(code).to.equal(3);
      expect(stderr).to.match(/^shrinkfit: diabetes.csv: is not a model but begins with "age,sex/);
    });
  }

  it('and a FILE cannot both be standard input', async () => {
    for (const command of ['predict', 'evaluate', 'verify']) {
      const { code, stderr } = await runCli([command, '-', '-'], { input: readFileSync(model, 'utf8') });
      expect(code).to.equal(2);
      expect(stderr).to.match(/MODEL - and FILE - would both/);
    }
  });
});
