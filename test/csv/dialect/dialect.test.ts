import { expect } from 'chai';
import type { CsvOptions } from '../../../src/csv/read-csv.js';
import { UsageError } from '../../../src/errors.js';
import { failure, plainTable, read } from '../tables.js';

const TWO = [
  ['a', [1, 3]],
  ['b', ['x', 'y, z']],
];

describe('the delimiter', () => {
  const sniffed: [string, string, unknown[]][] = [
    ['tab', 'a\tb\n1\tx\n3\ty, z\n', TWO],
    ['semicolon', 'a;b\n1;x\n3;y, z\n', TWO],
    ['pipe', 'a|b\n1|x\n3|y, z\n', TWO],
    ['comma', 'a,b\n1,x\n3,"y, z"\n', TWO],
    [
      'comma, with quoted semicolons and newlines',
      'a,b\n1,"x;\n;"\n3,";;;"\n',
      [
        ['a', [1, 3]],
        ['b', ['x;\n;', ';;;']],
      ],
    ],
    [
      'comma, with doubled quotes',
      'a,b\n1,"x"";"\n3,""";"\n',
      [
        ['a', [1, 3]],
        ['b', ['x";', '";']],
      ],
    ],
    [
      'semicolon, with decimal commas in every row',
      'a;b\n1,5;2,5\n3,5;4,5\n',
      [
        ['a', ['1,5', '3,5']],
        ['b', ['2,5', '4,5']],
      ],
    ],
    [
      'semicolon, in spite of a comment full of commas',
      '# a,b,c\n\na;b\n1;2\n',
      [
        ['a', [1]],
        ['b', [2]],
      ],
    ],
    [
      'tab, in spite of semicolons in most cells',
      'a\tb\nx;y\t1\nz;w\t2\n',
      [
        ['a', ['x;y', 'z;w']],
        ['b', [1, 2]],
      ],
    ],
    [
      'semicolon, in spite of an indented comment full of commas',
      '  # a,b,c\n \t\na;b\n  # 1,2,3\n1;2\n',
      [
        ['a', [1]],
        ['b', [2]],
      ],
    ],
    [
      'semicolon, where the comma would leave text behind a quote',
      'name;price, EUR\n"x, y";1\n"z, w";2\n',
      [
        ['name', ['x, y', 'z, w']],
        ['price, EUR', [1, 2]],
      ],
    ],
    ['nothing: one column', 'a b\nx y\nz\n', [['a b', ['x y', 'z']]]],
    ['nothing: one column with a stray semicolon', 'a\nx;y\nz\nw\n', [['a', ['x;y', 'z', 'w']]]],
    [
      'nothing: one column, with as many semicolons in fewer than half of the rows',
      'a;b\n1;2\n3\n4;5;6\n7;8;9;0\n',
      [['a;b', ['1;2', '3', '4;5;6', '7;8;9;0']]],
    ],
    [
      'comma in CR files',
      'a,b\r1,2\r3,4',
      [
        ['a', [1, 3]],
        ['b', [2, 4]],
      ],
    ],
  ];
  for (const [name, text, expected] of sniffed) {
    it(`is sniffed: ${name}`, async () => {
      expect(plainTable(await read(text, { comment: '#' }))).to.deep.equal(expected);
    });
  }

  it('is not the comma when that is the decimal mark', async () => {
    const table = await read('a;b\n1,5;2\n-,5;3,25\n', { decimal: ',' });
    expect(plainTable(table)).to.deep.equal([
      ['a', [1.5, -0.5]],
      ['b', [2, 3.25]],
    ]);
    expect(plainTable(await read('v\n1,5\n2,5\n', { decimal: ',' }))).to.deep.equal([['v', [1.5, 2.5]]]);
  });

  it('is sniffed in a file whose header alone is longer than the sample', async () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `column${i}`);
    const table = await read(`${names.join(';')}\n${names.map((_, i) => i).join(';')}\n`);
    expect(table.columns).to.have.length(20_000);
    expect(table.columns[19_999]).to.deep.include({ name: 'column19999', values: Float64Array.of(19_999) });
  });

  it('is not mistaken because the sample ends within a record', async () => {
    const row = `${'x'.repeat(40_000)};1;2\n`;
    const table = await read(`a;b;c\n${row.repeat(4)}`);
    expect(table.columns.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c']);
    const cut = await read(`a;b\n${'x'.repeat(70_000)};1\n`);
    expect(cut.columns.map(({ name }) => name)).to.deep.equal(['a', 'b']);
  });

  it('is that of the header when rows disagree, so that the error names the faulty row', async () => {
    const error = await failure(read('a;b\n1,5;2\n3,5;4\n5,5\n6,5;7\n'));
    expect(error.message).to.match(/^t\.csv:4: has 1 cell but the header has 2/);
  });
});

