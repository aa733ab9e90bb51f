import { expect } from 'chai';
import { spawnCli } from './run-cli.js';

const FIT = ['fit', 'fixtures/diabetes.csv', '-t', 'target'] as const;
const STARVED = ['--lambda', '0.001', '--max-iterations', '1', '-p', 'lasso'] as const;

describe('the exit code', () => {
  it('is 0 when all is well', async () => {
    const { code, stderr } = await spawnCli([
      ...FIT,
      '--require',
      'test.rmse<=70',
      '--require',
      'certified == 1',
    ]);
    expect(stderr).to.equal('');
    expect(code).to.equal(0);
  });

  it('is 1 when a gate fails, which is named with its figure, and the result is printed all the same', async () => {
    const { code, stdout, stderr } = await spawnCli([
      ...FIT,
      '--json',
      '--require',
      'test.rmse <= 1',
      '--require',
      'nonzero<=100',
    ]);
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^shrinkfit: gate failed: test\.rmse <= 1 \(the figure is [\d.]+, the bound 1\)\n$/,
    );
    expect(JSON.parse(stdout).gates.map((gate: { passed: boolean }) => gate.passed)).to.deep.equal([
      false,
      true,
    ]);
  });

  it('is 1 when a gate asks for test rows that do not exist', async () => {
    const { code, stderr } = await spawnCli([...FIT, '--holdout', '0', '--require', 'test.rmse<=1000']);
    expect(code).to.equal(1);
    expect(stderr).to.include('undefined');
  });

  it('is 2 when the family found in the data does not have the figure of a gate', async () => {
    const { code, stdout, stderr } = await spawnCli([...FIT, '--require', 'test.auc>=0.5']);
    expect(code).to.equal(2);
    expect(stderr).to.include('"test.auc"');
    expect(stdout).to.equal('');
  });

  it('is 3 when the file is not there', async () => {
    const { code, stderr } = await spawnCli(['fit', 'no-such-file.csv', '-t', 'y']);
    expect(code).to.equal(3);
    expect(stderr).to.match(/^shrinkfit: .*no-such-file\.csv.*\n$/);
  });

  it('is 4 when a solution is not certified, and 1 when a gate fails too', async () => {
    const uncertified = await spawnCli([...FIT, ...STARVED, '--json']);
    expect(uncertified.code).to.equal(4);
    expect(uncertified.stderr.match(/not certified/g)).to.have.length(1);
    expect(JSON.parse(uncertified.stdout).path[0].certified).to.equal(false);
    expect((await spawnCli([...FIT, ...STARVED, '--require', 'certified==1'])).code).to.equal(1);
  });

  it('is 4 with --quiet too, and says why', async () => {
    const { code, stderr } = await spawnCli([...FIT, ...STARVED, '-q']);
    expect(code).to.equal(4);
    expect(stderr).to.match(
      /^shrinkfit: 1 of 1 solutions are not certified: largest KKT violation .*; raise --max-iterations .*\n$/,
    );
  });

  it('is 0 with --quiet, which silences warnings but not the result', async () => {
    const { code, stdout, stderr } = await spawnCli([...FIT, '-q']);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.not.equal('');
  });
});
