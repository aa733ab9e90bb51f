import { expect } from 'chai';
import { largestViolation, violations } from '../../../src/report/fit/certificates.js';
import { rendered, sampleReport } from '../sample-report.js';

describe('the largest violation', () => {
  const withKkt = (kkt: number, certified: boolean) =>
    sampleReport({ lambdas: 5, changes: (_, index) => (index === 2 ? { kkt, certified } : {}) });

  it('is that of the worst solution', async () => {
    expect(largestViolation(withKkt(0.25, false).path)).to.equal(0.25);
    expect(await rendered(withKkt(0.25, false))).to.include('largest KKT violation 2.5e-1');
  });

  it('is not a number where one cannot be computed, which the sentence does not pass over', async () => {
    const report = withKkt(Number.NaN, false);
    expect(largestViolation(report.path)).to.be.NaN;
    expect(violations(report)).to.match(/^largest KKT violation – \(tolerance/);
    expect(await rendered(report)).to.include('1 of 5 solutions are not certified');
  });
});
