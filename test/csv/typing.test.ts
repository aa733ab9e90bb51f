import { expect } from 'chai';
import type { TextColumn } from '../../src/csv/columns/table.js';
import { readCsv } from '../../src/csv/read-csv.js';
import { UsageError } from '../../src/errors.js';
import { failure, linesOf, plain, plainTable, read } from './tables.js';

/** Reads one column of cells. */
async function typed(cells: readonly string[], options = {}) {
  return (await read(`v\n${cells.join('\n')}\n`, options)).columns[0];
}

const count = (length: number) => Array.from({ length }, (_, index) => index);

describe('the type of a column', () => {
  it('is numeric when all cells that are not missing are numbers, however late they come', async () => {
    const column = await typed(['NA', '1', '-2.5e3', '?', '.5']);
    expect(column).to.include({ kind: 'numeric', missing: 2 });
    expect(plain(column)).to.deep.equal([null, 1, -2500, null, 0.5]);
  });

  it('is numeric, with NaN only, when all cells are missing', async () => {
    const column = await typed(['NA', 'null', '""']);
    expect(column).to.include({ kind: 'numeric', missing: 3 });
    expect(plain(column)).to.deep.equal([null, null, null]);
  });

  it('has the marks for missing of its own, in place of those of all columns', async () => {
    const table = await read('a,b,c\n1,:,NA\nNA,..,None\n2,3,-\n', {
      columnNa: [
        ['b', [':', '..']],
        ['c', ['']],
      ],
    });
    expect(plainTable(table)).to.deep.equal([
      ['a', [1, null, 2]],
      ['b', [null, null, 3]],
      ['c', ['NA', 'None', '-']],
    ]);
    expect(table.columns.map(({ kind, missing }) => [kind, missing])).to.deep.equal([
      ['numeric', 1],
      ['numeric', 2],
      ['text', 0],
    ]);
    const unknown = await failure(read('a,b\n1,2\n', { columnNa: [['bb', ['x']]] }));
    expect(unknown)
      .to.be.instanceOf(UsageError)
      .with.property('message', '--na "bb": no such column; did you mean "b"?');
    const lenient = await read('a,b\n1,2\n', { columnNa: [['bb', ['x']]], mayLackColumns: true });
    expect(lenient.columns).to.have.length(2);
  });

  it('takes the marks of pandas for missing, and the empty cell alone where that is asked for', async () => {
    const marks = [
      '#N/A',
      '#N/A N/A',
      '#NA',
      '-NaN',
      '-nan',
      '<NA>',
      'N/A',
      'NA',
      'NULL',
      'NaN',
      'None',
      'n/a',
      'nan',
      'null',
      'NaT',
      '?',
    ];
    expect(await typed([...marks, '1'])).to.include({ kind: 'numeric', missing: marks.length });
    expect(await typed([...marks, '""', 'x'], { na: [''] })).to.include({ kind: 'text', missing: 1 });
  });

  it('is text when fewer than nine in ten are numbers, with all cells as written', async () => {
    const column = await typed([...Array(8).fill('1.50'), 'x', 'y']);
    expect(column).to.include({ kind: 'text', missing: 0 });
    expect(plain(column)).to.deep.equal([...Array(8).fill('1.50'), 'x', 'y']);
  });

  it('is dirty when exactly nine in ten are numbers', async () => {
    const column = await typed([...count(9).map(String), 'oops', 'NA']);
    expect(column.kind).to.equal('dirty');
    expect(plain(column)).to.deep.equal({ numbers: 9, others: 1, missing: 1, examples: ['11: oops'] });
  });

  it('is text just below nine in ten', async () => {
    expect((await typed([...count(89).map(String), ...count(10).map((i) => `t${i}`)])).kind).to.equal('text');
    expect((await typed([...count(90).map(String), ...count(10).map((i) => `t${i}`)])).kind).to.equal(
      'dirty',
    );
  });

  it('does not count missing cells among the nine in ten', async () => {
    expect((await typed(['1', 'x', ...Array(98).fill('NA')])).kind).to.equal('text');
  });

  it('shows the first five offending cells of a dirty column with their lines', async () => {
    const cells = count(100).map((i) => (i % 15 === 14 ? `bad${i}` : String(i)));
    const examples = ['16: bad14', '31: bad29', '46: bad44', '61: bad59', '76: bad74'];
    expect(plain(await typed(cells))).to.deep.equal({ numbers: 94, others: 6, missing: 0, examples });
  });

  it('keeps infinity, hexadecimal and numbers too large for a double out of the numbers', async () => {
    const cells = ['Infinity', '0x10', '1e999', '1_000'];
    expect(plain(await typed(cells))).to.deep.equal(cells);
  });

  it('takes white space around numbers and missing marks away even inside quotes, and leaves texts alone', async () => {
    expect(plain(await typed(['" 1 "', '" NA "', '"  "']))).to.deep.equal([1, null, null]);
    expect(plain(await typed(['" a "', 'a']))).to.deep.equal([' a ', 'a']);
  });

  it('treats quoted cells like unquoted ones', async () => {
    expect(plain(await typed(['"1"', '2', '"NA"', '""']))).to.deep.equal([1, 2, null, null]);
  });
});

