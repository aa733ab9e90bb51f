import { expect } from 'chai';
import { HessianAccount, IdleSteps } from '../../src/solvers/newton-progress.js';

const at = (violation: number, objective = Number.NaN) => ({ violation, objective });

describe('idle steps', () => {
  it('are three in a row that lower neither the objective nor the violation by half', () => {
    const idle = new IdleSteps();
    expect([1, 2, 3].map(() => idle.areMany(at(1, 5), at(0.9, 5)))).to.deep.equal([false, false, true]);
  });

  it('are counted anew after one that lowers the objective, or the violation by half', () => {
    for (const better of [at(1, 4), at(0.5, 5)]) {
      const idle = new IdleSteps();
      const steps = [at(1, 5), at(1, 5), better, at(1, 5), at(1, 5), at(1, 5)];
      const found = steps.map((after) => idle.areMany(at(1, 5), after));
      expect(found).to.deep.equal([false, false, false, false, false, true]);
    }
  });

  it('do not take rounding of the objective for progress, and judge by the violation where it is not known', () => {
    for (const [before, after] of [
      [at(1, 5), at(1, 5 - 4 * Number.EPSILON)],
      [at(1), at(0.6)],
    ]) {
      const idle = new IdleSteps();
      expect([1, 2, 3].map(() => idle.areMany(before, after))).to.deep.equal([false, false, true]);
    }
    const idle = new IdleSteps();
    expect([1, 2, 3, 4].map(() => idle.areMany(at(1), at(0.4)))).not.to.include(true);
  });
});

describe('the account of a kept Hessian', () => {
  it('is spent before the first is built, and then when its steps beyond the first two have cost as much as another', () => {
    const account = new HessianAccount();
    expect([account.isValid, account.isSpent(1e9)]).to.deep.equal([false, true]);
    account.renew();
    expect([account.isValid, account.isSpent(2)]).to.deep.equal([true, false]);
    for (let taken = 0; taken < 3; taken++) account.charge(taken);
    expect([account.isSpent(1), account.isSpent(2)]).to.deep.equal([true, false]);
    account.charge(3);
    expect(account.isSpent(2)).to.equal(true);
    expect(account.isValid).to.equal(true);
  });

  it('is closed by a step that leaves most of the violation, until another is built', () => {
    const account = new HessianAccount();
    account.renew();
    account.note(1, 0.6);
    expect(account.isValid).to.equal(true);
    account.note(1, 0.8);
    expect([account.isValid, account.isSpent(1e9)]).to.deep.equal([false, true]);
    account.renew();
    expect(account.isValid).to.equal(true);
    account.invalidate();
    expect(account.isValid).to.equal(false);
  });
});
