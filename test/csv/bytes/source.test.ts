import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { bufferedInput, readCsv } from '../../../src/csv/read-csv.js';
import { DataError, UsageError } from '../../../src/errors.js';
import { failure, inputOf, plain, plainTable, read } from '../tables.js';

const TEXT = 'näme,b\n1,é\n2,\u{1f600}\n';
const EXPECTED = [
  ['näme', [1, 2]],
  ['b', ['é', '\u{1f600}']],
];
const UTF16 = Buffer.from(TEXT, 'utf16le');
const MARKED16 = Buffer.concat([Buffer.from([0xff, 0xfe]), UTF16]);
const MARKED8 = Buffer.from(`\ufeff${TEXT}`);

describe('encodings', () => {
  const cases: [string, Uint8Array, object][] = [
    ['utf-8', Buffer.from(TEXT), {}],
    ['utf-8 with a byte order mark', MARKED8, {}],
    ['utf-16le, said', UTF16, { encoding: 'utf-16le' }],
    ['utf-16le by its byte order mark', MARKED16, {}],
    ['utf-16le, said and marked', MARKED16, { encoding: 'utf-16le' }],
    ['utf-8 by its byte order mark, though latin1 is said', MARKED8, { encoding: 'latin1' }],
    ['gzip', gzipSync(TEXT), {}],
    ['gzip in two members', Buffer.concat([gzipSync(TEXT.slice(0, 9)), gzipSync(TEXT.slice(9))]), {}],
    ['gzip of utf-16le with a byte order mark', gzipSync(MARKED16), {}],
  ];
  for (const [name, bytes, options] of cases) {
    for (const size of [Number.POSITIVE_INFINITY, 1, 2, 3]) {
      it(`reads ${name} in chunks of ${size}`, async () => {
        expect(plainTable(await readCsv(inputOf(bytes, size), options))).to.deep.equal(EXPECTED);
      });
    }
  }

  for (const encoding of ['windows-1252', 'cp1252', 'latin1'] as const) {
    it(`reads ${encoding}, all of it, as browsers do`, async () => {
      // TextDecoder of some versions of Node takes it for ISO 8859-1, so the middle is that of the standard's table.
      const middle = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
      const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte).subarray(0x80);
      const text = Buffer.concat([Buffer.from('\xe4\nx', 'latin1'), bytes, Buffer.from('x\n')]);
      const rest = Buffer.from(bytes.subarray(0x20)).toString('latin1');
      expect(plainTable(await read(text, { encoding }))).to.deep.equal([['ä', [`x${middle}${rest}x`]]]);
    });
  }

  it('reads windows line ends in utf-16le', async () => {
    const bytes = Buffer.from('\ufeffa;b\r\n1;2\r\n', 'utf16le');
    expect(plainTable(await read(bytes))).to.deep.equal([
      ['a', [1]],
      ['b', [2]],
    ]);
  });
});