describe('the levels of a text column', () => {
  it('are in code-unit order, and codes refer to them', async () => {
    const cells = ['b', 'a', 'B', 'é', '\u{1f600}', '\uff5e', '10', '9', 'a', 'NA'];
    const column = (await typed(cells)) as TextColumn;
    expect(column.levels).to.deep.equal(['10', '9', 'B', 'a', 'b', 'é', '\u{1f600}', '\uff5e']);
    expect([...column.codes]).to.deep.equal([4, 3, 2, 5, 6, 7, 0, 1, 3, -1]);
    expect(column.missing).to.equal(1);
  });

  it('may be called like properties of objects', async () => {
    const cells = ['__proto__', 'constructor', 'toString', '__proto__', 'hasOwnProperty'];
    expect(plain(await typed(cells))).to.deep.equal(cells);
    const table = await read('__proto__,constructor\n1,x\n');
    expect(plainTable(table)).to.deep.equal([
      ['__proto__', [1]],
      ['constructor', ['x']],
    ]);
  });
});

describe('columns named as text', () => {
  it('are text even if numeric, with the numbers as written', async () => {
    const table = await read('zip,n\n01234,1\n1234,2\nNA,3\n1234.0,4\n', { text: ['zip', 'no such column'] });
    expect(plainTable(table)).to.deep.equal([
      ['zip', ['01234', '1234', null, '1234.0']],
      ['n', [1, 2, 3, 4]],
    ]);
  });

  it('may have no cell at all', async () => {
    const column = await typed(['NA', 'NA'], { text: ['v'] });
    expect(column).to.deep.include({ kind: 'text', levels: [], missing: 2 });
  });
});

describe('missing marks', () => {
  it('are those of the contract', async () => {
    const cells = ['NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '?', '""', '1'];
    expect(await typed(cells)).to.include({ kind: 'numeric', missing: 9 });
  });

  it('are taken literally: another case is a text', async () => {
    expect(plain(await typed(['na', 'none', 'Null', 'NAN']))).to.deep.equal(['na', 'none', 'Null', 'NAN']);
  });

  it('given by the user replace the usual ones, but the empty cell stays missing', async () => {
    expect(plain(await typed(['NA', '-', '""', 'x'], { na: ['-'] }))).to.deep.equal(['NA', null, null, 'x']);
    expect(plain(await typed(['NA', '""'], { na: [] }))).to.deep.equal(['NA', null]);
  });

  it('may be numbers', async () => {
    expect(plain(await typed(['-999', '1', '-999.0'], { na: ['-999'] }))).to.deep.equal([null, 1, -999]);
  });
});

describe('a column that looked numeric for long', () => {
  const numbers = count(3000).map((i) => `${i}.0`);

  it('is read again when it turns out to be text', async () => {
    const cells = [...numbers, ...count(400).map((i) => `t${i % 7}`), 'NA'];
    const body = cells.map((cell, i) => `${i},${cell},"q\n${i % 2}"\n`).join('');
    const table = await read(`id,v,w\n\n${body}`);
    expect(table.columns.map((column) => column.kind)).to.deep.equal(['numeric', 'text', 'text']);
    expect(plain(table.columns[1])).to.deep.equal([...cells.slice(0, -1), null]);
    expect(table.columns[1].missing).to.equal(1);
    expect(linesOf(table).slice(0, 3)).to.deep.equal([3, 5, 7]);
  });

  it('is read again without a header too', async () => {
    const cells = [...numbers, ...Array(400).fill('t')];
    const table = await read(cells.join('\n'), { header: false });
    expect(plain(table.columns[0])).to.deep.equal(cells);
  });

  it('is read again sooner in a wide file, which cannot keep the texts of all columns', async () => {
    const names = count(2500).map((i) => `c${i}`);
    const cells = count(350).map((i) => (i < 300 ? `${i}.0` : 't'));
    const rest = names.slice(1).map(() => '0');
    let opened = 0;
    const text = [names, ...cells.map((cell) => [cell, ...rest])].map((row) => row.join()).join('\n');
    const open = () => {
      opened++;
      return [Buffer.from(text)];
    };
    const table = await readCsv({ name: 'x', open });
    expect(plain(table.columns[0])).to.deep.equal(cells);
    expect(opened).to.equal(2);
  });

  it('is dirty without being read again', async () => {
    let opened = 0;
    const text = `v\n${[...numbers, 'oops'].join('\n')}`;
    const open = () => {
      opened++;
      return [Buffer.from(text)];
    };
    const table = await readCsv({ name: 'x', open });
    expect([table.columns[0].kind, opened]).to.deep.equal(['dirty', 1]);
  });
});
