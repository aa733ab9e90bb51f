import { expect } from 'chai';
import type { FitReport } from '../../../src/fit/fit-report.js';
import { entryIndices, entryOrder, sizeOrder, standardized } from '../../../src/report/fit/entry-order.js';
import { sampleReport } from '../sample-report.js';

/** Five features over three lambdas; rows are lambdas. */
function report(rows: readonly number[][], scale: readonly number[], selected = rows.length - 1): FitReport {
  const names = scale.map((_, j) => `x${j}`);
  const made = sampleReport({
    names,
    lambdas: rows.length,
    selected,
    changes: (_, index) => ({ coefficients: Float64Array.from(rows[index]) }),
  });
  return { ...made, featureScale: Float64Array.from(scale) };
}

const ROWS = [
  [0, 0, 0, 0, 0],
  [0, 2, 0, -1, 0],
  [1, 0, 0, 5, 1],
];

describe('entry order', () => {
  const sample = report(ROWS, [1, 1, 1, 4, 1]);

  it('finds the first lambda with a non-zero coefficient', () => {
    expect([...entryIndices(sample)]).to.deep.equal([2, 1, -1, 1, 2]);
  });

  it('breaks ties by the standardized size at entry, then by file order', () => {
    expect(entryOrder(sample).map(({ feature }) => feature)).to.deep.equal([3, 1, 0, 4]);
  });

  it('leaves out features that never enter and keeps those that left again', () => {
    const features = entryOrder(sample).map(({ feature }) => feature);
    expect(features).to.not.include(2);
    expect(features).to.include(1);
  });

  it('can order by size at the selected lambda', () => {
    expect(sizeOrder(sample).map(({ feature }) => feature)).to.deep.equal([3, 0, 4, 1]);
    expect(sizeOrder(report(ROWS, [1, 1, 1, 4, 1], 1)).map(({ feature }) => feature)).to.deep.equal([
      3, 1, 0, 4,
    ]);
  });

  it('standardizes by the scale of the feature', () => {
    expect(standardized(sample, 2, 3)).to.equal(20);
  });
});