describe('every dialect option', () => {
  const cases: [string, string, CsvOptions, unknown[]][] = [
    [
      'a delimiter of any kind',
      'a:b\n1:2\n',
      { delimiter: ':' },
      [
        ['a', [1]],
        ['b', [2]],
      ],
    ],
    [
      'a delimiter outside ASCII',
      'a§b\n1§2\n',
      { delimiter: '§' },
      [
        ['a', [1]],
        ['b', [2]],
      ],
    ],
    [
      'a delimiter of white space',
      'a b\n1 2\n',
      { delimiter: ' ' },
      [
        ['a', [1]],
        ['b', [2]],
      ],
    ],
    [
      'tabs with empty cells at both ends',
      'a\tb\tc\n\t1\t\n',
      { delimiter: '\t' },
      [
        ['a', [null]],
        ['b', [1]],
        ['c', [null]],
      ],
    ],
    [
      'a delimiter against the odds',
      'a;b,c\n1;2,3\n',
      { delimiter: ',' },
      [
        ['a;b', ['1;2']],
        ['c', [3]],
      ],
    ],
    [
      'another quote',
      "a,b\n'x,''y',\"z\n",
      { quote: "'" },
      [
        ['a', ["x,'y"]],
        ['b', ['"z']],
      ],
    ],
    [
      'no quote',
      'a,b\n"x,y"\n',
      { quote: null },
      [
        ['a', ['"x']],
        ['b', ['y"']],
      ],
    ],
    [
      'no quote, said by an empty text',
      'a,b\n"x,y"\n',
      { quote: '' },
      [
        ['a', ['"x']],
        ['b', ['y"']],
      ],
    ],
    [
      'comments',
      '#1\na,b\n# 2, "\n1,2\n  #3\n3,4\n#',
      { comment: '#' },
      [
        ['a', [1, 3]],
        ['b', [2, 4]],
      ],
    ],
    ['comments of two characters', '// c\na\n/x\n//\n', { comment: '//' }, [['a', ['/x']]]],
    ['no comments unless asked for', 'a\n#1\n', {}, [['a', ['#1']]]],
    [
      'comment marks inside cells stay',
      'a,b\nx#y,"#"\n1,#z\n',
      { comment: '#' },
      [
        ['a', ['x#y', '1']],
        ['b', ['#', '#z']],
      ],
    ],
    [
      'no header',
      '1,x\n2,y\n',
      { header: false },
      [
        ['x1', [1, 2]],
        ['x2', ['x', 'y']],
      ],
    ],
    [
      'no header, text by number',
      '1,2\n',
      { header: false, text: ['x2'] },
      [
        ['x1', [1]],
        ['x2', ['2']],
      ],
    ],
    [
      'decimal comma beside quoted cells',
      'a|b\n"1,5"|2.5\n',
      { decimal: ',' },
      [
        ['a', [1.5]],
        ['b', ['2.5']],
      ],
    ],
  ];
  for (const [name, text, options, expected] of cases) {
    it(`reads ${name}`, async () => {
      expect(plainTable(await read(text, options))).to.deep.equal(expected);
    });
  }

  const refused: [string, CsvOptions, RegExp][] = [
    ['a delimiter that is the decimal mark', { delimiter: ',', decimal: ',' }, /--delimiter ",".*--decimal/],
    ['a point for a delimiter', { delimiter: '.' }, /--delimiter "\.".*--decimal/],
    ['a delimiter that is the quote', { delimiter: '"' }, /--delimiter.*--quote/],
    ['a delimiter that is the comment', { delimiter: '|', comment: '|' }, /--delimiter.*--comment/],
    ['a comment that is the quote', { comment: '#', quote: '#' }, /--comment.*--quote/],
    ['two characters', { delimiter: '::' }, /--delimiter "::": must be one character/],
    ['no character', { delimiter: '' }, /--delimiter "": must be one character/],
    ['a line end', { delimiter: '\n' }, /--delimiter "\\n".*line end/],
    ['a long quote', { quote: '""' }, /--quote.*one character/],
    ['a blank quote', { quote: ' ' }, /--quote " ".*white space/],
    ['a blank comment', { comment: ' ' }, /--comment " ".*white space/],
    ['an odd decimal mark', { decimal: ':' }, /--decimal ":": must be "\." or ","/],
    [
      'an unknown encoding',
      { encoding: 'ebcdic' as 'latin1' },
      /--encoding "ebcdic".*utf-8, utf-16le, windows-1252/,
    ],
  ];
  for (const [name, options, message] of refused) {
    it(`refuses ${name}`, async () => {
      const error = await failure(read('a,b\n1,2\n', options));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.match(message);
    });
  }
});
