import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Table } from '../../../src/csv/columns/table.js';
import { digestedColumns, tableDigest } from '../../../src/model/file/digest.js';
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

  it('is SHA-256 of the rows, then of each column its kind, name, levels and little-endian doubles', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 1e300));
    // Beyond 16,384 cells the numbers are hashed in parts.
    const length = fc.constantFrom(0, 1, 3, 16_383, 16_384, 16_385, 40_000);
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 9 }),
        length,
        fc.string(),
        (some, rows, name) => {
          const values = Float64Array.from(
            { length: rows },
            (_, i) => some[(i * 7) % some.length] + (i >> 13),
          );
          const codes = Int32Array.from({ length: rows }, (_, i) => (i % 3) - 1);
          const levels = ['n\n1', `${name}"`];
          const columns = [
            { name, kind: 'numeric', values },
            { name: `${name}2`, kind: 'text', codes, levels },
          ];
          const hash = createHash('sha256').update(`${rows}\n`);
          const add = (numbers: ArrayLike<number>) => {
            const bytes = Buffer.alloc(8 * rows);
            const quietNaN = Buffer.from('000000000000f87f', 'hex');
            for (let i = 0; i < rows; i++) {
              if (Number.isNaN(numbers[i])) quietNaN.copy(bytes, 8 * i);
              else bytes.writeDoubleLE(numbers[i] === 0 ? 0 : numbers[i], 8 * i);
            }
            hash.update(bytes);
          };
          hash.update(`numeric ${JSON.stringify(name)}\n`);
          add(values);
          hash.update(`text ${JSON.stringify(`${name}2`)}\n${JSON.stringify(levels)}\n`);
          add(codes);
          const table = { source: 't.csv', rows, columns } as unknown as Table;
          expect(tableDigest(table, [name, `${name}2`])).to.equal(`sha256:${hash.digest('hex')}`);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is of the target, the weights and the offset before the features', () => {
    const features = [{ name: 'x' }, { name: 'a' }];
    expect(digestedColumns({ target: 'y', weights: 'w', offset: 'o' }, features)).to.deep.equal([
      'y',
      'w',
      'o',
      'x',
      'a',
    ]);
    expect(digestedColumns({ target: 'y', weights: null, offset: null }, features)).to.deep.equal([
      'y',
      'x',
      'a',
    ]);
  });

  it('names a column that is missing or holds more than numbers', async () => {
    const table = await tableOf('a\n1\n');
    expect(() => tableDigest(table, ['b'])).to.throw(
      /^inline\.csv: column "b" is missing, or not made of numbers$/,
    );
    const dirty = { ...table, columns: [{ ...table.columns[0], kind: 'dirty' }] } as unknown as Table;
    expect(() => tableDigest(dirty, ['a'])).to.throw(/column "a" is missing, or not made of numbers/);
  });
});
