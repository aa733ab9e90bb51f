import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { contentDigest } from '../../src/model/file/text.js';
import { ROOT, runCli } from './run-cli.js';

const schema = JSON.parse(readFileSync(join(ROOT, 'schema', 'verify.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

describe('verify', () => {
  let folder: string;
  let model: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-verify-'));
    model = join(folder, 'model.json');
    await runCli(['fit', 'fixtures/birthwt.csv', '-t', 'low', '--save', model]);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('says yes and ends with 0 for the training file, however its cells are written', async () => {
    const plain = await runCli(['verify', model, 'fixtures/birthwt.csv']);
    expect([plain.code, plain.stderr]).to.deep.equal([0, '']);
    expect(plain.stdout).to.match(/Yes: model\.json is the optimum of birthwt\.csv/);
    const text = readFileSync(join(ROOT, 'fixtures', 'birthwt.csv'), 'utf8');
    const input = text.replaceAll(',', ';').replaceAll('white', '"white"');
    expect((await runCli(['verify', model, '-'], { input })).code).to.equal(0);
  });

  it('says no, names the check and ends with 1 for changed data', async () => {
    const changed = join(folder, 'changed.csv');
    const text = readFileSync(join(ROOT, 'fixtures', 'birthwt.csv'), 'utf8');
    writeFileSync(changed, text.replace('white', 'black'));
    const { code, stdout, stderr } = await runCli(['verify', model, changed]);
    expect(code).to.equal(1);
    expect(stdout).to.match(/FAILED\s+data/);
    expect(stderr).to.match(/^shrinkfit: model\.json is not the optimum of changed\.csv: data/);
  });

  it('names its tolerance, which is 1e-6 unless the command line says otherwise', async () => {
    const loose = join(folder, 'loose.json');
    const fit = ['--lambda', '0.01', '--tolerance', '0.99', '--max-iterations', '1', '--save', loose];
    expect((await runCli(['fit', 'fixtures/birthwt.csv', '-t', 'low', ...fit])).code).to.equal(0);
    const verify = ['verify', loose, 'fixtures/birthwt.csv'];
    const no = await runCli(verify);
    expect(no.code).to.equal(1);
    expect(no.stdout).to.match(/No: loose\.json is not the optimum .*certificate\s+\(tolerance 1e-6\)\./s);
    expect(no.stderr).to.match(/birthwt\.csv: certificate \(tolerance 1e-6\)\n$/);
    expect(JSON.parse((await runCli([...verify, '--json'])).stdout).tolerance).to.equal(1e-6);
    const yes = await runCli([...verify, '--tolerance', '0.99']);
    expect(yes.code).to.equal(0);
    expect(yes.stdout).to.match(/Yes: loose\.json .*\(tolerance 0\.99\)\./s);
  });

  it('refuses a model of absurd numbers, sealed anew', async () => {
    const absurd = join(folder, 'absurd.json');
    const { digest, ...content } = JSON.parse(readFileSync(model, 'utf8'));
    content.training.rows = 1e15;
    writeFileSync(absurd, JSON.stringify({ ...content, digest: contentDigest(content) }));
    for (const args of [
      ['verify', absurd, 'fixtures/birthwt.csv'],
      ['inspect', absurd, '--recipe', 'sklearn', '--data', 'fixtures/birthwt.csv'],
    ]) {
      const { code, stderr } = await runCli(args);
      expect(code, stderr).to.equal(3);
      expect(stderr).to.match(/\/training\/rows must be <= 4294967295/);
    }
  });

  it('prints JSON of its schema, the same for any number of threads, on data worth threads', async () => {
    const big = join(folder, 'big.csv');
    const row = (i: number) => Array.from({ length: 40 }, (_, j) => ((i * (j + 7) * 7919) % 1009) / 9).join();
    const header = Array.from({ length: 40 }, (_, j) => `x${j}`).join();
    writeFileSync(big, `${header}\n${Array.from({ length: 6000 }, (_, i) => row(i)).join('\n')}\n`);
    const saved = join(folder, 'big.json');
    await runCli(['fit', big, '-t', 'x0', '--save', saved, '--lambda-count', '10']);
    const [one, two] = await Promise.all(
      ['1', '2'].map((threads) => runCli(['verify', saved, big, '--json', '--threads', threads])),
    );
    expect(two).to.deep.equal(one);
    expect(one.code).to.equal(0);
    expect(validate(JSON.parse(one.stdout)), JSON.stringify(validate.errors)).to.equal(true);
  });

  it('reports a file that cannot be read, and one that has other columns', async () => {
    expect((await runCli(['verify', model, 'no.csv'])).code).to.equal(3);
    expect((await runCli(['verify', model])).code).to.equal(2);
    const other = await runCli(['verify', model, 'fixtures/diabetes.csv', '--format', 'csv']);
    expect(other.code).to.equal(1);
    expect(other.stdout).to.match(/^data,sha256:\w+,.*,false$/m);
  });
});
