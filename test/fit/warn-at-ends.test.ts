import { expect } from 'chai';
import type { FitOptions } from '../../src/options/options.js';
import { uniform } from '../solvers/random-problem.js';
import { codes, fitAll, named, regression } from './fit-helpers.js';

const exact = regression(60, 3, 1);
// The features say all there is to say, so the smaller lambda is the better.
const plain = named(
  exact.x,
  exact.x[0].map((_, i) => exact.x[0][i] + 2 * exact.x[1][i] - exact.x[2][i]),
);
const chance = uniform(4);
// The features say nothing.
const noise = named(
  [0, 1, 2].map(() => Array.from({ length: 60 }, chance)),
  Array.from({ length: 60 }, chance),
);

const ENDS = ['selected-largest-lambda', 'selected-smallest-lambda'];

async function endsOf(columns: typeof plain, options: Partial<FitOptions>) {
  const report = await fitAll(columns, { holdout: 0.25, ...options });
  return report.warnings.filter(({ code }) => ENDS.includes(code));
}

const list = (...values: number[]) => ({ lambda: { kind: 'list', values } as const });

describe('a selected lambda at an end of the path', () => {
  const cases: [string, typeof plain, Partial<FitOptions>, string, string][] = [
    ['the smallest of a lasso grid', plain, {}, ENDS[1], 'give a smaller --lambda-min-ratio'],
    ['the smallest of a ridge grid', plain, { penalty: 'ridge' }, ENDS[1], 'compare --penalty none'],
    [
      'the smallest of a shortened ridge grid',
      plain,
      { penalty: 'ridge', lambda: { kind: 'grid', count: 10, minRatio: 0.1 } },
      ENDS[1],
      'give a smaller --lambda-min-ratio',
    ],
    ['the smallest of a list', plain, list(1, 0.1), ENDS[1], 'extend --lambda'],
    ['the largest of a lasso grid', noise, {}, ENDS[0], 'no penalised feature takes part'],
    ['the largest of a ridge grid', noise, { penalty: 'ridge' }, ENDS[0], 'hardly take part'],
    [
      'the largest of a list',
      noise,
      { penalty: 'ridge', ...list(0.1, 0.01) },
      ENDS[0],
      'a larger one may do better',
    ],
    ['by cross-validation', noise, { cv: 5, select: 'cv-1se' }, ENDS[0], 'no penalised feature takes part'],
  ];
  for (const [what, columns, options, code, words] of cases) {
    it(`is a warning: ${what}`, async () => {
      const found = await endsOf(columns, options);
      expect(found.map((warning) => warning.code)).to.deep.equal([code]);
      expect(found[0].message).to.include(words);
    });
  }

  it('is none where there was no choice, at lambda 0, or within the path', async () => {
    expect(await endsOf(plain, list(1))).to.deep.equal([]);
    expect(await endsOf(plain, { penalty: 'none' })).to.deep.equal([]);
    expect(await endsOf(plain, list(1, 0))).to.deep.equal([]);
    const many = Array.from({ length: 20 }, () => Array.from({ length: 60 }, chance));
    const one = many[0].map((value) => value + chance());
    const within = await fitAll(named(many, one), { holdout: 0.5 });
    expect(within.selected.index).to.be.within(1, 98);
    expect(codes(within).filter((code) => ENDS.includes(code))).to.deep.equal([]);
  });

  it('is none where a criterion is undefined and has chosen nothing', async () => {
    const few = regression(3, 2, 2);
    const report = await fitAll(named(few.x, few.y), { penalty: 'ridge' });
    expect(codes(report)).to.include('aicc-undefined');
    expect(codes(report)).not.to.include(ENDS[0]);
  });
});
