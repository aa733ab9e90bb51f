import { expect } from 'chai';
import { tableDigest } from '../../../src/model/file/digest.js';
import { tableOf } from '../model-helpers.js';

describe('the digest of a table', () => {
  const digestOf = async (text: string) => tableDigest(await tableOf(text), ['a', 'b']);

  it('is of what cells mean: both zeros are one, and so are all spellings of a number and of a missing cell', async () => {
    const plain = await digestOf('a,b\n0,x\n1,\n,y\n');
    expect(await digestOf('a,b\n-0,x\n1,\n,y\n')).to.equal(plain);
    expect(await digestOf('b,a\nx,-0.0\nNA,1e0\n"y",NaN\n')).to.equal(plain);
    expect(await digestOf('a,b\n0,x\n1,x\n,y\n')).to.not.equal(plain);
    expect(await digestOf('a,b\n5e-324,x\n1,\n,y\n')).to.not.equal(plain);
  });
});
