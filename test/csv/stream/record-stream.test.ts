import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { memoryBytes } from '../../../src/csv/bytes/stored-bytes.js';
import { type DialectOptions, resolveDialect } from '../../../src/csv/dialect/dialect.js';
import { type ByteSource, type CsvOptions, readCsv } from '../../../src/csv/read-csv.js';
import { RecordStream } from '../../../src/csv/stream/record-stream.js';
import { BAD_INPUTS, ODD_INPUTS } from '../odd-inputs.js';
import { failure, inputOf, linesOf, plain } from '../tables.js';

interface Streamed {
  readonly names: readonly string[];
  readonly rows: readonly (readonly [line: number, cells: readonly string[]])[];
  /** All pieces, one after the other. */
  readonly text: string;
}

async function stream(
  content: string | Uint8Array,
  options: DialectOptions = {},
  step?: number,
  window?: number,
): Promise<Streamed> {
  const source = inputOf(content, step);
  // Bytes that can be read at any place are not taken in chunks.
  const stored = async () => memoryBytes([Buffer.from(content as string)]);
  const [chunked, direct] = await Promise.all(
    [source, { ...source, stored }].map((input) =>
      streamed(input, options, window).catch((error: Error) => error),
    ),
  );
  if (chunked instanceof Error || direct instanceof Error) expect(String(direct)).to.equal(String(chunked));
  else expect(direct).to.deep.equal(chunked);
  if (chunked instanceof Error) throw chunked;
  return chunked;
}

async function streamed(source: ByteSource, options: DialectOptions, window?: number): Promise<Streamed> {
  const opened = await RecordStream.open(source, resolveDialect(options), window);
  const rows: [number, string[]][] = [];
  let text = '';
  while (await opened.fill()) {
    while (opened.next()) {
      text += opened.text.toString('latin1', opened.from, opened.end);
      if (!opened.isRecord || opened.isHeader) continue;
      rows.push([opened.line, opened.names.map((_, k) => opened.value(k))]);
    }
  }
  return { names: opened.names, rows, text: Buffer.from(text, 'latin1').toString() };
}

/** The same by the reader of record, every column as text. An empty cell is a missing one there. */
async function table(
  content: string | Uint8Array,
  options: CsvOptions = {},
): Promise<Omit<Streamed, 'text'>> {
  const names = (await readCsv(inputOf(content), options)).columns.map(({ name }) => name);
  const found = await readCsv(inputOf(content), { ...options, text: names, na: [] });
  const columns = found.columns.map((column) => plain(column) as (string | null)[]);
  const lines = linesOf(found);
  const rows = lines.map((line, row) => [line, columns.map((cells) => cells[row] ?? '')] as const);
  return { names, rows };
}

/** Cells of white space in quotes are missing to the reader of record. */
function withoutBlank({ names, rows }: Omit<Streamed, 'text'>): unknown {
  return {
    names,
    rows: rows.map(([line, cells]) => [line, cells.map((cell) => (cell.trim() === '' ? '' : cell))]),
  };
}

