import { expect } from 'chai';
import { binomial } from '../../src/families/binomial.js';
import { gaussian } from '../../src/families/gaussian.js';
import { selectByAicc, selectByTest } from '../../src/path/select-lambda.js';

const candidate = (trainError: number, df: number, testError: number | null = null) => ({
  trainError,
  df,
  testError,
});

describe('selectByTest', () => {
  it('takes the smallest test error, and of equals the first: the largest lambda', () => {
    expect(selectByTest([3, 2, 1, 1, 4].map((e) => candidate(0, 0, e)))).to.equal(2);
  });
});

describe('selectByAicc', () => {
  it('is n log mse + 2k + 2k(k+1)/(n-k-1) for gaussian, intercept and variance counted', () => {
    // n = 20: 20 log 1 + 4 + 12/17 = 4.706; 20 log 0.85 + 6 + 24/16 = 4.2496; 20 log 0.8 + 8 + 40/15 = 6.2038
    expect(
      selectByAicc([candidate(1, 0), candidate(0.85, 1), candidate(0.8, 2)], gaussian, 20, true),
    ).to.equal(1);
    // 20 log 0.88 + 7.5 = 4.9433 is worse than the null model.
    expect(selectByAicc([candidate(1, 0), candidate(0.88, 1)], gaussian, 20, true)).to.equal(0);
    // Without the intercept k is one less: 2 + 4/18 = 2.222 against 20 log 0.88 + 4.706 = 2.149.
    expect(selectByAicc([candidate(1, 0), candidate(0.88, 1)], gaussian, 20, false)).to.equal(1);
  });

  it('is 2 n logLoss + 2k + 2k(k+1)/(n-k-1) for binomial, without a variance', () => {
    // n = 10: 2 + 4/8 = 2.5 over 20 logLoss; k = 2: 4 + 12/7 = 5.714; the difference is 3.214 / 20 = 0.1607.
    expect(selectByAicc([candidate(0.6, 0), candidate(0.6 - 0.16, 1)], binomial, 10, true)).to.equal(0);
    expect(selectByAicc([candidate(0.6, 0), candidate(0.6 - 0.162, 1)], binomial, 10, true)).to.equal(1);
  });

  it('never takes a lambda with too many degrees of freedom for the rows', () => {
    expect(selectByAicc([candidate(1, 0), candidate(1e-30, 8)], gaussian, 11, true)).to.equal(0);
    expect(selectByAicc([candidate(1, 0), candidate(1e-30, 7)], gaussian, 11, true)).to.equal(1);
  });

  it('is null where it is undefined all along the path', () => {
    expect(selectByAicc([candidate(1, 0), candidate(0.1, 1)], gaussian, 3, true)).to.equal(null);
  });

  it('takes a perfect fit for a good one', () => {
    expect(selectByAicc([candidate(1, 0), candidate(0, 1)], gaussian, 20, true)).to.equal(1);
  });
});
