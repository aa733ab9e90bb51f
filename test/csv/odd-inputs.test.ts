import { expect } from 'chai';
import { readCsv } from '../../src/csv/read-csv.js';
import { DataError } from '../../src/errors.js';
import { ab, BAD_INPUTS, ODD_INPUTS } from './odd-inputs.js';
import { failure, linesOf, plainTable, read } from './tables.js';

describe('odd files are read', () => {
  for (const { title, text, options, table: expected, lines } of ODD_INPUTS) {
    it(title, async () => {
      const table = await read(text, options);
      expect(plainTable(table)).to.deep.equal(expected);
      expect(linesOf(table)).to.deep.equal(lines);
      expect(table.rows).to.equal(lines.length);
    });
  }

  it('with a cell of a megabyte', async () => {
    const long = 'x'.repeat(1 << 20);
    const table = await read(`a,b\n"${long}",1\n${long}y,2\n`);
    expect(plainTable(table)).to.deep.equal(ab([long, `${long}y`], [1, 2]));
  });

  it('with ten thousand columns', async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
    const table = await read(`${names.join()}\n${names.map((_, i) => i / 8).join()}\n`);
    expect(table.columns.map(({ name }) => name)).to.deep.equal(names);
    expect(plainTable(table)[9999]).to.deep.equal(['c9999', [9999 / 8]]);
  });
});

describe('bad files are refused', () => {
  for (const [title, text, message, options] of BAD_INPUTS) {
    it(title, async () => {
      const error = await failure(read(text, options));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message).to.match(message);
    });
  }

  it('empty standard input, called by its name', async () => {
    async function* nothing(): AsyncGenerator<Uint8Array> {}
    const error = await failure(readCsv({ name: '-', open: nothing }));
    expect(error.message).to.equal('standard input is empty; it needs a header and rows');
  });

  it('a quote that is never closed in a file of more than 64 MiB', async () => {
    const chunk = Buffer.alloc(1 << 20, 'x,1\n');
    const chunks = [Buffer.from('a,b\n1,2\n"'), ...Array(65).fill(chunk)];
    const error = await failure(readCsv({ name: 't.csv', open: () => chunks }));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.match(/^t\.csv:3: column "a": the record is longer than 64 MiB/);
  });
});
