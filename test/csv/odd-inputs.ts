import type { CsvOptions } from '../../src/csv/read-csv.js';

/** A file that is odd and sound, with what it holds. */
export interface OddInput {
  readonly title: string;
  readonly text: string;
  readonly options?: CsvOptions;
  readonly table: readonly (readonly [string, readonly unknown[]])[];
  readonly lines: readonly number[];
}

/** The content of a file with the columns a and b. */
export const ab = (a: unknown[], b: unknown[]) => [['a', a] as const, ['b', b] as const];

export const ODD_INPUTS: OddInput[] = [
  { title: 'CRLF', text: 'a,b\r\n1,2\r\n3,4\r\n', table: ab([1, 3], [2, 4]), lines: [2, 3] },
  { title: 'CR', text: 'a,b\r1,2\r3,4\r', table: ab([1, 3], [2, 4]), lines: [2, 3] },
  {
    title: 'all line ends mixed',
    text: 'a,b\r\n1,2\n3,4\r5,6',
    table: ab([1, 3, 5], [2, 4, 6]),
    lines: [2, 3, 4],
  },
  { title: 'no line end at the end', text: 'a,b\n1,2', table: ab([1], [2]), lines: [2] },
  {
    title: 'columns without a name, one of them empty',
    text: ',a," ",b,\n0,1,x,2,\n1,3,y,4,\n',
    table: [
      ['column 1', [0, 1]],
      ['a', [1, 3]],
      ['column 3', ['x', 'y']],
      ['b', [2, 4]],
      ['column 5', [null, null]],
    ],
    lines: [2, 3],
  },
  {
    title: 'names that stand there more than once, and others that look like theirs',
    text: 'a,a,a (2), a ,,column 5\n1,2,3,4,5,6\n',
    table: [
      ['a', [1]],
      ['a (3)', [2]],
      ['a (2)', [3]],
      ['a (4)', [4]],
      ['column 5 (2)', [5]],
      ['column 5', [6]],
    ],
    lines: [2],
  },
  { title: 'a line sep=', text: 'sep=;\r\na;b\r\n1;2,5\r\n', table: ab([1], ['2,5']), lines: [3] },
  {
    title: 'a line sep= for tabs, without header',
    text: 'sep=\t\n1\t2\n3\t4\n',
    options: { header: false },
    table: [
      ['x1', [1, 3]],
      ['x2', [2, 4]],
    ],
    lines: [2, 3],
  },
  {
    title: 'a line sep= in quotes, against what is said',
    text: '"SEP=;"\n\na,b\n1,2\n',
    options: { delimiter: ',' },
    table: ab([1], [2]),
    lines: [4],
  },
  {
    title: 'many blank lines',
    text: '\n\n a,b \n\n\n1,2\n   \n\t\n3,4\n\n',
    table: ab([1, 3], [2, 4]),
    lines: [6, 9],
  },
  {
    title: 'blank CRLF lines',
    text: '\r\na,b\r\n\r\n1,2\r\n\r\n3,4\r\n',
    table: ab([1, 3], [2, 4]),
    lines: [4, 6],
  },
  { title: 'a row of empty cells', text: 'a,b\n,\n1,2\n', table: ab([null, 1], [null, 2]), lines: [2, 3] },
  {
    title: 'a quoted empty cell alone in its line',
    text: 'a\n""\n1\n',
    table: [['a', [null, 1]]],
    lines: [2, 3],
  },
  {
    title: 'white space around cells',
    text: ' a ,\tb\n  1 ,2\t\n',
    options: { delimiter: ',' },
    table: ab([1], [2]),
    lines: [2],
  },
  {
    title: 'no-break spaces around cells',
    text: '\u00a0a,b\n\u00a01\u00a0,\u30002\n',
    table: ab([1], [2]),
    lines: [2],
  },
  {
    title: 'white space inside cells',
    text: 'a,b\nx  y,"  z "\n',
    table: ab(['x  y'], ['  z ']),
    lines: [2],
  },
  {
    title: 'white space around quotes',
    text: 'a,b\n  "x,y"  ,\t"z"\t\n',
    table: ab(['x,y'], ['z']),
    lines: [2],
  },
  {
    title: 'quotes in quotes',
    text: 'a,b\n"""x""","y"""\n"""",""""""\n',
    table: ab(['"x"', '"'], ['y"', '""']),
    lines: [2, 3],
  },
  {
    title: 'quotes inside unquoted cells',
    text: 'a,b\n5" pipe,x"y"\n2,3\n',
    table: ab(['5" pipe', '2'], ['x"y"', '3']),
    lines: [2, 3],
  },
  {
    title: 'LF in quotes',
    text: 'a,b\n"x\n\ny",1\n2,3\n',
    table: ab(['x\n\ny', '2'], [1, 3]),
    lines: [2, 5],
  },
  {
    title: 'CRLF in quotes',
    text: 'a,b\r\n"x\r\n\r\ny",1\r\n2,3\r\n',
    table: ab(['x\r\n\r\ny', '2'], [1, 3]),
    lines: [2, 5],
  },
  { title: 'CR in quotes', text: 'a,b\r"x\ry",1\r2,3\r', table: ab(['x\ry', '2'], [1, 3]), lines: [2, 4] },
  {
    title: 'line ends at the ends of quoted cells',
    text: 'a,b\n"\nx\n","\n"\n2,3\n',
    table: ab(['\nx\n', '2'], [null, 3]),
    lines: [2, 6],
  },
  {
    title: 'a line end in the header',
    text: '"a\n1",b\n2,3\n4,5\n',
    table: [
      ['a\n1', [2, 4]],
      ['b', [3, 5]],
    ],
    lines: [3, 4],
  },
  {
    title: 'comment marks and blank lines in quotes',
    text: 'a,b\n"x\n#y\n\n",1\n2,3\n',
    options: { comment: '#' },
    table: ab(['x\n#y\n\n', '2'], [1, 3]),
    lines: [2, 6],
  },
  {
    title: 'comments everywhere',
    text: '#\n#"\na,b\n#1,2,3\n1,2\n #x\n\n3,4\n#',
    options: { comment: '#' },
    table: ab([1, 3], [2, 4]),
    lines: [5, 8],
  },
  {
    title: 'comments, blank lines and line ends in quotes',
    text: '#\r\na,b\r\n"x\r\ny",1\r\n#\r\n\r\n"z\r\n",2\r\n3,4\r\n',
    options: { comment: '#' },
    table: ab(['x\r\ny', 'z\r\n', '3'], [1, 2, 4]),
    lines: [3, 7, 9],
  },
  { title: 'delimiters in quotes', text: 'a,b\n",",",,"\n', table: ab([','], [',,']), lines: [2] },
  {
    title: 'quoted names',
    text: '"a, b"," c "\n1,2\n',
    table: [
      ['a, b', [1]],
      [' c ', [2]],
    ],
    lines: [2],
  },
  {
    title: 'names that are numbers or look missing',
    text: '1,NA\n2,3\n',
    table: [
      ['1', [2]],
      ['NA', [3]],
    ],
    lines: [2],
  },
  {
    title: 'names that differ in case only',
    text: 'a,A\n1,2\n',
    table: [
      ['a', [1]],
      ['A', [2]],
    ],
    lines: [2],
  },
  {
    title: 'control characters in cells',
    text: 'a,b\n\x1b[31m,\x07\n',
    table: ab(['\x1b[31m'], ['\x07']),
    lines: [2],
  },
  { title: 'one cell', text: 'a\n1', table: [['a', [1]]], lines: [2] },
  {
    title: 'without header, blank lines first',
    text: '\n\n1,2\n',
    options: { header: false },
    table: [
      ['x1', [1]],
      ['x2', [2]],
    ],
    lines: [3],
  },
  {
    title: 'line and paragraph separators, which end no record',
    text: 'a,b\nx\u2028y,z\u0085w\n',
    table: ab(['x\u2028y'], ['z\u0085w']),
    lines: [2],
  },
  {
    title: 'form feeds, which end no record',
    text: 'a,b\nx\fy,1\v2\n',
    table: ab(['x\fy'], ['1\v2']),
    lines: [2],
  },
  {
    title: 'a byte order mark inside the file',
    text: 'a,b\nx\ufeffy,1\n',
    table: ab(['x\ufeffy'], [1]),
    lines: [2],
  },
];

