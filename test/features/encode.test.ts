import { expect } from 'chai';
import { featureValues, learnFeatures } from '../../src/features/encode.js';
import { columnOf } from './tables.js';

const ROWS = Int32Array.of(0, 1, 2, 3);
const ONES = new Float64Array(4).fill(1);

describe('learnFeatures', () => {
  it('gives a column for each level met in training, in code-unit order, none left out', () => {
    const column = columnOf('c', ['b', 'B', 'a', 'b', 'z']);
    const specs = learnFeatures(column, ROWS, ONES, 'none');
    expect(specs.map(({ name }) => name)).to.deep.equal(['c=B', 'c=a', 'c=b']);
    const indicators = specs.map((spec) => [...featureValues(spec, column, Int32Array.of(0, 1, 2, 3, 4))]);
    expect(indicators).to.deep.equal([
      [0, 1, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [1, 0, 0, 1, 0],
    ]);
  });

  it('fills numbers with the weighted mean of the training rows', () => {
    const column = columnOf('x', [1, null, 4, 7, 1000]);
    const [spec] = learnFeatures(column, ROWS, Float64Array.of(1, 9, 1, 2), 'mean');
    expect(spec.fill).to.be.closeTo((1 + 4 + 14) / 4, 1e-14);
    expect([...featureValues(spec, column, Int32Array.of(1, 4))]).to.deep.equal([spec.fill, 1000]);
  });

  it('fills with the median: the middle one, the mean of the two middle ones, the one with half of the weight', () => {
    const median = (cells: (number | null)[], w: number[]) =>
      learnFeatures(columnOf('x', cells), Int32Array.from(cells.keys()), Float64Array.from(w), 'median')[0]
        .fill;
    expect(median([9, 1, null, 5], [1, 1, 1, 1])).to.equal(5);
    expect(median([9, 1, 2, 5], [1, 1, 1, 1])).to.equal(3.5);
    expect(median([9, 1, 2, 5], [10, 1, 1, 1])).to.equal(9);
    expect(median([9, 1, 2, 5], [0, 1, 1, 1])).to.equal(2);
    expect(median([1, 2], [1, 3])).to.equal(2);
    expect(median([null, 3], [1, 1])).to.equal(3);
  });

  it('fills categories with the level of most weight', () => {
    const column = columnOf('c', ['a', 'b', 'a', null]);
    const byCount = learnFeatures(column, ROWS, ONES, 'mean');
    expect(byCount.map(({ fill }) => fill)).to.deep.equal([1, 0]);
    const byWeight = learnFeatures(column, ROWS, Float64Array.of(1, 5, 1, 1), 'median');
    expect(byWeight.map(({ fill }) => fill)).to.deep.equal([0, 1]);
    expect([...featureValues(byWeight[1], column, ROWS)]).to.deep.equal([0, 1, 0, 1]);
  });

  it('fills with a number even where no training row has one', () => {
    const column = columnOf('x', [null, null, null, null, 5]);
    for (const imputation of ['mean', 'median'] as const) {
      expect(learnFeatures(column, ROWS, ONES, imputation)[0].fill).to.satisfy(Number.isFinite);
    }
  });

  it('counts a level that no training row has as none of the known ones', () => {
    const other = columnOf('c', ['q', 'a']);
    const specs = learnFeatures(columnOf('c', ['a', 'b', 'a', 'b']), ROWS, ONES, 'none');
    expect(specs.map((spec) => [...featureValues(spec, other, Int32Array.of(0, 1))])).to.deep.equal([
      [0, 1],
      [0, 0],
    ]);
  });
});