async function expectSame(content: string, options: CsvOptions = {}, step?: number, window?: number) {
  const expected = await table(content, options).catch((error: Error) => error.message);
  const found = await stream(content, options, step, window).catch((error: Error) => error.message);
  if (typeof found === 'string' || typeof expected === 'string') {
    if (typeof expected === 'string' && expected.endsWith('has a header and no rows; it needs rows')) return;
    if (typeof found === 'string' && found.includes('a comment follows an empty quoted cell')) return;
    // The same fault where csv-parse, which takes such a comment, meets another one behind it.
    if (typeof found === 'string' && options.comment === '#' && /""\s*#/.test(content)) return;
    expect(found).to.equal(expected);
    return;
  }
  expect(withoutBlank(found)).to.deep.equal(withoutBlank(expected));
  expect(found.text).to.equal(content.replace(/^\ufeff/, ''));
}

describe('a stream of records', () => {
  for (const { title, text, options } of ODD_INPUTS) {
    it(`reads ${title} as the reader of record does`, async () => {
      if (typeof text === 'string')
        for (const window of [8, 64, 4096]) await expectSame(text, options, 3, window);
    });
  }

  for (const [title, text, message, options] of BAD_INPUTS) {
    it(`says the same of ${title}`, async () => {
      await expectSame(text, options, 2, 8);
      if (message.source.includes('no rows')) return;
      expect((await failure(stream(text, options))).message).to.match(message);
    });
  }

  it('reads csv-spectrum and the fixtures as the reader of record does', async () => {
    const spectrum = join(
      dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json')),
      'csvs',
    );
    const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');
    const paths = [spectrum, fixtures].flatMap((folder) =>
      readdirSync(folder).map((name) => join(folder, name)),
    );
    for (const path of paths.filter((name) => name.endsWith('.csv'))) {
      const content = readFileSync(path, 'utf8');
      if (content.length > 1e6) continue;
      await expectSame(content, { delimiter: ',' }, 1000, 512);
    }
  });

  it('reads what a shifting window may cut anywhere', async () => {
    const unit = fc.constantFrom(...'ab,,,;"" \n\n\n\r#é', '\r\n', '""', '",', 'a,b\n', 'x,"y"\r\n');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom({}, { comment: '#' }, { header: false }),
        (text, step, window, options) => expectSame(`a,b\n${text}`, options, step, window),
      ),
      { numRuns: 2000 },
    );
  });

  it('unzips and transcodes', async () => {
    const text = 'näme,b\n"ü",1\r\n';
    const expected = await stream(text);
    expect(await stream(gzipSync(text))).to.deep.equal(expected);
    expect(await stream(Buffer.from(`\ufeff${text}`))).to.deep.equal(expected);
    expect(await stream(Buffer.from(`\ufeff${text}`, 'utf16le'))).to.deep.equal(expected);
    expect(await stream(Buffer.from(text, 'latin1'), { encoding: 'latin1' })).to.deep.equal(expected);
  });

  it('names the line of bytes that are no text, as the reader of record does', async () => {
    const good = 'a,b\r\n1,2\r\n\r\n"x\ny",3\r\n';
    for (const bad of [Buffer.from([0x31, 0x00]), Buffer.from([0xe9, 0x2c]), Buffer.from([0x0a, 0xc3])]) {
      const content = Buffer.concat([Buffer.from(good), bad, Buffer.from('\n5,6\n')]);
      const { message } = await failure(readCsv(inputOf(content)));
      for (const [step, window] of [
        [1, 8],
        [4, 16],
        [100, 1000],
      ]) {
        expect((await failure(stream(content, {}, step, window))).message).to.equal(message);
      }
    }
  });

  it('refuses a record above 64 MiB, without a larger memory than that', async () => {
    const rest = Buffer.alloc(1024 * 1024, 'x\n');
    function* endless() {
      yield Buffer.from('a,b\n1,2\n\n3,"x\n');
      for (;;) yield rest;
    }
    const opened = await RecordStream.open({ name: 't.csv', open: endless }, resolveDialect({}));
    const { message } = await failure(
      (async () => {
        while (await opened.fill()) while (opened.next());
      })(),
    );
    expect(message).to.match(/^t\.csv:4: column "b": the record is longer than 64 MiB/);
    expect(opened.text.length).to.be.below(70 * 1024 * 1024);
  });

  it('goes on through comments of any length', async () => {
    const comment = '#'.padEnd(50, 'x');
    const text = `${`${comment}\n`.repeat(3)}a,b\n${`${comment}\r\n`.repeat(50)}1,2\n${comment}`;
    const { rows, text: all } = await stream(text, { comment: '#' }, 7, 60);
    expect(rows).to.deep.equal([[55, ['1', '2']]]);
    expect(all).to.equal(text);
  });
});