/** Files with a fault: title, text, what the message says. */
export const BAD_INPUTS: [string, string, RegExp, CsvOptions?][] = [
  ['an empty file', '', /^t\.csv: is empty.*header/],
  ['a file of blank lines', '\n \r\n\t\n', /^t\.csv: is empty/],
  ['a file of comments', '#a\n#b', /^t\.csv: is empty/, { comment: '#' }],
  ['a byte order mark and nothing else', '\ufeff', /^t\.csv: is empty/],
  ['a header without rows', 'a,b\n', /^t\.csv: has a header and no rows/],
  ['a header and blank lines', 'a,b\n\n\n', /^t\.csv: has a header and no rows/],
  [
    'a second quoted part behind an empty one',
    'a,b\n"" "x",1\n',
    /^t\.csv:2: column "a": there is text after the closing quote/,
  ],
  [
    'a second quoted part that never closes',
    'a,b\n"" "x',
    /^t\.csv:2: column "a": there is text after the closing quote/,
  ],
  ['a row too short', 'a,b,c\n1,2,3\n4,5\n', /^t\.csv:3: has 2 cells but the header has 3; .*--delimiter/],
  ['a row too long', 'a,b\n1,2\n\n4,5,6\n', /^t\.csv:4: has 3 cells but the header has 2; /],
  [
    'a row with a delimiter at its end',
    'a,b\n1,2,\n',
    /^t\.csv:2: has 3 cells but the header has 2: it ends in a delimiter/,
  ],
  [
    'a row below a line that is no header',
    'UTF-8\na,b\n1,2\n',
    /^t\.csv:2: has 2 cells but the header has 1 \("UTF-8"\); if that line is not the header/,
    { delimiter: ',' },
  ],
  ['a row of one cell', 'a,b\n1\n', /^t\.csv:2: has 1 cell but the header has 2/, { delimiter: ',' }],
  ['a short row after quoted line ends', 'a,b\r\n"x\r\ny",1\r\n"z\r\n"\r\n', /^t\.csv:4: has 1 cell /],
  ['a short row after comments', '#\na,b\n#\n1,2\n#\n3\n', /^t\.csv:6: has 1 cell /, { comment: '#' }],
  [
    'a short row without header',
    '1,2\n3\n',
    /^t\.csv:2: has 1 cell but the first row has 2/,
    { header: false },
  ],
  [
    'an unclosed quote',
    'a,b\n1,"2\n3,4\n',
    /^t\.csv:2: column "b": the quote that opens here is never closed.*--quote/,
  ],
  [
    'an unclosed quote after line ends in quotes',
    'a,b\r\n"x\r\ny","z\r\n1,2',
    /^t\.csv:3: column "b": the quote that opens here/,
  ],
  [
    'an unclosed quote after comments',
    '#\na,b\n\n"',
    /^t\.csv:4: column "a": the quote that opens/,
    { comment: '#' },
  ],
  ['an unclosed quote in the header', 'a,"b\n1,2\n', /^t\.csv:1: the quote that opens here is never closed/],
  [
    'an unclosed quote in a column too many',
    'a\n1,"2\n',
    /^t\.csv:2: the quote that opens here is never closed/,
    { delimiter: ',' },
  ],
  [
    'text after a quote',
    'a,b\n1,2\n"x"y,2\n',
    /^t\.csv:3: column "a": there is text after the closing quote; double the quotes/,
  ],
  [
    'text and a space after a quote',
    'a,b\n1,"x" y\n',
    /^t\.csv:2: column "b": there is text after the closing quote/,
  ],
  ['a second quoted text', 'a,b\n1,"x" "y"\n', /^t\.csv:2: column "b": there is text after/],
  [
    'a quote that another row closes',
    'a,b\n1,"x\n2,"y"\n',
    /^t\.csv:3: column "b": there is text after the quote that closes the one on line 2/,
  ],
  [
    'text after a quote with line ends',
    'a,b\r\n1,"x\r\n\r\ny"z\r\n',
    /^t\.csv:4: column "b": there is text after the quote .* on line 2/,
  ],
  ['backslash escapes', 'a,b\n1,"x\\"y"\n', /^t\.csv:2: column "b": there is text after/],
  [
    'a name with control characters',
    '"\x1b[2J",b\n"1\n',
    /^t\.csv:2: column "\\u001b\[2J": the quote that opens here/,
  ],
  ['a very long name', `${'x'.repeat(500)},b\n"1\n`, /column "x{119}…": the quote that opens here/],
];
