import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { interruptCli, runShell, spawnCli } from './run-cli.js';

const FIT = ['fit', 'fixtures/diabetes.csv', '-t', 'target'] as const;
const ESCAPE = '\x1b[';

describe('standard output', () => {
  it('may be closed early without a word', async () => {
    const line =
      '{ "$S" fit fixtures/diabetes.csv -t target --format csv --table coefficients --rows all; echo "code $?" >&2; } | head -n 1';
    const { stdout, stderr } = await runShell(line);
    expect(stdout.split('\n')).to.have.length(2);
    expect(stderr).to.equal('code 0\n');
  });

  it('holds one JSON object and nothing else', async () => {
    const { code, stdout } = await spawnCli([...FIT, '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout).schema).to.equal('shrinkfit/fit/1');
  });

  it('is written whole into a slow pipe', async () => {
    const line = '"$S" fit fixtures/diabetes.csv -t target --json --lambda-count 1000 | { sleep 1; cat; }';
    expect(JSON.parse((await runShell(line)).stdout).path).to.have.length(1000);
  });

  it('that takes nothing more is an error with a message', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const { code, stderr } = await runShell('"$S" fit fixtures/diabetes.csv -t target -q >/dev/full');
    expect(code).to.equal(3);
    expect(stderr).to.match(/^shrinkfit: standard output: .*ENOSPC.*\n$/);
  });

  it('has no colour in a pipe', async () => {
    expect((await spawnCli(FIT)).stdout).to.not.include(ESCAPE);
  });

  it('has colour when forced by flag or environment, and the flag wins', async () => {
    expect((await spawnCli([...FIT, '--color', 'always'])).stdout).to.include(ESCAPE);
    expect((await spawnCli(FIT, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).to.include(ESCAPE);
    expect((await spawnCli([...FIT, '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).to.not.include(
      ESCAPE,
    );
  });
});

describe('standard input', () => {
  it('is the file called -', async () => {
    const line = 'cat fixtures/diabetes.csv | "$S" fit - -t target --json';
    const { code, stdout } = await runShell(line);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout).data.source).to.equal('-');
  });

  it('may be the test rows', async () => {
    const { code, stdout } = await runShell(
      '"$S" fit fixtures/diabetes.csv -t target --test-file - --json <fixtures/diabetes.csv',
    );
    expect(code).to.equal(0);
    expect(JSON.parse(stdout).split).to.include({ method: 'file', train: 442, test: 442 });
  });

  it('that stops coming can be interrupted quietly', async () => {
    const outcome = await interruptCli(['fit', '-', '-t', 'y'], `x,y\n${'1,2\n'.repeat(100_000)}`);
    expect(outcome).to.deep.equal({ code: 130, stdout: '', stderr: '' });
  });
});

describe('standard error', () => {
  // Three pipes full of failed gates.
  const gates = Array.from({ length: 3000 }, (_, k) => `--require "test.rmse<=${k / 1000}"`).join(' ');
  const failing = `"$S" fit fixtures/diabetes.csv -t target ${gates} 2>&1 >/dev/null`;

  it('is written whole into a slow pipe', async () => {
    const { stdout } = await runShell(`${failing} | { sleep 1; cat; }`);
    expect(stdout.match(/\n/g)).to.have.length(3000);
    expect(stdout).to.match(/test\.rmse<=2\.999 [^\n]*\n$/);
  });

  it('may be closed early without a word', async () => {
    const { stdout, stderr } = await runShell(`{ { ${failing}; echo "code $?" >&3; } | head -n 1; } 3>&2`);
    expect(stdout.match(/\n/g)).to.have.length(1);
    expect(stderr).to.equal('code 1\n');
  });

  it('prefixes each line and hands no control character on', async () => {
    const { code, stderr } = await spawnCli(['fit', '-', '-t', 'y'], {
      input: 'x,\x1b[31m\n1\n::error ::hello\n',
    });
    expect(code).to.be.oneOf([2, 3]);
    expect(stderr).to.match(/^(shrinkfit: [^\n]*\n)+$/);
    expect(stderr).to.not.include('\x1b');
  });

  it('shows progress when told to, each state on a line', async () => {
    const { stderr } = await spawnCli([...FIT, '--lambda-count', '3', '--progress', 'always']);
    expect(stderr).to.match(/^(shrinkfit: [^\n]*\n)*$/);
  });
});
