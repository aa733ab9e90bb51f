import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseXml } from '../report/xml.js';
import { runCli } from './run-cli.js';

const FIT = [
  'fit',
  'fixtures/diabetes.csv',
  '-t',
  'target',
  '--require',
  'nonzero <= 5',
  '--require',
  'lambda > 0',
];

describe('--report', () => {
  let directory: string;
  const at = (name: string) => join(directory, name);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'shrinkfit-reports-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('writes each kind beside a result that does not change', async () => {
    const plain = await runCli([...FIT, '--json']);
    const { code, stdout, stderr } = await runCli([
      ...[...FIT, '--json', '--report', `junit=${at('a.xml')}`, '--report', `markdown=${at('a.md')}`],
      ...['--report', 'github'],
    ]);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: plain.stdout });
    expect(stderr).to.match(
      /^::error title=[^\n]*nonzero <= 5::[^\n]*\nshrinkfit: gate failed: nonzero <= 5 [^\n]*\n$/,
    );
    const [suite] = parseXml(readFileSync(at('a.xml'), 'utf8')).children;
    expect(suite.attributes).to.deep.include({ tests: '3', failures: '1' });
    expect(readFileSync(at('a.md'), 'utf8')).to.include('2 of 3 checks passed');
    expect(readdirSync(directory).sort()).to.deep.equal(['a.md', 'a.xml']);
  });

  it('github appends to the job summary where there is one, below a mebibyte', async () => {
    const env = { GITHUB_STEP_SUMMARY: at('summary.md') };
    writeFileSync(at('summary.md'), 'before\n');
    await runCli([...FIT, '--report', 'github'], { env });
    expect(readFileSync(at('summary.md'), 'utf8')).to.match(
      /^before\n\n## shrinkfit fit diabetes\.csv: 2 of 3/,
    );
    writeFileSync(at('summary.md'), 'x'.repeat(1_048_000));
    const full = await runCli([...FIT, '--report', 'github'], { env });
    expect(full.stderr).to.include('no room');
    expect(readFileSync(at('summary.md'), 'utf8')).to.have.length(1_048_000);
    const none = await runCli([...FIT, '--report', 'github'], {
      env: { GITHUB_STEP_SUMMARY: at('no/where.md') },
    });
    expect(none.stderr).to.include('cannot be written (ENOENT)');
    expect(none.code).to.equal(1);
  });

  it('reports a failure too, so that nothing reads the report of an earlier run', async () => {
    writeFileSync(at('a.xml'), '<old/>');
    const { code, stderr } = await runCli([
      ...['fit', 'no-such.csv', '-t', 'y', '--report', `junit=${at('a.xml')}`, '--report', 'github'],
    ]);
    expect(code).to.equal(3);
    expect(stderr).to.match(
      /^::error title=shrinkfit fit no-such\.csv[^\n]*\nshrinkfit: no-such\.csv[^\n]*\n$/,
    );
    const [suite] = parseXml(readFileSync(at('a.xml'), 'utf8')).children;
    expect(suite.attributes).to.deep.include({ tests: '1', errors: '1' });
  });

  it('that is wrong is refused before the file is read', async () => {
    for (const [args, code, words] of [
      [['--report', 'junitt=a.xml'], 2, 'did you mean junit?'],
      [['--report', 'junit'], 2, 'junit=FILE'],
      [['--report', 'junit='], 2, 'junit=FILE'],
      [['--report', 'github=x'], 2, 'takes no file'],
      [['--report', 'github', '--report', 'github'], 2, 'twice'],
      [['--report', `junit=${at('a')}`, '--report', `markdown=${at('a')}`], 2, 'same file'],
      [['--report', `junit=${at('a')}`, '--save', at('a')], 2, 'same file'],
      [['--report', 'junit=-'], 2, 'cannot be -'],
      [['--report', `junit=${at('none/a.xml')}`], 3, 'directory does not exist'],
    ] as const) {
      const outcome = await runCli(['fit', 'no-such.csv', '-t', 'y', ...args]);
      expect(outcome.stderr, args.join(' ')).to.include(words);
      expect(outcome.code, args.join(' ')).to.equal(code);
      expect(existsSync(at('a'))).to.equal(false);
    }
  });

  it('keeps hostile names of columns and gates harmless', async () => {
    const name = 'x\u001b[31m<script>::error::]]>\r';
    const rows = Array.from({ length: 30 }, (_, i) => `${i % 7},${(i * 3) % 11}`).join('\n');
    writeFileSync(at('a.csv'), `${name.replace('\r', '')},y\n${rows}\n`);
    writeFileSync(
      at('gates.json'),
      JSON.stringify({
        require: [
          {
            expression: `coef(${JSON.stringify(name.replace('\r', ''))}) > 1e6`,
            name,
            remedy: `${name}\n::error::x`,
          },
        ],
      }),
    );
    const { code, stdout, stderr } = await runCli([
      ...['fit', at('a.csv'), '-t', 'y', '--gates', at('gates.json'), '--report', `junit=${at('a.xml')}`],
      ...['--report', `markdown=${at('a.md')}`, '--report', 'github'],
    ]);
    expect(code, stderr).to.equal(1);
    const all = stdout + stderr + readFileSync(at('a.md'), 'utf8') + readFileSync(at('a.xml'), 'utf8');
    expect(all).to.not.match(/[\0-\x08\x0b-\x1f]/);
    expect(stderr.split('\n').filter((line) => line.startsWith('::'))).to.have.length(1);
    expect(readFileSync(at('a.md'), 'utf8')).to.not.include('<script');
    parseXml(readFileSync(at('a.xml'), 'utf8'));
  });
});
