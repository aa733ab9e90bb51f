import { expect } from 'chai';
import fc from 'fast-check';
import { cellValues } from '../../../src/csv/records/cell-values.js';
import { RecordScanner } from '../../../src/csv/records/record-scanner.js';
import { type RecordMarks, readRecords } from '../../../src/csv/records/records.js';

type Record = readonly [line: number, cells: readonly string[]];
type Division = { readonly records: Record[]; readonly faulty: boolean };

/** What csv-parse makes of a text. */
async function byParser(text: Buffer, marks: RecordMarks): Promise<Division> {
  const records: Record[] = [];
  async function* once() {
    yield text;
  }
  const sink = {
    record: (cells: readonly string[], line: number) => void records.push([line, [...cells]]),
    where: () => '',
  };
  try {
    await readRecords(once(), marks, sink);
    return { records, faulty: false };
  } catch {
    return { records, faulty: true };
  }
}

/** What the scanner makes of it, the text coming `step` bytes at a time. */
function byScanner(text: Buffer, marks: RecordMarks, step = text.length): Division {
  const scanner = new RecordScanner(marks);
  const records: Record[] = [];
  let at = 0;
  for (let there = Math.min(step, text.length); ; ) {
    const found = scanner.scan(text.subarray(0, there), at, there === text.length);
    if (found === 'more') {
      expect(there).to.be.below(text.length);
      there = Math.min(there + step, text.length);
      continue;
    }
    if (found === 'end') return { records, faulty: false };
    if (found === 'fault') return { records, faulty: true };
    records.push([1 + scanner.linesBefore, cellValues(text, scanner.cells, marks.quote)]);
    expect(isWhole(scanner, text, marks)).to.equal(true);
    at = scanner.end;
  }
}

/** The cells, the delimiters between them and the line end are the record, byte by byte. */
function isWhole({ cells, start, contentEnd, end }: RecordScanner, text: Buffer, marks: RecordMarks) {
  const raw = Array.from({ length: cells.count }, (_, k) =>
    text.toString('latin1', cells.rawFrom[k], cells.rawTo[k]),
  );
  const delimiter = Buffer.from(marks.delimiter).toString('latin1');
  const lineEnd = text.toString('latin1', contentEnd, end);
  return (
    ['', '\n', '\r', '\r\n'].includes(lineEnd) &&
    raw.join(delimiter) + lineEnd === text.toString('latin1', start, end)
  );
}

/** An empty quoted cell with a comment behind it: the one text that csv-parse takes and a stream refuses. */
function isRefused(text: string, { quote, comment }: RecordMarks): boolean {
  if (quote === null || comment === null) return false;
  const empty = `(?:${quote}${quote})`;
  return new RegExp(`(?:^|[\\r\\n])\\s*${empty}(?:\\s|${empty})*${comment}`).test(text);
}

async function compare(text: string, marks: RecordMarks, step?: number): Promise<void> {
  const bytes = Buffer.from(text);
  const expected = await byParser(bytes, marks);
  const found = byScanner(bytes, marks, step);
  const context = JSON.stringify({ text, marks, step });
  if (isRefused(text, marks) && found.faulty) return;
  expect(found.faulty, context).to.equal(expected.faulty);
  // After a fault csv-parse may have kept back the records before it.
  if (expected.faulty)
    expect(found.records.slice(0, expected.records.length)).to.deep.equal(expected.records);
  else expect(found.records, context).to.deep.equal(expected.records);
}

/** All texts over an alphabet up to a length. */
function texts(alphabet: readonly string[], length: number): string[] {
  if (length === 0) return [''];
  const shorter = texts(alphabet, length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return [...shorter, ...longest.flatMap((text) => alphabet.map((character) => text + character))];
}

describe('the record scanner', () => {
  it('divides every short text as csv-parse does', async () => {
    const marks = { delimiter: ',', quote: '"', comment: '#' };
    const alphabet = ['a', ',', '"', ' ', '\n', '\r', '#'];
    for (const text of texts(alphabet, 5)) await compare(text, marks);
  });

  it('divides every short text as csv-parse does, by tabs and without comments', async () => {
    const marks = { delimiter: '\t', quote: '"', comment: null };
    const alphabet = ['a', '\t', '"', '\u00a0', '\n', ' '];
    for (const text of texts(alphabet, 5)) await compare(text, marks);
  });

  it('divides texts of any dialect as csv-parse does, however they are cut', async () => {
    const unit = fc.constantFrom(
      ...'ab,,;\t§""\'«« \n\n\r##%%é\u00a0\u3000\u{1f600}',
      '\r\n',
      '""',
      '",',
      '\n"',
    );
    const marks = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '§', ' '),
      quote: fc.constantFrom('"', "'", '«', null),
      comment: fc.constantFrom(null, '#', '%%', 'é'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 30 }),
        marks,
        fc.integer({ min: 1, max: 9 }),
        async (text, dialect, step) => {
          await compare(text, dialect);
          await compare(text, dialect, step);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
