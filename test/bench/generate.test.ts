import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { loadBench } from './load-bench.js';

const SMALL = { family: 'gaussian', rows: 40, features: 12, rho: 0.2, seed: 5 };

describe('benchmark: generated data', () => {
  let generate: Awaited<ReturnType<typeof loadBench>>;
  before(async () => {
    generate = await loadBench('generate');
  });

  const text = (data: object) => `${[...generate.lines(data)].join('\n')}\n`;
  const hash = (data: object) => createHash('sha256').update(text(data)).digest('hex').slice(0, 16);
  const numbers = (data: object) =>
    [...generate.lines(data)].slice(1).map((line) => line.split(',').map(Number));

  // Other bytes for the same description need a new GENERATOR_VERSION, so that old files are made again.
  it('has the same bytes as ever for a seed', () => {
    expect(hash(SMALL)).to.equal('2676adeac7135b80');
    expect(hash({ ...SMALL, family: 'binomial' })).to.equal('f38020c8c9f8d13f');
    expect(generate.GENERATOR_VERSION).to.equal(1);
  });

  it('has a header, the rows asked for and six significant digits', () => {
    const [header, ...rows] = text(SMALL).trimEnd().split('\n');
    expect(header).to.equal('x1,x2,x3,x4,x5,x6,x7,x8,x9,x10,x11,x12,y');
    expect(rows).to.have.length(40);
    for (const cell of rows.flatMap((row) => row.split(','))) {
      expect(cell).to.equal(Number(cell).toPrecision(6));
    }
  });

  it('has a binomial target of 0 and 1, both of them', () => {
    const classes = numbers({ ...SMALL, family: 'binomial' }).map((row) => row.at(-1));
    expect([...new Set(classes)].sort()).to.deep.equal([0, 1]);
  });

  it('has columns of variance 1 that correlate by rho, and a target of variance 2', () => {
    const rows = numbers({ ...SMALL, rows: 20_000 });
    const product = (j: number, k: number) =>
      rows.reduce((sum, row) => sum + row[j] * row[k], 0) / rows.length;
    expect(product(0, 0)).to.be.closeTo(1, 0.06);
    expect(product(0, 11)).to.be.closeTo(0.2, 0.06);
    expect(product(12, 12)).to.be.closeTo(2, 0.12);
  });

  it('has a sparse signal, spread over the columns', () => {
    const signal: [number, number][] = generate.sparseSignal(10_000, 0.2);
    expect(signal).to.have.length(20);
    expect(new Set(signal.map(([j]) => j)).size).to.equal(20);
    expect(Math.max(...signal.map(([j]) => j))).to.be.within(9000, 9999);
  });
});