describe('bytes that are no text', () => {
  const cases: [string, Uint8Array, object, RegExp][] = [
    [
      'invalid utf-8',
      Buffer.from('a\r\n1\r\n\xe9\n', 'latin1'),
      {},
      /^t\.csv:3: is not valid UTF-8.*--encoding windows-1252/,
    ],
    [
      'invalid utf-8 in a CR file',
      Buffer.from('a\r1\r\r2\xff', 'latin1'),
      {},
      /^t\.csv:4: is not valid UTF-8/,
    ],
    ['utf-8 cut short', Buffer.from('a\n\u{1f600}').subarray(0, 5), {}, /^t\.csv:2: is not valid UTF-8/],
    ['overlong utf-8', Buffer.from([0x61, 0x0a, 0xc0, 0xaf]), {}, /^t\.csv:2: is not valid UTF-8/],
    [
      'a surrogate in utf-8',
      Buffer.from([0x61, 0x0a, 0xed, 0xa0, 0x80]),
      {},
      /^t\.csv:2: is not valid UTF-8/,
    ],
    [
      'gzipped invalid utf-8',
      gzipSync(Buffer.from('a\n\xe9\n', 'latin1')),
      {},
      /^t\.csv:2: is not valid UTF-8/,
    ],
    ['a NUL byte', Buffer.from('a\n1\n\n2\0\n'), {}, /^t\.csv:4: holds a NUL byte.*--encoding utf-16le/],
    ['utf-16le that is not said', UTF16, {}, /^t\.csv:1: (holds a NUL byte|is not valid UTF-8).*--encoding/],
    [
      'utf-16le of odd length',
      Buffer.from('a\0\n\0b', 'latin1'),
      { encoding: 'utf-16le' },
      /not valid UTF-16.*--encoding/,
    ],
    [
      'utf-16le with half a surrogate',
      Buffer.from([0x61, 0, 10, 0, 0, 0xd8, 10, 0]),
      { encoding: 'utf-16le' },
      /not valid UTF-16/,
    ],
    ['utf-16be', Buffer.from([0xfe, 0xff, 0, 0x61]), {}, /^t\.csv: is big-endian UTF-16.*iconv -f UTF-16BE/],
    [
      'a truncated gzip file',
      gzipSync(TEXT.repeat(50)).subarray(0, -12),
      {},
      /^t\.csv: the gzip data ends too early/,
    ],
    ['a gzip magic and nothing else', Buffer.from([0x1f, 0x8b]), {}, /^t\.csv: the gzip data ends too early/],
    ['a corrupt gzip file', corrupt(gzipSync(TEXT.repeat(50))), {}, /^t\.csv: the gzip data is corrupt/],
    ['a spreadsheet', Buffer.from('PK\x03\x04\x14\0'), {}, /^t\.csv: .*spreadsheet.*export it as CSV/],
    ['a Parquet file', Buffer.from('PAR1\x15\x04'), {}, /^t\.csv: .*Parquet/],
    [
      'an old spreadsheet',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      {},
      /^t\.csv: .*\.xls\): export it as CSV/,
    ],
    ['a PDF', Buffer.from('%PDF-1.7\n'), {}, /^t\.csv: is not CSV but a PDF/],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), {}, /^t\.csv: .*image \(PNG\)/],
    ['JSON', Buffer.from('[\n  {"a": 1}]'), {}, /^t\.csv: is not CSV but JSON/],
    ['lines of JSON', Buffer.from('\ufeff{ "a": 1 }\n'), {}, /^t\.csv: is not CSV but JSON/],
    ['a web page', Buffer.from('\n<!DOCTYPE html>'), {}, /^t\.csv: is not CSV but a web page/],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4]), {}, /^t\.csv: .*zstdcat/],
  ];
  for (const [name, bytes, options, message] of cases) {
    for (const size of [Number.POSITIVE_INFINITY, 1]) {
      it(`are refused: ${name}, in chunks of ${size}`, async () => {
        const error = await failure(readCsv(inputOf(bytes, size), options));
        expect(error).to.be.instanceOf(DataError);
        expect(error.message).to.match(message);
      });
    }
  }
});

/** Spoils the checksum, which comes after all data. */
function corrupt(bytes: Buffer): Buffer {
  bytes[bytes.length - 6] ^= 0xff;
  return bytes;
}

