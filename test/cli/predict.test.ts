import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { expectOldOrNew } from './killed.js';
import { ROOT, runCli, runShell } from './run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'shrinkfit-predict-'));
const model = join(folder, 'model.json');
const diabetes = join(ROOT, 'fixtures', 'diabetes.csv');
const large = join(folder, 'large.csv');

describe('shrinkfit predict', () => {
  before(async () => {
    await runCli(['fit', diabetes, '-t', 'target', '--save', model, '-q']);
    const [header, ...rows] = readFileSync(diabetes, 'utf8').trimEnd().split('\n');
    const many = Array.from({ length: 100 }, () => rows.join('\n')).join('\n');
    writeFileSync(large, `${header}\n${many}\n`);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('gives the same bytes from a file, zipped, a pipe, standard input, and for any number of threads', async () => {
    const { stdout, code } = await runCli(['predict', model, large, '--threads', '1']);
    expect(code).to.equal(0);
    const rows = readFileSync(large, 'utf8').trimEnd().split('\n');
    const found = stdout.trimEnd().split('\n');
    expect(found.map((line) => line.slice(0, line.lastIndexOf(',')))).to.deep.equal(rows);
    const zipped = join(folder, 'large.csv.gz');
    writeFileSync(zipped, gzipSync(readFileSync(large)));
    expect((await runCli(['predict', model, large, '--threads', '2'])).stdout).to.equal(stdout);
    expect((await runCli(['predict', model, zipped])).stdout).to.equal(stdout);
    const env = { M: model, F: large };
    expect((await runShell('cat "$F" | "$S" predict "$M" -', env)).stdout).to.equal(stdout);
    const out = join(folder, 'out.csv');
    expect((await runCli(['predict', model, large, '-o', out])).stdout).to.equal('');
    expect(readFileSync(out, 'utf8')).to.equal(stdout);
  });

  it('ends quietly when its reader has gone', async () => {
    const line = '{ "$S" predict "$M" "$F"; echo "code $?" >&2; } | head -n 2 | wc -l';
    const { stdout, stderr } = await runShell(line, { M: model, F: large });
    expect(stdout.trim()).to.equal('2');
    expect(stderr).to.equal('code 0\n');
  });

  it('counts what the answers rest on, unless it is quiet', async () => {
    const { stdout, stderr, code } = await runCli(['predict', model, '-', '--only'], {
      input: readFileSync(diabetes, 'utf8')
        .split('\n')
        .slice(0, 3)
        .join('\n')
        .replace(/^[^,]*,[^,]*,[^,]*/gm, (cells, at) => (at === 0 ? cells : '1,1,')),
    });
    expect(code).to.equal(0);
    expect(stdout).to.equal('prediction\n""\n""');
    expect(stderr).to.match(
      /shrinkfit: column "bmi": 2 rows with a missing cell\nshrinkfit: 2 rows without a prediction/,
    );
  });

  it('leaves the old output where it fails', async () => {
    const out = join(folder, 'kept.csv');
    writeFileSync(out, 'old');
    const bad = join(folder, 'bad.csv');
    writeFileSync(bad, `${readFileSync(large, 'utf8')}1,2\n`);
    const { code, stderr } = await runCli(['predict', model, bad, '-o', out]);
    expect(code).to.equal(3);
    expect(stderr).to.match(/bad\.csv:44202: has 2 cells/);
    expect(readFileSync(out, 'utf8')).to.equal('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
  });

  it('leaves the old output or the new one when it is killed at any step of writing', async () => {
    const output = join(folder, 'killed.csv');
    const whole = (await runCli(['predict', model, large])).stdout;
    await expectOldOrNew(['bin/shrinkfit.js', 'predict', model, large, '-o', output], output, whole);
  });
});
