import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadBench } from './load-bench.js';

describe('benchmark: data files', () => {
  let data: Awaited<ReturnType<typeof loadBench>>;
  let folder: string;
  before(async () => {
    data = await loadBench('data');
    folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const small = () => ({
    ...{ family: 'gaussian', rows: 30, features: 3, rho: 0.2, seed: 1, fixture: false },
    file: join(folder, 'small.csv'),
  });
  const ensure = (set: object) => {
    const messages: string[] = [];
    data.ensureData(set, (message: string) => messages.push(message));
    return messages.length;
  };

  it('are made once, and again when the description or the size changes', () => {
    expect(ensure(small())).to.equal(1);
    expect(ensure(small())).to.equal(0);
    expect(ensure({ ...small(), seed: 2 })).to.equal(1);
    expect(ensure(small())).to.equal(1);
    writeFileSync(small().file, 'cut short');
    expect(ensure(small())).to.equal(1);
    expect(statSync(small().file).size).to.be.greaterThan(500);
    expect(existsSync(`${small().file}.partial`)).to.equal(false);
  });

  it('are cut into training and test rows, both with the header', () => {
    const parts = ['whole.csv', 'train.csv', 'test.csv'].map((name) => join(folder, name));
    // Larger than one read, so that a part begins in one and ends in another.
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i},${'x'.repeat(i % 40)}`);
    writeFileSync(parts[0], `a,b\n${rows.join('\n')}`);
    data.cutFile(parts[0], 80_000, parts[1], parts[2]);
    const [, train, test] = parts.map((file) => readFileSync(file, 'utf8'));
    expect(train === `a,b\n${rows.slice(0, 80_000).join('\n')}\n`).to.equal(true);
    expect(test === `a,b\n${rows.slice(80_000).join('\n')}`).to.equal(true);
  });
});
