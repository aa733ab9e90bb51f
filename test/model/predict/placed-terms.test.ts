import { expect } from 'chai';
import { headerOf } from '../../../src/csv/dialect/header.js';
import type { Model } from '../../../src/model/model.js';
import { placeModel } from '../../../src/model/predict/placed-terms.js';
import { fitted, tableOf } from '../model-helpers.js';

describe('the columns that a model needs', () => {
  let model: Model;
  before(async () => {
    const names = Array.from({ length: 22 }, (_, j) => `c${j}`);
    const rows = Array.from({ length: 30 }, (_, i) =>
      [...names.map((_, j) => (i * (j + 2) + j * j) % 29), i].join(),
    );
    const table = await tableOf(`${names.join()},y\n${rows.join('\n')}\n`);
    const lambda = { kind: 'list', values: [1] } as const;
    ({ model } = await fitted(table, { target: 'y', penalty: 'ridge', holdout: 0, lambda }));
  });
  const refusal = (given: readonly string[]) => {
    try {
      placeModel(model, headerOf(given), 'f.csv');
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };
  const without = (count: number) => model.columns.slice(count).map(({ name }) => name);

  it('are named where they are missing: twenty of them, and how many more', () => {
    expect(refusal(without(0))).to.equal('accepted');
    expect(refusal(without(1))).to.match(
      /^f\.csv: column "c0".* is missing, and the model needs it; add or rename it$/,
    );
    expect(refusal(without(2))).to.match(
      /^f\.csv: columns "c0".* are missing, and the model needs them; .* them$/,
    );
    const two = { ...model, features: model.features.slice(0, 2) };
    expect(() => placeModel(two, headerOf([]), 'f.csv')).to.throw(
      /^f\.csv: columns "c0", "c1" are missing, and the model needs them; add or rename them$/,
    );
    expect(() => placeModel({ ...two, offset: 'base' }, headerOf(['c0', 'c1', 'bases']), 'f.csv')).to.throw(
      /^f\.csv: column "base" \(is it "bases"\?\) is missing, /,
    );
    const named = (message: string) => message.match(/"c\d+"(?!\?\))/g)!.length;
    for (const [count, words] of [
      [19, / are missing/],
      [20, /"c19"[^,]* are missing/],
      [21, /"c19"[^,]* and 1 more are missing/],
      [22, /"c19"[^,]* and 2 more are missing/],
    ] as const) {
      const message = refusal(without(count));
      expect(message).to.match(words);
      expect(named(message)).to.equal(Math.min(count, 20));
      expect(/ more /.test(message)).to.equal(count > 20);
    }
  });

  it('are found where they are, and those with coefficient 0 are looked at where they are', () => {
    const features = model.features.map((feature, j) => (j < 2 ? { ...feature, coefficient: 0 } : feature));
    const names = ['other', ...without(1).reverse()];
    const { terms, offset, checked } = placeModel({ ...model, features }, headerOf(names), 'f.csv');
    expect(terms.map(({ term }) => term.column)).to.deep.equal(without(2));
    for (const { term, at } of terms) expect(names[at]).to.equal(term.column);
    expect([offset, checked]).to.deep.equal([-1, [names.indexOf('c1')]]);
    expect(
      placeModel({ ...model, offset: 'other' }, headerOf(['other', ...without(0)]), 'f.csv').offset,
    ).to.equal(0);
  });
});
