import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { flagsOf } from '../../src/cli/command.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { ROOT, runCli, runShell } from './run-cli.js';

const FIT = ['-t', 'target', '--lambda', '1'];

describe('an output', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const contents = () => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const before_ = new Map<string, string>();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-shared-'));
    copyFileSync(join(ROOT, 'fixtures/diabetes.csv'), at('d.csv'));
    copyFileSync(at('d.csv'), at('other.csv'));
    await runShell(`echo '{"require": ["lambda > 0"]}' > ${at('gates.json')}`);
    await runCli(['fit', at('d.csv'), ...FIT, '--save', at('m.json')]);
    mkdirSync(at('sub'));
    symlinkSync(at('sub'), at('way'));
    symlinkSync('d.csv', at('soft.csv'));
    symlinkSync('soft.csv', at('softer.csv'));
    linkSync(at('m.json'), at('hard.json'));
    symlinkSync('sub/new.json', at('dangling.json'));
    for (const { name } of contents()) before_.set(name, readFileSync(at(name), 'utf8'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Refused with exit code 2, naming both; all files as they were, and no new ones. */
  async function isRefused(args: readonly string[], ...named: string[]): Promise<void> {
    const { code, stdout, stderr } = await runCli(args);
    expect(code, `${args.join(' ')}\n${stderr}`).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^shrinkfit: [^\n]+\n$/);
    for (const word of named) expect(stderr, args.join(' ')).to.include(word);
    const left = new Map(contents().map(({ name }) => [name, readFileSync(at(name), 'utf8')]));
    expect(left).to.deep.equal(before_);
    expect(readdirSync(at('sub'))).to.deep.equal([]);
  }

  it('is never an input of the same command, whatever command and option', async () => {
    const [d, m, gates] = [at('d.csv'), at('m.json'), at('gates.json')];
    const lines = [
      [['fit', d, ...FIT, '--save', d], '--save', 'FILE'],
      [['fit', d, ...FIT, '--report', `junit=${d}`], '--report', 'FILE'],
      [
        ['fit', d, ...FIT, '--test-file', at('other.csv'), '--save', at('other.csv')],
        '--save',
        '--test-file',
      ],
      [['fit', d, ...FIT, '--gates', gates, '--report', `markdown=${gates}`], '--report', '--gates'],
      [['select', d, ...FIT, '-o', d], '--output', 'FILE'],
      [['predict', m, d, '-o', d], '--output', 'FILE'],
      [['predict', m, d, '-o', m], '--output', 'MODEL'],
      [['evaluate', m, d, '--report', `junit=${m}`], '--report', 'MODEL'],
      [['diff', m, m, '--report', `junit=${m}`], '--report', 'BASE'],
      [['inspect', m, '-o', m], '--output', 'MODEL'],
      [['inspect', m, '--recipe', 'sklearn', '--data', d, '-o', d], '--output', '--data'],
      [['export', m, '--to', 'js', '-o', m], '--output', 'MODEL'],
    ] as const;
    for (const [args, ...named] of lines) await isRefused(args, ...named);
  });

  it('is seen through links of both kinds and other spellings', async () => {
    const { d, m } = { d: at('d.csv'), m: at('m.json') };
    await isRefused(['fit', d, ...FIT, '--save', at('softer.csv')], 'softer.csv', 'd.csv');
    await isRefused(['fit', at('softer.csv'), ...FIT, '--save', d], '--save', 'softer.csv');
    await isRefused(['inspect', m, '-o', at('hard.json')], 'hard.json', 'm.json');
    await isRefused(['predict', m, d, '-o', `${folder}/./sub/../d.csv`], 'sub/../d.csv', 'FILE');
    await isRefused(['fit', d, ...FIT, '--report', `junit=${at('soft.csv')}`], '--report', 'soft.csv');
  });

  it('is never another output, even where no file is yet', async () => {
    const d = at('d.csv');
    const twice = (...args: readonly string[]) =>
      isRefused(['fit', d, ...FIT, ...args], '--save', '--report');
    await twice('--save', at('x'), '--report', `junit=${folder}/sub/../x`);
    await twice('--save', at('sub/x'), '--report', `junit=${at('way/x')}`);
    await twice('--save', at('dangling.json'), '--report', `junit=${at('sub/new.json')}`);
    await isRefused(
      ['fit', d, ...FIT, '--report', `junit=${at('x')}`, '--report', `markdown=${at('x')}`],
      `"junit=${at('x')}`.slice(0, 40),
      `"markdown=${at('x')}`.slice(0, 40),
    );
  });

  it('counts standard input and output where they are files', async () => {
    const model = at('m.json');
    for (const [line, ...named] of [
      [`"$S" predict ${model} - -o ${at('d.csv')} < ${at('d.csv')}`, '--output', 'FILE -'],
      [`"$S" predict ${model} ${at('d.csv')} >> ${at('d.csv')}`, 'standard output', 'FILE'],
      [`"$S" select - -t target < ${at('d.csv')} >> ${at('d.csv')}`, 'standard output', 'FILE -'],
      [`"$S" fit ${at('d.csv')} -t target --save ${at('m.json')} >> ${model}`, 'standard output', '--save'],
    ]) {
      const { code, stderr } = await runShell(`${line}`);
      expect(code, `${line}\n${stderr}`).to.equal(2);
      for (const word of named) expect(stderr).to.include(word);
    }
    for (const [name, text] of before_) expect(readFileSync(at(name), 'utf8'), name).to.equal(text);
  });

  it('counts the job summary that a report goes to', async () => {
    const { code, stderr } = await runCli(['fit', at('d.csv'), ...FIT, '--report', 'github'], {
      env: { GITHUB_STEP_SUMMARY: at('d.csv') },
    });
    expect(code).to.equal(2);
    expect(stderr).to.include('--report "github"').and.include('FILE');
    expect(readFileSync(at('d.csv'), 'utf8')).to.equal(before_.get('d.csv'));
  });

  it('may be a stream, named as often as wanted', async () => {
    const d = at('d.csv');
    const plain = await runCli(['fit', d, ...FIT, '--json']);
    const devices = ['--save', '/dev/null', '--report', 'junit=/dev/null', '--report', 'markdown=/dev/null'];
    expect(await runCli(['fit', d, ...FIT, '--json', ...devices])).to.deep.equal(plain);
    const reports = ['--report junit=/dev/stdout', '--report markdown=/dev/stdout'].join(' ');
    const written = await runShell(
      `"$S" fit ${d} ${FIT.join(' ')} ${reports} > ${at('sub')}/all.txt; cat ${at('sub')}/all.txt; rm ${at('sub')}/all.txt`,
    );
    expect(written.stderr).to.equal('');
    expect(written.stdout).to.include('<testsuite').and.include('## shrinkfit fit');
  });

  it('is known of every option that names a file', async () => {
    for (const entry of COMMANDS) {
      for (const { name, value, file } of flagsOf(await entry.load())) {
        const namesFile = value === 'FILE' || value === 'MODEL' || name === 'report';
        expect(file !== undefined, `${entry.name} --${name}`).to.equal(namesFile);
      }
    }
  });
});
