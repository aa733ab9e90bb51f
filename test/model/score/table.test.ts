import { expect } from 'chai';
import type { Model } from '../../../src/model/model.js';
import { scoreTable } from '../../../src/model/score/table.js';
import { fitted, tableOf } from '../model-helpers.js';

const LIST = { kind: 'list', values: [0.1] } as const;

describe('scoring a table', () => {
  let model: Model;
  before(async () => {
    const table = await tableOf('size,colour,base,y\n1,a,1,1\n2,b,0,2\n3,a,1,4\n4,b,0,3\n5,a,1,7\n7,b,0,9\n');
    ({ model } = await fitted(table, {
      target: 'y',
      penalty: 'ridge',
      holdout: 0,
      lambda: LIST,
      offset: 'base',
    }));
  });
  const score = async (text: string) => scoreTable(model, await tableOf(text));
  const refusal = async (text: string) =>
    score(text).then(
      () => 'accepted',
      ({ message }: Error) => message,
    );

  it('is the intercept, a product for each number, a coefficient for each level, and the offset', async () => {
    const { eta, missing, unseen } = await score('base,colour,size\n10,a,3\n-2,b,0\n0,c,1\n,a,1\n');
    const of = (name: string) => model.features.find((feature) => feature.name === name)!;
    const { coefficient, origin } = of('size');
    const at = (size: number) => model.intercept + coefficient * (size - origin);
    const [a, b] = ['colour=a', 'colour=b'].map((name) => of(name).coefficient);
    for (const [row, wanted] of [at(3) + a + 10, at(0) + b - 2, at(1)].entries()) {
      expect(eta[row]).to.be.closeTo(wanted, 1e-14 * Math.abs(wanted));
    }
    expect(eta[3]).to.be.NaN;
    expect([[...missing], [...unseen]]).to.deep.equal([[['base', 1]], [['colour', 1]]]);
  });

  it('fills a column without a single value, of numbers or levels, as it fills a cell', async () => {
    const features = model.features.map((feature) => ({
      ...feature,
      fill: feature.level === null ? 2 : 0.25,
    }));
    const filling: Model = { ...model, features };
    const columns = async (text: string) => scoreTable(filling, await tableOf(text));
    for (const [empty, filled] of [
      ['size,colour,base\n,a,1\n,b,2\n', 'size,colour,base\n2,a,1\n2,b,2\n'],
      ['size,colour,base\n1,,1\n2,,2\n', 'size,colour,base\n1,,1\n2,,2\n3,a,1\n'],
    ]) {
      const { eta, missing } = await columns(empty);
      expect(eta).to.deep.equal((await columns(filled)).eta.subarray(0, 2));
      expect([...missing.values()]).to.deep.equal([2]);
    }
    const { eta, missing } = await score('size,colour,base\n,a,1\n,b,2\n');
    expect([...eta, missing.get('size')]).to.deep.equal([Number.NaN, Number.NaN, 2]);
  });

  it('offers a near name that the model does not know as another column', async () => {
    expect(await refusal('sizes,colour,base\n1,a,1\n')).to.equal(
      'inline.csv: column "size" is missing, and the model needs it; is it "sizes"? Rename it',
    );
    expect(await refusal('other,colour,base\n1,a,1\n')).to.equal(
      'inline.csv: column "size" is missing, and the model needs it; add it',
    );
    // "base" is near "bases", but where it is the target it is not the column that is missing.
    const named = <T extends { name: string }>(item: T) =>
      item.name === 'size' ? { ...item, name: 'bases' } : item;
    const features = model.features.map((feature) =>
      feature.column === 'size' ? { ...named(feature), column: 'bases' } : feature,
    );
    const renamed: Model = { ...model, offset: null, columns: model.columns.map(named), features };
    const table = await tableOf('base,colour\n1,a\n');
    expect(() => scoreTable(renamed, table)).to.throw(/is it "base"\? Rename it$/);
    const predicting: Model = { ...renamed, target: { ...model.target, name: 'base' } };
    expect(() => scoreTable(predicting, table)).to.throw(/the model needs it; add it$/);
  });

  it('refuses a column that is of another type than in training', async () => {
    expect(await refusal('size,colour,base\nx,a,1\n')).to.match(
      /column "size" holds categories, but numbers when the model was trained; give the column the type/,
    );
    expect(await refusal('size,colour,base\n1,2,1\n')).to.match(
      /column "colour" holds numbers, but categories when the model was trained/,
    );
    expect(await refusal('size,colour,base\n1,a,x\n')).to.match(
      /column "base" holds categories, but numbers/,
    );
  });
});
