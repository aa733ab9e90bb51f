import { expect } from 'chai';
import { loadBench } from './load-bench.js';

describe('benchmark: commands', () => {
  const saved = process.env.NODE_EXTRA_CA_CERTS;
  afterEach(() => {
    if (saved === undefined) delete process.env.NODE_EXTRA_CA_CERTS;
    else process.env.NODE_EXTRA_CA_CERTS = saved;
  });

  it('are timed without the certificates that node would read first, and with all else of the environment', async () => {
    const { time } = await loadBench('command');
    process.env.NODE_EXTRA_CA_CERTS = '/nowhere.pem';
    const check = 'process.exit(process.env.NODE_EXTRA_CA_CERTS === undefined && process.env.PATH ? 0 : 1)';
    expect(time([process.execPath, '-e', check]).seconds).to.be.above(0);
    expect(process.env.NODE_EXTRA_CA_CERTS).to.equal('/nowhere.pem');
  });

  it('that fail are an error, not a time', async () => {
    const { time } = await loadBench('command');
    expect(() => time([process.execPath, '-e', 'process.exit(3)'])).to.throw(/exit code 3/);
  });
});
