import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { ROOT, runCli, runShell } from './run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-select-'));
const diabetes = join(ROOT, 'fixtures', 'diabetes.csv');
const birthwt = join(ROOT, 'fixtures', 'birthwt.csv');

/** The columns that fit keeps, by its own JSON. */
async function survivors(args: readonly string[]): Promise<string[]> {
  const report = JSON.parse((await runCli(['fit', ...args, '--json'])).stdout);
  const { coefficients } = report.path[report.selected.index];
  const names = report.features.filter((_: string, j: number) => coefficients[j] !== 0);
  return [...new Set<string>(names.map((name: string) => name.split('=')[0]))];
}

/** The columns of a file without quotes, by splitting its lines. */
function cut(text: string, keep: readonly string[]): string {
  const rows = text.split('\n').map((line) => line.split(','));
  const at = rows[0].flatMap((name, k) => (keep.includes(name) ? [k] : []));
  return rows.map((row) => (row.length === 1 ? row[0] : at.map((k) => row[k]).join(','))).join('\n');
}

describe('shrinkfit select', () => {
  after(() => rmSync(folder, { recursive: true }));

  it('writes the columns that fit keeps and the target, byte by byte', async () => {
    for (const args of [
      [diabetes, '-t', 'target', '--lambda', '5'],
      [birthwt, '-t', 'low', '--lambda', '0.05'],
    ]) {
      const { stdout, stderr, code } = await runCli(['select', ...args]);
      const kept = await survivors(args);
      expect(code).to.equal(0);
      expect(stdout).to.equal(cut(readFileSync(args[0], 'utf8'), [...kept, args[2]]));
      expect(stderr).to.match(new RegExp(`kept ${kept.length} of \\d+ columns at lambda`));
    }
  });

  it('reads standard input, zipped or not, and replaces a file', async () => {
    const args = ['-t', 'target', '--lambda', '5'];
    const { stdout } = await runCli(['select', diabetes, ...args]);
    const zipped = join(folder, 'd.csv.gz');
    writeFileSync(zipped, gzipSync(readFileSync(diabetes)));
    const out = join(folder, 'out.csv');
    const line = 'cat "$F" | "$S" select - -t target --lambda 5 -q -o "$O" && cat "$O"';
    for (const F of [diabetes, zipped]) {
      expect(await runShell(line, { F, O: out })).to.deep.equal({ code: 0, stdout, stderr: '' });
    }
  });

  it('keeps quotes, comments, blank lines, line ends, weights and offset as they are', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `"${i}" ,#${i % 3},"a ""${i % 2}""",1, ${i}.5,0\r\n\r\n`,
    );
    const content = `# top\r\n"x ",z,c,w,y,o\r\n${rows.join('#rest, of\r\n')}`;
    const file = join(folder, 'odd.csv');
    writeFileSync(file, content);
    const args = [
      '-t',
      'y',
      '--weights',
      'w',
      '--offset',
      'o',
      '--comment',
      '#',
      '--lambda',
      '0.5',
      '--holdout',
      '0',
    ];
    const { stdout, code } = await runCli(['select', file, ...args]);
    expect(code).to.equal(0);
    const expected = content.replace(/,#\d,"a ""\d"""/g, '').replace(',z,c', '');
    expect(stdout).to.equal(expected);
  });

  it('quotes what would otherwise be read as nothing, or as a comment', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${(i * 5) % 7},#${'ab'[i % 2]},${i % 2}\n`);
    const file = join(folder, 'first.csv');
    writeFileSync(file, `x,g,y\n${rows.join('')}1,#a,\n`);
    const select = (lambda: string) =>
      runCli(['select', file, '-t', 'y', '--comment', '#', '--holdout', '0', '--lambda', lambda]);
    expect((await select('0.1')).stdout).to.match(/^g,y\n"#a",0\n"#b",1\n/);
    const alone = await select('1e6');
    expect(alone.stdout).to.match(/^y\n0\n1\n[01\n]*\n""\n$/);
    expect(alone.stderr).to.match(/warning: no column survives/);
  });

  it('writes nothing where a gate fails, and says when a solution is not certified', async () => {
    const refused = await runCli(['select', diabetes, '-t', 'target', '--require', 'nonzero > 99']);
    expect([refused.code, refused.stdout]).to.deep.equal([1, '']);
    const args = [
      'select',
      diabetes,
      '-t',
      'target',
      '-p',
      'elasticnet',
      '--max-iterations',
      '1',
      '--tolerance',
      '1e-13',
    ];
    const missed = await runCli([...args, '--lambda', '1']);
    expect(missed.code).to.equal(4);
    expect(missed.stdout).to.not.equal('');
  });
});
