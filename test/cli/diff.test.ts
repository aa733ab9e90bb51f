import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { parseXml } from '../report/xml.js';
import { ROOT, runCli } from './run-cli.js';

const schema = JSON.parse(readFileSync(join(ROOT, 'schema', 'diff.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

const HOSTILE = ['__proto__', 'constructor', '=cmd()', '</script>', 'a\u001b[31m', '| x |', 'q""q'];

describe('diff', () => {
  let folder: string;
  let [lasso, ridge, result] = ['', '', ''];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-diff-'));
    [lasso, ridge, result] = ['lasso', 'ridge', 'result'].map((name) => join(folder, `${name}.json`));
    const fit = ['fit', 'fixtures/diabetes.csv', '-t', 'target'];
    await runCli([...fit, '--save', lasso]);
    const { stdout } = await runCli([...fit, '-p', 'ridge', '--save', ridge, '--json']);
    writeFileSync(result, stdout);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('ends with 0 where nothing differs, and with 1 and a word beyond the tolerance', async () => {
    const same = await runCli(['diff', ridge, result]);
    expect([same.code, same.stderr]).to.deep.equal([0, '']);
    expect(same.stdout).to.match(/No difference beyond the tolerance/);
    const other = await runCli(['diff', lasso, ridge]);
    expect(other.code).to.equal(1);
    expect(other.stderr).to.match(/^shrinkfit: \d+ differences beyond the tolerance/);
    expect((await runCli(['diff', lasso, ridge, '--rtol', '1e9', '--atol', '1e9'])).code).to.equal(0);
  });

  it('says which columns and levels came or went, and advises no tolerance against that', async () => {
    const files = ['was', 'is'].map((name) => join(folder, name));
    const rows = (levels: readonly string[]) =>
      Array.from(
        { length: 60 },
        (_, i) => `${levels[i % levels.length]},${(i * 7) % 13},${i % 5},${(i * 3) % 11}`,
      );
    writeFileSync(`${files[0]}.csv`, `site,age,dose,y\n${rows(['east', 'north']).join('\n')}\n`);
    writeFileSync(`${files[1]}.csv`, `site,age,size,y\n${rows(['north', 'w\u202east']).join('\n')}\n`);
    const fit = ['-t', 'y', '--lambda', '0.01'];
    for (const file of files) await runCli(['fit', `${file}.csv`, ...fit, '--save', `${file}.json`]);
    const [was, is] = files.map((file) => `${file}.json`);
    const xml = join(folder, 'levels.xml');
    const loose = ['--rtol', '1e9', '--atol', '1e9'];
    const { code, stderr, stdout } = await runCli(['diff', was, is, ...loose, '--report', `junit=${xml}`]);
    expect(code).to.equal(1);
    expect(stderr).to.equal(
      'shrinkfit: the input differs: column "site" lost a level "east"; column "site" has a new level "w\\u202east"; column "dose" is gone; column "size" is new; if that is intended, take the new one as the base, or let gates alone decide (--require)\n',
    );
    expect(stdout).to.match(/4 changes of the input, marked !/);
    expect(readFileSync(xml, 'utf8')).to.include('lost a level').and.not.include('rtol');
    const strict = await runCli(['diff', was, is]);
    expect(strict.stderr).to.match(/^shrinkfit: \d+ differences? beyond the tolerance.*raise --rtol/);
    expect(strict.stderr.split('\n')).to.have.length(3);
    const counts = JSON.parse((await runCli(['diff', was, is, ...loose, '--json'])).stdout);
    expect(counts.columns).to.have.length(4);
    expect(counts.beyond).to.equal(4);
  });

  it('names the figures that one side does not have', async () => {
    const bare = join(folder, 'bare.json');
    await runCli(['fit', 'fixtures/diabetes.csv', '-t', 'target', '--holdout', '0', '--save', bare]);
    const { code, stderr } = await runCli(['diff', bare, lasso, '--rtol', '1e9']);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^shrinkfit: only the new has test\.mse, .*measured on the same rows\n$/);
  });

  it('warns, takes gates from a file and reports to CI', async () => {
    const gates = join(folder, 'gates.json');
    const xml = join(folder, 'diff.xml');
    writeFileSync(
      gates,
      JSON.stringify({ require: ['left == 0'], warn: ['test.rmse < base.test.rmse - 1'] }),
    );
    const args = ['diff', lasso, ridge, '--gates', gates, '--report', `junit=${xml}`];
    const { code, stderr } = await runCli(args);
    expect(code).to.equal(0);
    expect(stderr).to.match(/^shrinkfit: warning: gate does not hold: test\.rmse < base/);
    const counts = () => parseXml(readFileSync(xml, 'utf8')).attributes;
    expect(counts()).to.deep.include({ tests: '2', failures: '0', skipped: '1' });
    expect((await runCli([...args, '--rtol', '0', '-q'])).code).to.equal(1);
    expect(counts()).to.deep.include({ tests: '3', failures: '1', skipped: '1' });
    const wrong = await runCli(['diff', lasso, ridge, '--warn', 'entred == 0']);
    expect(wrong.stderr).to.include('did you mean entered?');
    expect(wrong.code).to.equal(2);
  });

  it('lets gates decide alone unless a tolerance is given', async () => {
    const gate = ['--require', 'left == 0'];
    expect((await runCli(['diff', lasso, ridge, ...gate])).code).to.equal(0);
    expect((await runCli(['diff', lasso, ridge, ...gate, '--rtol', '0'])).code).to.equal(1);
    expect((await runCli(['diff', ridge, lasso, ...gate])).code).to.equal(1);
    const misspelt = await runCli(['diff', ridge, lasso, '--require', 'lefd == 0']);
    expect([misspelt.code, misspelt.stdout]).to.deep.equal([2, '']);
    expect(misspelt.stderr).to.match(/did you mean.*left/);
  });

  it('reads one side from standard input, and not both', async () => {
    const piped = await runCli(['diff', ridge, '-'], { input: readFileSync(result, 'utf8') });
    expect(piped.code).to.equal(0);
    expect(piped.stdout).to.match(/new : standard input/);
    expect((await runCli(['diff', '-', '-'])).code).to.equal(2);
  });

  it('prints JSON of its schema', async () => {
    const { stdout } = await runCli(['diff', lasso, ridge, '--json', '--require', 'entered > 0']);
    const report = JSON.parse(stdout);
    expect(validate(report), JSON.stringify(validate.errors)).to.equal(true);
    expect(report.gates[0].value).to.equal(report.entered);
  });

  it('says what is wrong with a file', async () => {
    const missing = await runCli(['diff', lasso, join(folder, 'no.json')]);
    expect([missing.code, missing.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 3 && /no such file/.test(text),
    );
    expect((await runCli(['diff', lasso, 'fixtures/diabetes.csv'])).code).to.equal(3);
    expect((await runCli(['diff', lasso])).code).to.equal(2);
  });

  it('shows hostile names harmlessly in every format', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [
      ...HOSTILE.map((_, j) => (i * (j + 3)) % 17),
      (i * 7) % 11,
    ]);
    const quoted = [...HOSTILE, 'y'].map((name) => `"${name}"`).join(',');
    const csv = join(folder, 'hostile.csv');
    writeFileSync(csv, `${quoted}\n${rows.map((row) => row.join()).join('\n')}\n`);
    const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')];
    const fit = ['fit', csv, '-t', 'y', '-p', 'ridge', '--holdout', '0'];
    await runCli([...fit, '-l', '0.1', '--save', a]);
    await runCli([...fit, '-l', '10', '--save', b]);
    const of = async (...options: string[]) => (await runCli(['diff', a, b, ...options])).stdout;
    const names = HOSTILE.map((name) => name.replaceAll('""', '"'));
    const report = JSON.parse(await of('--json'));
    expect(report.features.map(({ feature }: { feature: string }) => feature)).to.deep.equal(names);
    expect(await of('--color', 'never')).to.not.match(/\u001b/);
    expect(await of('--format', 'markdown')).to.not.match(/<\/script>|\| x \|/);
    const table = await of('--format', 'csv');
    expect(table).to.match(/^'=cmd\(\),(size|sign)/m);
    expect(table).to.match(/^"q""q",(size|sign)/m);
  });
});