describe('paths', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shrinkfit-csv-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it('give the table its source: the base name', async () => {
    const table = await readCsv(write('data.csv', TEXT));
    expect(table.source).to.equal('data.csv');
    expect(plainTable(table)).to.deep.equal(EXPECTED);
  });

  it('may name gzip whatever the extension', async () => {
    expect(plainTable(await readCsv(write('plain.csv', gzipSync(TEXT))))).to.deep.equal(EXPECTED);
  });

  it('name the base name and the line in messages about the content', async () => {
    const error = await failure(readCsv(write('ragged.csv', 'a,b\n1,2\n3\n')));
    expect(error.message).to.match(/^ragged\.csv:3: /);
  });

  it('that lead nowhere are named as given', async () => {
    const path = join(folder, 'nowhere.csv');
    const error = await failure(readCsv(path));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.equal(`${path}: no such file; check the path`);
  });

  it('must not be directories', async () => {
    mkdirSync(join(folder, 'dir'));
    const error = await failure(readCsv(join(folder, 'dir')));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.match(/dir: is a directory/);
  });

  it('must not go through files', async () => {
    const error = await failure(readCsv(join(write('file', 'x'), 'data.csv')));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.match(/no such file/);
  });

  it('must not be the dash', async () => {
    expect(await failure(readCsv('-'))).to.be.instanceOf(UsageError);
  });

  it('may be pipes, even if the file has to be read twice', async function () {
    if (process.platform === 'win32') this.skip();
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const cells = [...Array.from({ length: 2000 }, (_, i) => String(i)), ...Array(500).fill('t')];
    const [table] = await Promise.all([
      readCsv(fifo),
      open(fifo, 'w').then(async (file) => {
        await file.writeFile(`v\n${cells.join('\n')}\n`);
        await file.close();
      }),
    ]);
    expect(plain(table.columns[0])).to.deep.equal(cells);
  });
});

describe('errors of the system', () => {
  const failing = (error: unknown) => ({
    name: 'x.csv',
    open: async function* () {
      yield Buffer.from('a\n');
      throw error;
    },
  });

  it('while reading become data errors that name the file', async () => {
    for (const [code, message] of [
      ['EACCES', /^x\.csv: no permission/],
      ['EISDIR', /^x\.csv: is a directory/],
      ['EIO', /^x\.csv: cannot be read \(EIO\)/],
    ] as const) {
      const error = await failure(readCsv(failing(Object.assign(new Error('system'), { code }))));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message).to.match(message);
    }
  });

  it('are told from bugs, which keep their error', async () => {
    const bug = new TypeError('a bug');
    expect(await failure(readCsv(failing(bug)))).to.equal(bug);
  });
});

describe('bufferedInput', () => {
  async function* once() {
    yield Buffer.from('a,b\n1,');
    yield Buffer.from('2\n');
  }

  it('can be opened again, after a part or after all', async () => {
    const input = bufferedInput('-', once());
    if (typeof input === 'string') throw new Error('expected bytes');
    for await (const chunk of input.open()) {
      expect(String(chunk)).to.equal('a,b\n1,');
      break;
    }
    for (const _ of [1, 2]) {
      const table = await readCsv(input);
      expect(table.source).to.equal('-');
      expect(plainTable(table)).to.deep.equal([
        ['a', [1]],
        ['b', [2]],
      ]);
    }
  });

  it('is left alone until it is read', () => {
    bufferedInput('-', {
      [Symbol.asyncIterator]() {
        throw new Error('opened');
      },
    });
  });
});

describe('a file that changes between two readings', () => {
  it('is refused', async () => {
    const rows = [...Array.from({ length: 2000 }, (_, i) => String(i)), ...Array(500).fill('t')];
    const open = () => [Buffer.from(`v\n${rows.join('\n')}\n${rows.push('t') && ''}`)];
    const error = await failure(readCsv({ name: 'growing.csv', open }));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.match(/^growing\.csv: has changed/);
  });
});

describe('an input', () => {
  it('is closed when reading fails in the middle', async () => {
    for (const begin of ['a,b\n1\n', 'a\n1,2\n', '"', 'PK\x03\x04     ', '\xfe\xff\0a']) {
      let closed = 0;
      const open = async function* () {
        try {
          yield Buffer.from(begin, 'latin1');
          for (let i = 0; i < 5; i++) yield Buffer.alloc(70_000, '1,2\n');
        } finally {
          closed++;
        }
      };
      expect(await failure(readCsv({ name: 'x', open }))).to.be.instanceOf(DataError);
      // The stream is torn down just after the failure is known.
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(closed, JSON.stringify(begin)).to.equal(1);
    }
  });
});
