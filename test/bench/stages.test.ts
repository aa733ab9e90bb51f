import { expect } from 'chai';
import { OPERATIONS } from '../../src/runtime/thread-pool.js';
import { loadBench } from './load-bench.js';

describe('benchmark: stages', () => {
  let stages: Awaited<ReturnType<typeof loadBench>>;
  before(async () => {
    stages = await loadBench('stages');
  });

  it('are sums of the time in kernels and before them, in seconds, and leave nothing out', () => {
    const calls = [
      ['csvParse', 100, 150],
      ['csvParse', 160, 180],
      ['gradientBlocks', 200, 210],
      ['csvParse', 210, 220],
    ];
    const times = [...stages.stageTimes(calls, 250)].map(([stage, { kernels, between }]) => [
      stage,
      Math.round(1000 * kernels),
      Math.round(1000 * between),
    ]);
    expect(times).to.deep.equal([
      ['start', 0, 100],
      ['read', 80, 10],
      ['path', 10, 20],
      ['end', 0, 30],
    ]);
  });

  it('are only start and end where no kernel is called', () => {
    expect([...stages.stageTimes([], 250)]).to.deep.equal([
      ['start', { kernels: 0, between: 0.25 }],
      ['end', { kernels: 0, between: 0 }],
    ]);
  });

  it('name kernels that there are', () => {
    for (const kernels of stages.STAGES.values()) expect(OPERATIONS).to.include.members(kernels);
  });
});
